"""Metrics: delivery measures and key performance indicators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "metrics"
    verbose_name = _("Metrics")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from metrics import freezing, jobs  # noqa: F401 - jobs registers its kinds of work
        from metrics.defaults import load_defaults
        from metrics.models import DoraSnapshot, KpiValue
        from people.reckoning import counts_by_year

        freezing.register_kinds()
        post_migrate.connect(load_defaults, sender=self, dispatch_uid="metrics.defaults")
        values, months = KpiValue.objects, DoraSnapshot.objects
        counts_by_year(
            "indicators", _("indicators"), lambda place: values.filter(product_kpi__product__department=place).exists()
        )
        counts_by_year(
            "deliveries", _("delivery measures"), lambda place: months.filter(product__department=place).exists()
        )
