"""An uploaded spreadsheet: the file as it came, what checking found, whether it was applied (decisions.md §24).

A floor that imports something makes a model of it, names what it is for, and repeats the constraint under its own name.
"""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.person import Person
from people.states import ImportState
from records.models import Governed, GovernedQuerySet

APPLIED_SAYS_WHEN = models.Q(state=ImportState.APPLIED, applied_at__isnull=False) | (
    ~models.Q(state=ImportState.APPLIED) & models.Q(applied_at__isnull=True)
)


class FileImportQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> Self:
        """One's own uploads: a preview shows what is in the file."""
        return self.filter(uploaded_by_id=str(person.pk))


class FileImport(Governed):
    """One file. `problems` holds [row, column, cell, message in English, in French], at most some hundreds of them."""

    NO_HISTORY = ("content", "problems", "preview")

    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    notes = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=list, blank=True)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    same_count = models.PositiveIntegerField(_("unchanged"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by_id = models.CharField(max_length=64)
    uploaded_by_name = models.CharField(_("uploaded by"), max_length=200)
    applied_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    applied_by_id = models.CharField(max_length=64, blank=True)

    objects: Any = FileImportQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
