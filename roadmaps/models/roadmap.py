"""The roadmap of a family: vision, goals, outcomes, its years and their baselines (domain.md §4)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.bilingual import Bilingual, pair
from products import fiscal
from products.models import Product
from products.models.plans import fiscal_year_field, money_field
from records.models import Governed, Mandate
from roadmaps.states import Decider, GateResult, OutcomeState, Verdict, YearState


class Roadmap(Bilingual, Governed):
    """One per family. `edition` counts published change-sets; a change-set is drawn up against an edition."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="roadmap")
    vision_en, vision_fr = pair(_("vision"), 300, blank=True)
    horizon_from = fiscal_year_field(_("first year of the horizon"))
    horizon_years = models.PositiveSmallIntegerField(
        _("years in the horizon"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    edition = models.PositiveIntegerField(default=1, editable=False)
    order_confirmed_on = models.DateField(_("order confirmed on"), null=True, blank=True, editable=False)
    order_confirmed_by_name = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")

    def __str__(self) -> str:
        return str(_("Roadmap of %(product)s") % {"product": self.product})

    def chain(self) -> str:
        return f"product:{self.product_id}"

    @property
    def start_month(self) -> int:
        return self.product.department.fiscal_start_month

    def years(self) -> list[int]:
        """The fiscal years of the horizon."""
        return [self.horizon_from + offset for offset in range(self.horizon_years)]


class OfRoadmap(Governed):
    """A row of one roadmap."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def chain(self) -> str:
        return f"product:{self.roadmap.product_id}"


class Goal(Bilingual, OfRoadmap):
    """A lane of the roadmap: A, B, C."""

    letter = models.CharField(_("letter"), max_length=2)
    name_en, name_fr = pair(_("name"), 80)
    retired_on = models.DateField(_("no longer pursued since"), null=True, blank=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "letter"],
                name="goal_letter_once",
                violation_error_message=_("This letter names another goal."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class Outcome(Bilingual, OfRoadmap):
    """A one-page case: "we believe … will result in … we will know when METRIC goes from BASELINE to TARGET by DATE"."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="outcomes", verbose_name=_("goal"))
    number = models.PositiveSmallIntegerField(_("number"))
    name_en, name_fr = pair(_("name"), 120)
    believe_en, believe_fr = pair(_("we believe that"), 300, blank=True)
    result_en, result_fr = pair(_("will result in"), 300, blank=True)
    metric_en, metric_fr = pair(_("we will know when"), 200, blank=True)
    unit_en, unit_fr = pair(_("unit"), 40, blank=True)
    baseline = models.DecimalField(
        pgettext_lazy("measure", "from"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(pgettext_lazy("measure", "to"), max_digits=14, decimal_places=2, null=True, blank=True)
    target_on = models.DateField(_("by"), null=True, blank=True)
    value_en, value_fr = pair(_("value"), long=True, blank=True)
    cost = money_field(_("cost"), null=True, blank=True)
    must_have_by = models.DateField(_("must have by"), null=True, blank=True)
    results_served_en, results_served_fr = pair(_("program results served"), 300, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=OutcomeState, default=OutcomeState.PLANNED, editable=False
    )
    state_since = models.DateField(editable=False, null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True, editable=False)
    evidence_en, evidence_fr = pair(_("evidence from users"), long=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["goal__letter", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "number"],
                name="outcome_number_once",
                violation_error_message=_("This goal has an outcome with this number."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "in_delivery"], verdict="", closed_on__isnull=True)
                | (
                    Q(state__in=["delivered", "stopped"], closed_on__isnull=False)
                    & ~Q(verdict="")
                    & (~Q(evidence_en="") | ~Q(evidence_fr=""))
                ),
                name="outcome_closed_with_verdict",
                violation_error_message=_("An outcome is closed with a verdict and evidence from users."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """Goal letter and number, as in A.1."""
        return f"{self.goal.letter}.{self.number}"


class OutcomeReading(OfRoadmap):
    """A measured value of an outcome's metric on a day, with where it comes from."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="readings")
    read_on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("reading")
        ordering = ["read_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "read_on"],
                name="reading_once_a_day",
                violation_error_message=_("There is a reading for this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.read_on} {self.value}"


class OutcomeGate(Bilingual, OfRoadmap):
    """What was decided on an outcome: continue, adjust or stop. By the team within its autonomy, else by a board, each
    time by a mandate of its own."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="gates")
    held_on = models.DateField(_("held on"))
    result = models.CharField(_("result"), max_length=10, choices=GateResult)
    reason_en, reason_fr = pair(_("reason"), long=True, blank=True)
    funding_en, funding_fr = pair(_("change of funding"), 300, blank=True)
    decided_by = models.CharField(max_length=10, choices=Decider, default=Decider.BOARD, editable=False)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    finding = models.ForeignKey(
        "roadmaps.ImpactFinding", on_delete=models.PROTECT, null=True, blank=True, related_name="gates", editable=False
    )

    class Meta:
        verbose_name = _("outcome gate")
        verbose_name_plural = _("outcome gates")
        ordering = ["held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=Decider.BOARD, mandate__isnull=False)
                | Q(decided_by=Decider.TEAM, mandate__isnull=True),
                name="outcome_gate_of_team_or_by_mandate",
                violation_error_message=_("A board decides by a mandate; the team decides without one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_result_display()}"


class RoadmapYear(OfRoadmap):
    """Product × fiscal year: prepared in Q4, vetted by the IT Manager, endorsed, approved. Approval needs a mandate."""

    year = fiscal_year_field(_("fiscal year"))
    starts_on = models.DateField()
    theme_en, theme_fr = pair(_("theme"), 40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=YearState, default=YearState.DRAFT, editable=False)
    vetted_at = models.DateTimeField(null=True, editable=False)
    vetted_by_id = models.CharField(max_length=64, blank=True, editable=False)
    vetted_by_name = models.CharField(max_length=200, blank=True, editable=False)
    endorsed_on = models.DateField(_("endorsed on"), null=True, editable=False)
    approved_on = models.DateField(_("approved on"), null=True, editable=False)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("roadmap year")
        verbose_name_plural = _("roadmap years")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "year"],
                name="roadmap_year_once",
                violation_error_message=_("This year exists already."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=YearState.APPROVED, mandate__isnull=False, approved_on__isnull=False)
                    | (~Q(state=YearState.APPROVED) & Q(mandate__isnull=True, approved_on__isnull=True))
                ),
                name="roadmap_year_approved_by_mandate",
                violation_error_message=_("A roadmap year is approved only by a decision."),
            ),
        ]

    def __str__(self) -> str:
        return fiscal.label(self.year)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.starts_on = fiscal.first_day(self.year, self.roadmap.start_month)
        super().full_clean(*args, **kwargs)


class Baseline(OfRoadmap):
    """What was approved, as it stood then. Later baselines never erase the first (ghosts come from the first)."""

    year = models.ForeignKey(RoadmapYear, on_delete=models.PROTECT, related_name="baselines")
    number = models.PositiveSmallIntegerField(_("number"))
    taken_at = models.DateTimeField(_("taken at"))
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("baseline")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="baseline_number_once",
                violation_error_message=_("Somebody froze this year just now."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class OutcomeAugmentation(OfRoadmap):
    """More money for an outcome in a year, from a source, by a decision: for future need, not past spending."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="augmentations")
    fiscal_year = fiscal_year_field(_("fiscal year"))
    source = models.ForeignKey(
        "products.FundingSource", on_delete=models.PROTECT, related_name="+", verbose_name=_("source of funds")
    )
    amount = money_field(_("amount"))
    decision_reference = models.CharField(_("decision"), max_length=300)

    class Meta:
        verbose_name = _("augmentation")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="augmentation_adds",
                violation_error_message=_("An augmentation adds money."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.amount}"
