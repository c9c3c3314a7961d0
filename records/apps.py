"""Records: the audit trail, documents, jobs, business clock."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from records import anchors  # noqa: F401 - registers its daily work
        from records.database import grant_to_application_role, keep_append_only

        keep_append_only("records.AuditEvent", "records.Document")
        post_migrate.connect(grant_to_application_role, dispatch_uid="grant_to_application_role")
