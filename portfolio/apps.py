"""Portfolio: pages that need every floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = _("Portfolio")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portfolio import freezing, jobs  # noqa: F401 - jobs registers its kinds of work

        freezing.register_kinds()
