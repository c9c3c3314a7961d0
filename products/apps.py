"""Products: products, what they enable, and the Product Team Brief."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from products import families

        families.ties_family("brief", _("a published brief"), families.has_published_brief)
