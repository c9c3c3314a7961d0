"""An uploaded inventory of products: the file as it came, what checking found, whether it was applied (decisions.md §24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Department, Person
from portfolio.states import ImportState
from records.models import Governed, GovernedQuerySet


class ImportQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "ImportQuerySet":
        """One's own uploads: a preview shows what is in the file."""
        return self.filter(uploaded_by_id=str(person.pk))


class InventoryImport(Governed):
    """One file. `problems` holds [row, column, cell, message in English, in French], at most some hundreds of them."""

    NO_HISTORY = ("content", "problems", "preview")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    notes = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=list, blank=True)
    new_count = models.PositiveIntegerField(_("new products"), default=0)
    changed_count = models.PositiveIntegerField(_("changed products"), default=0)
    same_count = models.PositiveIntegerField(_("unchanged products"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by_id = models.CharField(max_length=64)
    uploaded_by_name = models.CharField(_("uploaded by"), max_length=200)
    applied_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    applied_by_id = models.CharField(max_length=64, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of an inventory")
        verbose_name_plural = _("imports of inventories")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ImportState.APPLIED, applied_at__isnull=False)
                | (~models.Q(state=ImportState.APPLIED) & models.Q(applied_at__isnull=True)),
                name="import_applied_says_when",
                violation_error_message=_("An import that is done says when."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def chain(self) -> str:
        return f"department:{self.department_id}"
