"""The Django admin with our site class, and error reports where an organisation wants them."""

from django.conf import settings
from django.contrib.admin.apps import AdminConfig


class GatehouseAdminConfig(AdminConfig):
    default_site = "config.admin.GatehouseAdminSite"

    def ready(self) -> None:
        super().ready()
        if settings.SENTRY_DSN:
            import sentry_sdk

            # Names and forms stay here: a report carries the place of the error, not whose it was.
            sentry_sdk.init(dsn=settings.SENTRY_DSN, release=settings.VERSION, send_default_pii=False)
