"""An uploaded inventory of products (decisions.md §24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Department
from people.models.file_import import APPLIED_SAYS_WHEN, FileImport


class InventoryImport(FileImport):
    """One file for one department."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    new_count = models.PositiveIntegerField(_("new products"), default=0)
    changed_count = models.PositiveIntegerField(_("changed products"), default=0)
    same_count = models.PositiveIntegerField(_("unchanged products"), default=0)

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import of an inventory")
        verbose_name_plural = _("imports of inventories")
        constraints = [
            models.CheckConstraint(
                condition=APPLIED_SAYS_WHEN,
                name="import_applied_says_when",
                violation_error_message=_("An import that is done says when."),
            ),
        ]

    def chain(self) -> str:
        return f"department:{self.department_id}"
