"""The Django admin with our site class (skip links, our look, no password views), and what the site starts with."""

from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class GatehouseAdminConfig(AdminConfig):
    default_site = "config.admin.GatehouseAdminSite"

    def ready(self) -> None:
        super().ready()
        from config import celery  # noqa: F401 - tasks find their courier by its being loaded
        from config.roles import grant_to_application

        post_migrate.connect(grant_to_application, sender=self, dispatch_uid="application role")
