"""Reprioritisation: every edit is a change-set, even of one line; the log reads as a history (domain.md §4, decisions.md §8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual
from people.models import Person
from roadmaps.models.milestone import Milestone
from roadmaps.models.roadmap import OfRoadmap
from roadmaps.states import ChangeSetState, ReasonKind


class ChangeSet(Bilingual, OfRoadmap):
    """Moves gathered as a draft, then published together with one reason. `base_edition` is what they were drawn up against."""

    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ChangeSetState, default=ChangeSetState.DRAFT)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("drawn up by"))
    base_edition = models.PositiveIntegerField()
    reason_kind = models.CharField(_("reason"), max_length=12, choices=ReasonKind, blank=True)
    reason = models.TextField(_("reason in words"), blank=True)
    reason_language = models.CharField(max_length=2, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by_id = models.CharField(max_length=64, blank=True)
    published_by_name = models.CharField(_("published by"), max_length=200, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        verbose_name = _("change of the roadmap")
        verbose_name_plural = _("changes of the roadmap")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "number"],
                name="change_set_number_once",
                violation_error_message=_("Somebody published a change just now."),
            ),
            models.UniqueConstraint(
                fields=["roadmap", "author"],
                condition=Q(state=ChangeSetState.DRAFT),
                name="change_set_one_draft_each",
                violation_error_message=_("You have a draft already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeSetState.DRAFT, number__isnull=True, published_at__isnull=True)
                | (
                    ~Q(state=ChangeSetState.DRAFT)
                    & Q(number__isnull=False, published_at__isnull=False)
                    & ~Q(reason_kind="")
                    & ~Q(published_by_id="")
                ),
                name="change_set_published_with_reason",
                violation_error_message=_("A published change says when, by whom and why."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Change %(number)s") % {"number": self.number or "–"})


class MilestoneChange(OfRoadmap):
    """One milestone in a change-set: field → [before, after], with the milestone's version it was drawn up against."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="changes")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="changes")
    base_version = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of a milestone")
        constraints = [
            models.UniqueConstraint(
                fields=["change_set", "milestone"],
                name="milestone_changed_once_in_a_set",
                violation_error_message=_("This milestone is in the change already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.milestone)
