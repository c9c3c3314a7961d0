"""The risk register: risks in three parts, their dated scores, reviews, activities and acceptances (domain.md §7).

A score is in force exactly while its risk is open: closing it, or its becoming an issue, ends the three scores, reopening
begins new ones. So what stood in the matrix on any day, today or past, is one question: the scores begun by that day and
not ended by it (`RiskScoreQuerySet.on`). That is the one rule for what counts as open.
"""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, IntegerChoices, Q
from django.utils.translation import gettext_lazy as _

from governance.models.risk_rules import SIDE
from governance.risk_states import (
    Impact,
    ImpactArea,
    Likelihood,
    RiskCategory,
    RiskState,
    RiskStrategy,
    ScoreKind,
)
from governance.states import DecisionKind, ReviewState
from people.bilingual import Bilingual, pair
from people.models import Person
from people.permissions import TABLE, Standing, standing
from people.states import ScopeKind
from products.models import Product
from products.models.product import ProductLink
from records.identity import new_id
from records.models import Governed, GovernedQuerySet

READERS = TABLE["read_risks"]
OVERSEEN = {
    ScopeKind.BRANCH: "sponsoring_branch_id",
    ScopeKind.PORTFOLIO: "portfolio_id",
    ScopeKind.DEPARTMENT: "department_id",
}
UNDER_WAY = (ReviewState.SUBMITTED, ReviewState.ON_AGENDA)


def level_field(label: Any, words: type[IntegerChoices]) -> models.PositiveSmallIntegerField:
    """A level from 1 to 5 with its words."""
    return models.PositiveSmallIntegerField(
        label, choices=words.choices, validators=[MinValueValidator(1), MaxValueValidator(SIDE)]
    )


def on_scale(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(likelihood__gte=1, likelihood__lte=SIDE, impact__gte=1, impact__lte=SIDE),
        name=name,
        violation_error_message=_("Likelihood and impact go from 1 to 5."),
    )


def reading(mine: Standing, to: str = "") -> Q:
    """The products whose registers one reads who reads not all: of one's team, and what one oversees by branch, portfolio or
    department. Who oversees the head of a family reads all of it, as its page and its papers count it. `to` leads to the product.
    """
    found = Q(**{f"{to}head_id__in": mine.keys(ScopeKind.PRODUCT, READERS)})
    for scope, field in OVERSEEN.items():
        if keys := mine.keys(scope, READERS):
            found |= Q(**{f"{to}{field}__in": keys}) | Q(**{f"{to}head__{field}__in": keys})
    return found


class RiskQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "RiskQuerySet":
        """Those of the registers that this person reads (`reading`), and one's own.

        Own are those that a person was made the owner of, or does something against (domain.md §11).
        """
        mine = standing(person)
        if mine.has(READERS):
            return self
        return self.filter(
            reading(mine, "product__")
            | Q(owner=person)
            | Q(pk__in=Risk.objects.filter(mitigations__owner=person).values("pk"))
        )

    def of_family(self, product: Product) -> "RiskQuerySet":
        """Those of the product's whole family."""
        return self.filter(product__head_id=product.head_id)

    def open(self) -> "RiskQuerySet":
        return self.filter(state=RiskState.OPEN)

    def escalated(self) -> "RiskQuerySet":
        """Those before a board now: submitted, not decided yet. The one rule for what counts as escalated."""
        # At most one such review of a risk is live, so none is found twice.
        return self.filter(reviews__kind=DecisionKind.RISK_ESCALATION, reviews__state__in=UNDER_WAY)

    def overdue(self, day: date) -> "RiskQuerySet":
        """Open ones whose review was due before `day`."""
        return self.open().filter(review_on__lt=day)


