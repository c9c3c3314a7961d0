"""A review: what a board is asked to decide, attempt by attempt, and the package frozen when it was submitted (domain.md §5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.models.board import Board
from governance.models.gate import Gate, ProductChange
from governance.models.mou import Mou
from governance.models.risk import Risk
from governance.states import DecisionKind, ReviewState
from people.bilingual import Bilingual, pair
from people.delegations import in_words, keys_lent
from people.models import Person
from people.permissions import TABLE, WATCHERS, standing
from people.states import CapacityKind as K
from people.states import DelegatedAct, ScopeKind
from people.templatetags.gatehouse import colon
from products.models.product import ProductLink
from records.identity import new_id
from records.models import GovernedQuerySet
from roadmaps.models import Outcome, RoadmapYear

BEFORE_BOARD = (ReviewState.SUBMITTED, ReviewState.ON_AGENDA, ReviewState.DECIDED)
LIVE = (ReviewState.PREPARING, ReviewState.SUBMITTED, ReviewState.ON_AGENDA)
# Which column names the subject of each kind; the other kinds are about the product itself.
SUBJECT_COLUMNS = {
    DecisionKind.GATE: "gate",
    DecisionKind.ROADMAP_ENDORSEMENT: "year",
    DecisionKind.ROADMAP_APPROVAL: "year",
    DecisionKind.OUTCOME_GATE: "outcome",
    DecisionKind.MOU: "mou",
    DecisionKind.RISK_ESCALATION: "risk",
}


class ReviewQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "ReviewQuerySet":
        """The team's own, those before a board this person sits on, and all for oversight and auditors (domain.md §11)."""
        mine = standing(person)
        readers = TABLE["see_drafts"] | {K.SPONSOR, K.CIO, K.CFO, K.DIRECTOR_GENERAL, K.PORTFOLIO_MANAGER}
        if mine.has(WATCHERS):
            return self
        mine_by_product = (
            Q(product_id__in=mine.keys(ScopeKind.PRODUCT, readers))
            | Q(product__sponsoring_branch_id__in=mine.keys(ScopeKind.BRANCH, readers))
            | Q(product__portfolio_id__in=mine.keys(ScopeKind.PORTFOLIO, readers))
            | Q(product__department_id__in=mine.keys(ScopeKind.DEPARTMENT, readers))
        )
        if lent := keys_lent(person, DelegatedAct.REQUESTING, ScopeKind.BRANCH, [K.SPONSOR]):
            mine_by_product |= Q(kind=DecisionKind.STATUS, product__sponsoring_branch_id__in=lent)
        before_me = Q(board_id__in=mine.keys(ScopeKind.BOARD), state__in=BEFORE_BOARD)
        return self.filter(mine_by_product | before_me)

    def live(self) -> "ReviewQuerySet":
        return self.filter(state__in=LIVE)

    def awaiting_decision(self) -> "ReviewQuerySet":
        """Before a board, which has not decided; no longer only being prepared."""
        return self.live().exclude(state=ReviewState.PREPARING)


class Review(Bilingual, ProductLink):
    """One attempt: preparing → submitted → on an agenda → decided, or withdrawn. The product is the head of its family."""

    kind = models.CharField(_("kind of decision"), max_length=20, choices=DecisionKind)
    gate = models.ForeignKey(
        Gate, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("toll-gate")
    )
    change = models.ForeignKey(
        ProductChange, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("change")
    )
    year = models.ForeignKey(
        RoadmapYear,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("roadmap year"),
    )
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("outcome")
    )
    mou = models.ForeignKey(
        Mou, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("memorandum")
    )
    risk = models.ForeignKey(
        Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("risk")
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState, default=ReviewState.PREPARING, editable=False
    )
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("board")
    )
    ask_en, ask_fr = pair(_("the ask"), 120, blank=True)
    recommendation_en, recommendation_fr = pair(_("recommendation"), 600, blank=True)
    changed_en, changed_fr = pair(_("what changed since the last gate"), long=True, blank=True)
    # Of an escalated risk: until when the board is asked to accept it.
    asked_until = models.DateField(_("accept until"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by_id = models.CharField(max_length=64, blank=True, editable=False)
    submitted_by_name = models.CharField(_("submitted by"), max_length=200, blank=True, editable=False)
    submitted_for_id = models.CharField(max_length=64, blank=True, editable=False)
    submitted_for_name = models.CharField(_("in the name of"), max_length=200, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by_id = models.CharField(max_length=64, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["board", "state"], name="review_before_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "kind", "gate", "change", "year", "outcome", "mou", "risk"],
                condition=Q(state__in=LIVE),
                nulls_distinct=False,
                name="review_one_live",
                violation_error_message=_("An attempt is under way already."),
            ),
            models.UniqueConstraint(
                fields=["product", "kind", "gate", "change", "year", "outcome", "mou", "risk", "attempt"],
                nulls_distinct=False,
                name="review_attempt_once",
                violation_error_message=_("Somebody began this attempt just now."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=DecisionKind.GATE) & Q(gate__isnull=False))
                | (~Q(kind=DecisionKind.GATE) & Q(gate__isnull=True, change__isnull=True)),
                name="review_gate_named",
                violation_error_message=_("A gate review, and only a gate review, names its gate."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.PREPARING, ReviewState.WITHDRAWN])
                | (Q(submitted_at__isnull=False, board__isnull=False) & ~Q(submitted_by_id="")),
                name="review_submitted_by_somebody",
                violation_error_message=_("What is before a board was submitted by somebody."),
            ),
            models.CheckConstraint(
                condition=Q(attempt__gte=1) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at"))),
                name="review_attempt_counted",
            ),
        ]

    @property
    def submitter(self) -> str:
        """Who submitted it, and in whose name."""
        return in_words(self.submitted_by_name, self.submitted_for_name)

    def __str__(self) -> str:
        return f"{self.subject_name}{colon()}{self.matter}"

    @property
    def matter(self) -> str:
        """What is decided, by name: the gate, the kind with its year or its outcome."""
        if self.gate is not None:
            return str(self.gate)
        kind = self.get_kind_display()
        if self.risk is not None:
            return f"{kind}, {self.risk}"
        return f"{kind} {self.year}" if self.year else f"{kind}, {self.outcome}" if self.outcome else kind

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def subject(self) -> "ProductLink | models.Model":
        """What the decision is about: the change, the year, the outcome, the memorandum, the risk, or the product."""
        return self.change or self.year or self.outcome or self.mou or self.risk or self.product

    @property
    def subject_name(self) -> str:
        return f"{self.product}, {self.change}" if self.change_id else str(self.product)


class Package(models.Model):
    """What was submitted, frozen: canonical content with every artefact's hash, and the hash of it all. Never changes."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="package")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by_id = models.CharField(max_length=64)
    frozen_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote: product, gate or kind, attempt, and the beginning of the hash."""
        what = f"G{self.review.gate.number}" if self.review.gate else self.review.kind.upper().replace("_", "-")
        return f"{self.review.product.code}-{what}-{self.review.attempt}-{self.sha256[:8].upper()}"
