"""Milestones, what they serve, cost and wait for; the frozen month of each baseline (domain.md §4)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from products import fiscal
from products.models import FundingSource
from products.models.plans import money_field
from records.models import GovernedQuerySet
from roadmaps.models.roadmap import Baseline, OfRoadmap, Outcome
from roadmaps.states import MilestoneKind, MilestoneSize, MilestoneState

RANK_STEP = 1_024


class MilestoneQuerySet(GovernedQuerySet):
    def in_year(self, year: int) -> "MilestoneQuerySet":
        """Milestones planned in the fiscal year, scheduled or not."""
        return self.filter(planned_year=year)

    def in_order(self) -> "MilestoneQuerySet":
        """By month, then rank; unscheduled last."""
        return self.order_by(F("month").asc(nulls_last=True), "rank", "id")


class Milestone(Bilingual, OfRoadmap):
    """A step of a release with its estimated month. No year: wanted, not placed. Year without month: unscheduled in it."""

    goal = models.ForeignKey(
        "roadmaps.Goal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("goal"),
    )
    title_en, title_fr = pair(_("title"), 80)
    summary_en, summary_fr = pair(_("outcome sought"), 60, blank=True)
    planned_year = models.PositiveSmallIntegerField(_("fiscal year"), null=True, blank=True)
    planned_from = models.DateField(null=True, blank=True, editable=False)
    month = models.DateField(_("month"), null=True, blank=True, help_text=_("The first of the month."))
    state = models.CharField(_("state"), max_length=12, choices=MilestoneState, default=MilestoneState.PLANNED)
    released_on = models.DateField(_("released on"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=6, choices=MilestoneSize, default=MilestoneSize.MEDIUM)
    kind = models.CharField(_("kind"), max_length=8, choices=MilestoneKind, default=MilestoneKind.FEATURE)
    is_gate = models.BooleanField(_("decision gate"), default=False)
    is_non_discretionary = models.BooleanField(_("non-discretionary"), default=False)
    project = models.ForeignKey(
        "roadmaps.ParallelProject",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("part of project"),
    )
    is_at_risk = models.BooleanField(_("at risk"), default=False)
    risk_reason_en, risk_reason_fr = pair(_("why at risk"), 60, blank=True)
    cost_salary = money_field(_("salary cost"), null=True, blank=True)
    cost_non_salary = money_field(_("non-salary cost"), null=True, blank=True)
    rank = models.BigIntegerField(_("order"), default=0, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["rank", "id"]
        indexes = [
            models.Index(fields=["roadmap", "planned_year"], name="milestone_by_year"),
            models.Index(fields=["month"], name="milestone_by_month"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "rank"],
                name="milestone_rank_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two milestones cannot have the same place in the order."),
            ),
            models.CheckConstraint(
                condition=Q(planned_year__isnull=True, planned_from__isnull=True, month__isnull=True)
                | Q(planned_year__isnull=False, planned_from__isnull=False),
                name="milestone_month_needs_year",
                violation_error_message=_("A month needs its fiscal year."),
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__day=1),
                name="milestone_month_is_a_first",
                violation_error_message=_("Months are given by their first day."),
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True)
                | (
                    Q(month__gte=F("planned_from"))
                    & Q(
                        month__lt=models.ExpressionWrapper(
                            F("planned_from") + timedelta(days=365), output_field=models.DateTimeField()
                        )
                    )
                ),
                name="milestone_month_in_its_year",
                violation_error_message=_("This month lies outside the fiscal year."),
            ),
            models.CheckConstraint(
                condition=Q(is_at_risk=False, risk_reason_en="", risk_reason_fr="")
                | (Q(is_at_risk=True) & (~Q(risk_reason_en="") | ~Q(risk_reason_fr=""))),
                name="milestone_at_risk_says_why",
                violation_error_message=_("A milestone at risk says why, and only then."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MilestoneState.RELEASED) | Q(released_on__isnull=False),
                name="milestone_released_says_when",
                violation_error_message=_("A released milestone says when."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.planned_from = fiscal.first_day(self.planned_year, self.roadmap.start_month) if self.planned_year else None
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        if self.planned_year is not None and not fiscal.is_possible(self.planned_year):
            raise ValidationError({"planned_year": _("There is no such fiscal year here.")})

    @property
    def cost(self) -> Decimal | None:
        """Salary and non-salary together; None when neither is known."""
        known = [amount for amount in (self.cost_salary, self.cost_non_salary) if amount is not None]
        return sum(known, Decimal(0)) if known else None

    def move_to(self, year: int | None, month: date | None) -> None:
        """Set year and month together."""
        self.planned_year, self.month = year, month

    def came_on(self, day: date) -> None:
        """In production since `day`, it stands in that month, whatever was planned; the baseline keeps what was approved."""
        self.released_on = day
        self.move_to(fiscal.fiscal_year_of(day, self.roadmap.start_month), day.replace(day=1))


class MilestoneOutcome(OfRoadmap):
    """A milestone serves an outcome."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="serves")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="served_by")

    class Meta:
        verbose_name = _("outcome served")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "outcome"],
                name="milestone_outcome_once",
                violation_error_message=_("This outcome is listed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.outcome_id}"


class MilestoneDependency(Bilingual, OfRoadmap):
    """A milestone waits for another one, of any roadmap, or for something outside."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="dependencies")
    needs = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dependants",
        verbose_name=_("waits for"),
    )
    outside_en, outside_fr = pair(_("waits for, outside the roadmaps"), 120, blank=True)

    class Meta:
        verbose_name = _("dependency")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "needs"],
                name="milestone_dependency_once",
                violation_error_message=_("This dependency is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(needs__isnull=False, outside_en="", outside_fr="")
                | (Q(needs__isnull=True) & (~Q(outside_en="") | ~Q(outside_fr=""))),
                name="milestone_dependency_names_one",
                violation_error_message=_("Name a milestone or something outside, not both."),
            ),
            models.CheckConstraint(
                condition=Q(needs__isnull=True) | ~Q(needs=F("milestone")),
                name="milestone_waits_for_another",
                violation_error_message=_("A milestone cannot wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.needs or self.outside)


class MilestoneFunding(OfRoadmap):
    """Money from a source for a milestone. A project's money counts only under the funding rule (roadmaps.actions.funding)."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="funding")
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, related_name="milestone_funding", verbose_name=_("source of funds")
    )
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("funding of a milestone")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "source"],
                name="milestone_funding_once",
                violation_error_message=_("This source is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="milestone_funding_adds",
                violation_error_message=_("An amount is more than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"


class BaselineEntry(models.Model):
    """A milestone as it stood when the year was approved. Append-only."""

    append_only = True

    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="entries")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="baseline_entries")
    month = models.DateField(null=True)
    title_en = models.CharField(max_length=80)
    title_fr = models.CharField(max_length=80)
    cost_salary = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    cost_non_salary = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("milestone in a baseline")
        constraints = [models.UniqueConstraint(fields=["baseline", "milestone"], name="baseline_entry_once")]

    def __str__(self) -> str:
        return self.title_en
