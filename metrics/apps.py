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

        freezing.register_kinds()
        post_migrate.connect(load_defaults, sender=self, dispatch_uid="metrics.defaults")