class Risk(Bilingual, ProductLink):
    """One risk of a product. Numbers run through the family, so that R-014 is one risk to everybody on the team."""

    number = models.PositiveIntegerField(_("number"), editable=False)
    given_en, given_fr = pair(_("given that"), 600, blank=True)
    event_en, event_fr = pair(_("there is a risk that"), 600, blank=True)
    consequence_en, consequence_fr = pair(_("which will lead to"), 600, blank=True)
    category = models.CharField(_("category"), max_length=12, choices=RiskCategory)
    impact_areas = ArrayField(
        models.CharField(max_length=20, choices=ImpactArea), default=list, blank=True, verbose_name=_("impact on")
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("owner")
    )
    # Empty: not decided yet.
    strategy = models.CharField(_("strategy"), max_length=8, choices=RiskStrategy, blank=True)
    # Why the strategy is what it is; its history is the history of the decision.
    strategy_note = models.TextField(_("why this strategy"), blank=True)
    transfer_to = models.CharField(_("transferred to"), max_length=200, blank=True)
    raised_on = models.DateField(_("raised on"))
    review_on = models.DateField(_("next review"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, editable=False)
    # How often it was scored: each scoring is a change of the risk, so that two at once meet in its version.
    scorings = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=RiskState, default=RiskState.OPEN, editable=False)
    state_since = models.DateField(null=True, editable=False)
    became_issue_on = models.DateField(_("became an issue on"), null=True, blank=True)
    issue_en, issue_fr = pair(_("what happened"), long=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.TextField(_("why it was closed"), blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["product", "number"]
        indexes = [
            models.Index(fields=["product", "state", "review_on"], name="risk_of_product"),
            models.Index(fields=["owner", "state"], name="risk_of_owner"),
            # From a score to its product without reading the statement: what a matrix of very many risks asks.
            models.Index(fields=["id"], include=["product"], name="risk_to_product"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="risk_number_once",
                violation_error_message=_("Somebody raised a risk in the same moment. Please try again."),
            ),
            models.CheckConstraint(
                condition=(~Q(given_en="") & ~Q(event_en="") & ~Q(consequence_en=""))
                | (~Q(given_fr="") & ~Q(event_fr="") & ~Q(consequence_fr="")),
                name="risk_said_in_full",
                violation_error_message=_("Say all three parts of the risk in English or in French."),
            ),
            models.CheckConstraint(
                condition=~Q(strategy=RiskStrategy.TRANSFER) | ~Q(transfer_to=""),
                name="risk_transfer_names_party",
                violation_error_message=_("Say to whom the risk is transferred."),
            ),
            models.CheckConstraint(
                condition=(Q(state=RiskState.MATERIALISED) & Q(became_issue_on__isnull=False))
                | ~Q(state=RiskState.MATERIALISED),
                name="risk_issue_has_day",
                violation_error_message=_("Say on which day the risk became an issue."),
            ),
            models.CheckConstraint(
                condition=(Q(state=RiskState.CLOSED, closed_on__isnull=False) & ~Q(closed_reason=""))
                | (~Q(state=RiskState.CLOSED) & Q(closed_on__isnull=True, closed_reason="")),
                name="risk_closed_with_reason",
                violation_error_message=_("Say why the risk is closed."),
            ),
            models.CheckConstraint(
                condition=(Q(became_issue_on__isnull=True) | Q(became_issue_on__gte=F("raised_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on"))),
                name="risk_days_in_order",
                violation_error_message=_("It cannot end before it was raised."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What people quote within the product: R-014."""
        return f"R-{self.number:03d}"

    @property
    def is_open(self) -> bool:
        return self.state == RiskState.OPEN

    @property
    def full_label(self) -> str:
        """What people quote beyond the product: JSA R-014."""
        return f"{self.product.code} {self.label}"


class RiskScoreQuerySet(GovernedQuerySet):
    def on(self, day: date) -> "RiskScoreQuerySet":
        """Scores in force on `day`, today or past."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def standing(self) -> "RiskScoreQuerySet":
        """Scores in force now: those not ended."""
        return self.filter(ends_on__isnull=True)


class RiskScore(Governed):
    """One score from `starts_on` up to, not including, `ends_on`. It never changes; it is ended once, and a new one begins."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    kind = models.CharField(_("score"), max_length=8, choices=ScoreKind)
    likelihood = level_field(_("likelihood"), Likelihood)
    impact = level_field(_("impact"), Impact)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    note = models.TextField(_("why"), blank=True)

    objects = RiskScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a risk")
        verbose_name_plural = _("scores of risks")
        ordering = ["risk", "starts_on", "created_at"]
        indexes = [
            models.Index(
                fields=["kind", "starts_on"],
                include=["ends_on", "risk", "likelihood", "impact"],
                name="score_on_a_day",
            ),
            models.Index(fields=["risk", "kind", "starts_on"], name="score_of_risk"),
            models.Index(fields=["kind", "ends_on"], condition=Q(ends_on__isnull=False), name="score_ended"),
            models.Index(
                fields=["kind", "likelihood", "impact"],
                include=["risk"],
                condition=Q(ends_on__isnull=True),
                name="score_standing",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "kind"],
                condition=Q(ends_on__isnull=True),
                name="risk_score_one_in_force",
                violation_error_message=_(
                    "Somebody scored this risk in the same moment. Look again before you try once more."
                ),
            ),
            on_scale("risk_score_on_scale"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="risk_score_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}, {self.get_kind_display()}: {self.severity}"

    def chain(self) -> str:
        return self.risk.chain()

    @property
    def severity(self) -> int:
        """Likelihood × impact: a rank, never added or averaged."""
        return self.likelihood * self.impact


class RiskReview(models.Model):
    """Somebody looked at a risk again and found it as it is."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="looks")
    reviewed_on = models.DateField(_("reviewed on"))
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)  # orders what happened on one day
    note = models.TextField(_("what was found"))
    reviewed_by_id = models.CharField(max_length=64)
    reviewed_by_name = models.CharField(_("reviewed by"), max_length=200)

    class Meta:
        verbose_name = _("review of a risk")
        verbose_name_plural = _("reviews of risks")
        ordering = ["risk", "reviewed_on"]

    def __str__(self) -> str:
        return f"{self.risk}, {self.reviewed_on}"

    def chain(self) -> str:
        return self.risk.chain()
