"""Products: products, what they enable, and the Product Team Brief."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from people.reckoning import counts_by_year
        from products import families, freezing, jobs, notices  # noqa: F401 - register their kinds of work and notices
        from products.defaults import load_defaults
        from products.models import BudgetLine

        post_migrate.connect(load_defaults, sender=self, dispatch_uid="products.defaults")
        freezing.register_kinds()
        families.ties_family("brief", _("a published brief"), families.has_published_brief)
        lines = BudgetLine.objects
        counts_by_year("budgets", _("budgets"), lambda place: lines.filter(product__department=place).exists())
