"""Releases, planned and made, with the milestones they bring, and when their impact analysis is due (domain.md §4)."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from products.models import Product
from records.models import GovernedQuerySet
from roadmaps.models.milestone import Milestone
from roadmaps.models.roadmap import OfRoadmap
from roadmaps.states import ChangeKind, ReleaseState

NOTICE_DAYS = 14  # before an impact analysis is due, its people hear of it


class ReleaseQuerySet(GovernedQuerySet):
    """Releases with what their impact analysis asks of the team."""

    def with_analysis(self) -> Self:
        """`analysis_due_on` by the rule of the day of release (None where none was in force), and `is_analysed`: whether an
        edition is published."""
        from roadmaps.models.impact import AnalysisRule, ImpactEdition

        rules = AnalysisRule.objects.filter(starts_on__lte=OuterRef("released_on")).filter(
            Q(department__isnull=True) | Q(department=OuterRef("product__department"))
        )
        newest = rules.order_by(F("department").asc(nulls_last=True), "-starts_on").values("days")[:1]
        due = ExpressionWrapper(F("released_on") + Subquery(newest), output_field=DateField())
        published = ImpactEdition.objects.filter(analysis__release=OuterRef("pk"))
        return self.annotate(analysis_due_on=due, is_analysed=Exists(published))

    def awaiting_analysis(self) -> Self:
        """In production, owing an analysis, and none is published yet."""
        return self.with_analysis().filter(analysis_due_on__isnull=False, is_analysed=False)

    def analysis_due_by(self, day: date) -> Self:
        """Of those, what is due until two weeks after `day`, overdue ones included; the oldest first."""
        until = day + timedelta(days=NOTICE_DAYS)
        return self.awaiting_analysis().filter(analysis_due_on__lte=until).order_by("analysis_due_on", "pk")


class Release(Bilingual, OfRoadmap):
    """A release of the product or of a member of the family; its number and date are those of production."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="releases", verbose_name=_("product"))
    number = models.CharField(_("number"), max_length=40)
    goal_en, goal_fr = pair(_("goal"), 200)
    scope = models.TextField(_("scope"), blank=True)
    planned_on = models.DateField(_("planned for"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReleaseState, default=ReleaseState.PLANNED, editable=False
    )
    released_on = models.DateField(_("in production on"), null=True, blank=True, editable=False)
    change_kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind, default=ChangeKind.NORMAL)
    change_impact = models.TextField(_("impact"), blank=True)
    authorisation = models.CharField(_("authorisation"), max_length=300, blank=True)
    who_was_told = models.CharField(_("who was told"), max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="release_number_once",
                violation_error_message=_("This product has a release with this number."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.RELEASED, released_on__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(released_on__isnull=True)),
                name="release_made_says_when",
                violation_error_message=_("A release in production says when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.RELEASED) | ~Q(authorisation=""),
                name="release_made_was_authorised",
                violation_error_message=_("A release in production names its authorisation."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReleaseMilestone(OfRoadmap):
    """A release brings a milestone; a milestone arrives in one release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="brings")
    milestone = models.OneToOneField(
        Milestone,
        on_delete=models.PROTECT,
        related_name="arrives_in",
        error_messages={"unique": _("This milestone is part of another release.")},
    )

    class Meta:
        verbose_name = _("milestone in a release")

    def __str__(self) -> str:
        return f"{self.release_id} {self.milestone_id}"
