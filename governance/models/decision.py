"""Decisions, their conditions, and nothing that could change them afterwards (domain.md §5)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.models.meeting import AgendaPoint
from governance.models.review import Review
from governance.states import ConditionState, Outcome
from people.bilingual import Bilingual, pair
from people.models import Person
from people.templatetags.gatehouse import colon
from records import clock
from records.identity import new_id
from records.models import EvidenceFile, Governed, GovernedQuerySet, Mandate


class Decision(Bilingual, models.Model):
    """What a board decided, on which package, by which votes. Append-only: a correction is a new decision that refers to it.

    `content` is the whole record as it was that day, names and all (governance.voting.record), and `sha256` its hash; None
    for one recorded before that was kept.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    point = models.OneToOneField(AgendaPoint, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=16, choices=Outcome)
    rationale_en, rationale_fr = pair(_("rationale"), long=True, blank=True)
    is_complex_or_risky = models.BooleanField(_("complex or risky"), null=True)
    complexity_reason_en, complexity_reason_fr = pair(_("why it is or is not complex or risky"), long=True, blank=True)
    next_review_on = models.DateField(_("next business case review"), null=True, blank=True)
    accepted_until = models.DateField(_("risk accepted until"), null=True, blank=True)
    eligible = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    recused = models.PositiveSmallIntegerField()
    by_casting_vote = models.BooleanField(default=False)
    package_sha256 = models.CharField(max_length=64)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, related_name="decision")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    content = models.JSONField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by_id = models.CharField(max_length=64)
    decided_by_name = models.CharField(_("recorded by"), max_length=200)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=~Q(outcome=Outcome.DEFERRED) & Q(corrects__isnull=True),
                name="decision_one_final",
                violation_error_message=_("This review is decided already."),
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("quorum")),
                name="decision_with_quorum",
                violation_error_message=_("There is no decision without quorum."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED) | ~Q(rationale_en="") | ~Q(rationale_fr=""),
                name="decision_says_why",
                violation_error_message=_("Every decision but a plain approval says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}{colon()}{self.get_outcome_display()}"

    def chain(self) -> str:
        return self.review.chain()

    @property
    def is_approval(self) -> bool:
        return self.outcome in Outcome.approvals()


class ConditionQuerySet(GovernedQuerySet):
    def outstanding(self) -> "ConditionQuerySet":
        return self.filter(state__in=[ConditionState.OPEN, ConditionState.PROVEN])

    def binding(self) -> "ConditionQuerySet":
        """Those a decision took up, closed ones included."""
        return self.filter(decision__isnull=False)

    def waiting_for(self, person: Person) -> "ConditionQuerySet":
        """What `person` has to prove, or a proof that `person` has to judge."""
        prove = models.Q(owner=person, state=ConditionState.OPEN)
        return self.filter(prove | models.Q(verifier=person, state=ConditionState.PROVEN))

    def with_subject(self) -> "ConditionQuerySet":
        """With what a line about a condition says beside it."""
        return self.select_related(
            "review__product", "review__gate__framework", "review__change", "review__risk", "decision"
        )

    def overdue(self, day: date) -> "ConditionQuerySet":
        """Not proven by the end of their due day; a proof that waits for its verifier is late no longer."""
        return self.filter(state=ConditionState.OPEN, due_on__lt=day)

    def visible_to(self, person: Person) -> "ConditionQuerySet":
        """One's own to prove or to verify, and those of every review one reads."""
        mine = models.Q(owner=person) | models.Q(verifier=person)
        return self.filter(mine | models.Q(review__in=Review.objects.visible_to(person)))


class Condition(Bilingual, Governed):
    """Something the board asks for with its approval: proposed with the review, binding from the decision, closed on proof.

    `decision` is the one it binds by today. A correction of that decision carries it over, or takes it back (`ended_by`).
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="conditions")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="conditions", editable=False
    )
    number = models.PositiveSmallIntegerField(_("number"))
    what_en, what_fr = pair(_("condition"), 300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due on"))
    wanted_en, wanted_fr = pair(_("proof wanted"), 300, blank=True)
    verifier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("verifier"))
    state = models.CharField(
        _("state"), max_length=10, choices=ConditionState, default=ConditionState.PROPOSED, editable=False
    )
    proof = models.TextField(_("proof"), blank=True)
    proof_link = models.URLField(_("where the proof is"), max_length=500, blank=True)
    proof_file = models.ForeignKey(
        EvidenceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("file of the proof"),
    )
    refusal = models.TextField(_("why the last proof was not accepted"), blank=True)
    proven_at = models.DateTimeField(null=True, editable=False)
    proven_by_id = models.CharField(max_length=64, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by_id = models.CharField(max_length=64, blank=True, editable=False)
    ended_by = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        related_name="ended",
        editable=False,
        verbose_name=_("taken back by"),
    )

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"],
                name="condition_number_once",
                violation_error_message=_("Two conditions cannot have the same number."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ConditionState.PROPOSED, ConditionState.DROPPED]) | Q(decision__isnull=False),
                name="condition_binds_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("verifier")),
                name="condition_verified_by_another",
                violation_error_message=_("Nobody verifies a condition of their own."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ConditionState.PROVEN, ConditionState.CLOSED])
                | (~Q(proof="") & Q(proven_at__isnull=False)),
                name="condition_proven_with_proof",
                violation_error_message=_("Say what proves it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ConditionState.CLOSED) | Q(closed_at__isnull=False),
                name="condition_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ConditionState.WITHDRAWN, ended_by__isnull=False)
                | (~Q(state=ConditionState.WITHDRAWN) & Q(ended_by__isnull=True)),
                name="condition_ended_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def chain(self) -> str:
        return self.review.chain()

    @property
    def is_overdue(self) -> bool:
        """Its due day has passed and no proof waits; one that waits for its verifier is late no longer."""
        return self.state == ConditionState.OPEN and self.due_on < clock.today()

    def clean(self) -> None:
        if self.owner_id and self.owner_id == self.verifier_id:
            raise ValidationError({"verifier": _("Nobody verifies a condition of their own.")})
