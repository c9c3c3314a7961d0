"""The Django admin with our site class, error reports where an organisation wants them, and what the site starts with."""

from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class GatehouseAdminConfig(AdminConfig):
    default_site = "config.admin.GatehouseAdminSite"

    def ready(self) -> None:
        super().ready()
        from config import celery  # noqa: F401 - tasks find their courier by its being loaded
        from config.light_migrations import draw_only_what_changes
        from config.roles import grant_to_application

        post_migrate.connect(grant_to_application, sender=self, dispatch_uid="application role")
        if not settings.PRODUCTION:
            draw_only_what_changes()
        if settings.SENTRY_DSN:
            import sentry_sdk

            # Names and forms stay here: a report carries the place of the error, not whose it was.
            sentry_sdk.init(dsn=settings.SENTRY_DSN, release=settings.VERSION, send_default_pii=False)
