"""Records: the audit trail, documents, jobs, business clock."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from records import anchors  # noqa: F401 - registers its daily work
        from records.evidence import checks, work  # noqa: F401 - register the checks at start and the kinds of work
