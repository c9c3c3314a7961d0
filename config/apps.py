"""The Django admin, with our site class (skip links, our look, no password views)."""

from django.contrib.admin.apps import AdminConfig


class GatehouseAdminConfig(AdminConfig):
    default_site = "config.admin.GatehouseAdminSite"
