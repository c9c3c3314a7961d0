"""Conditions of a decision: proven by their owner, verified by somebody else, closed (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.models import Condition, Decision, Review
from governance.proving import may_give_proof, may_verify_proof, verifiers
from governance.states import CONDITION_MOVES, ConditionState, Outcome
from people.actions.notices import tell_people
from people.bilingual import said
from people.models import Person
from people.notices import both
from people.permissions import require
from records import clock
from records.actions.evidence import keep_evidence
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

NOTICE = "condition.due"
# What the notices say; the reader's page says the rest.
BOUND = gettext_noop("%(product)s: a condition of decision %(number)s binds until %(due)s: %(what)s")
TO_VERIFY = gettext_noop("%(product)s: a proof awaits you as verifier: %(what)s")
NOT_ACCEPTED = gettext_noop("%(product)s: the proof of a condition was not accepted: %(what)s")
CLOSED = gettext_noop("%(product)s: a condition is closed: %(what)s")
OVERDUE = gettext_noop("%(product)s: a condition is overdue since %(due)s: %(what)s")
WITHDRAWN = gettext_noop("%(product)s: a condition is withdrawn by decision %(number)s: %(what)s")


@dataclass(frozen=True)
class NewCondition:
    """A condition that the board adds to those proposed with the review."""

    what_en: str
    what_fr: str
    owner: Person
    verifier: Person
    due_on: date
    wanted_en: str = ""
    wanted_fr: str = ""

    def condition(self, review: Review, number: int) -> Condition:
        """The row, not saved yet."""
        return Condition(review=review, number=number, **vars(self))


def outstanding_of(decision: Decision | None) -> list[Condition]:
    """What `decision` asked for and is not closed yet; nothing of none."""
    rows = Condition.objects.filter(decision=decision).outstanding() if decision else Condition.objects.none()
    return list(rows.select_related("owner", "verifier").order_by("number"))


@act
def bind_conditions(*, decision: Decision, binding: Iterable[Condition], by: Actor) -> None:
    """Part of deciding. What the board took up binds, other proposals fall; what the corrected decision still asked for is
    carried over, or withdrawn for the reason that the new decision gives. A deferral leaves all as it is."""
    if decision.outcome == Outcome.DEFERRED:
        return
    binding = list(binding)
    chosen = {each.pk for each in binding}
    for condition in Condition.objects.filter(review=decision.review, state=ConditionState.PROPOSED):
        if condition.pk not in chosen:
            _move(condition, ConditionState.DROPPED, events.CONDITION_NOT_TAKEN_UP, by)
    for condition in outstanding_of(decision.corrects):
        if condition.pk in chosen:
            condition.decision = decision
            record(events.CONDITION_CARRIED_OVER, on=condition, by=by, changes=save(condition, by=by))
        else:
            _withdraw(condition, decision, by)
    for condition in binding:
        if condition.state == ConditionState.PROPOSED:
            condition.decision = decision
            _move(condition, ConditionState.OPEN, events.CONDITION_TAKEN_UP, by)


def _move(condition: Condition, state: str, event: str, by: Actor, reason: str = "") -> None:
    check_move(CONDITION_MOVES, condition.state, state)
    condition.state = state
    record(event, on=condition, by=by, changes=save(condition, by=by), reason=reason)


def _withdraw(condition: Condition, decision: Decision, by: Actor) -> None:
    """The reason is the correcting decision's own; its owner and verifier learn that nothing is asked of them any more."""
    condition.ended_by = decision
    _move(condition, ConditionState.WITHDRAWN, events.CONDITION_WITHDRAWN, by, decision.rationale or str(decision))
    _tell(condition, WITHDRAWN, [condition.owner, condition.verifier], by)


@act
def give_proof(
    *,
    condition: Condition,
    proof: str,
    by: Person,
    proof_link: str = "",
    file: Any = None,
    expected: int | None = None,
) -> Condition:
    """Say what proves that a condition is met, and where it can be seen; a new file takes the place of the one before.

    ValidationError when nothing is said, or on `file` for one that is not kept here.
    """
    require(may_give_proof(by, condition))
    check_move(CONDITION_MOVES, condition.state, ConditionState.PROVEN)
    if not proof.strip():
        raise ValidationError({"proof": _("Say what proves it.")})
    condition.state, condition.proof, condition.proof_link = ConditionState.PROVEN, proof, proof_link
    if file is not None:
        condition.proof_file = keep_evidence(file=file, chain=condition.chain(), by=by)
    condition.proven_at, condition.proven_by_id = clock.now(), str(by.pk)
    record(events.CONDITION_PROVEN, on=condition, by=by, changes=save(condition, by=by, expected=expected))
    _tell(condition, TO_VERIFY, verifiers(condition), by)
    return condition


@act
def accept_proof(*, condition: Condition, by: Person, expected: int | None = None) -> Condition:
    """Close a condition whose proof holds. For its verifier (the chair, once that one has left), never for its owner or for who
    gave the proof."""
    require(may_verify_proof(by, condition))
    check_move(CONDITION_MOVES, condition.state, ConditionState.CLOSED)
    if condition.proof_file is not None and not condition.proof_file.is_clean:
        raise OutOfTurn(_("The file of this proof cannot be opened: it waits for its scan, or was refused."))
    condition.state, condition.refusal = ConditionState.CLOSED, ""
    condition.closed_at, condition.closed_by_id = clock.now(), str(by.pk)
    record(events.CONDITION_CLOSED, on=condition, by=by, changes=save(condition, by=by, expected=expected))
    _tell(condition, CLOSED, [condition.owner], by)
    return condition


@act
def refuse_proof(*, condition: Condition, reason: str, by: Person, expected: int | None = None) -> Condition:
    """Open a condition again because its proof does not hold; the proof given stays in its history."""
    require(may_verify_proof(by, condition))
    check_move(CONDITION_MOVES, condition.state, ConditionState.OPEN)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is missing.")})
    condition.state, condition.refusal = ConditionState.OPEN, reason
    changes = save(condition, by=by, expected=expected)
    record(events.CONDITION_REOPENED, on=condition, by=by, changes=changes, reason=reason)
    _tell(condition, NOT_ACCEPTED, [condition.owner], by)
    return condition


def tell_bound(condition: Condition, by: Actor) -> None:
    """Tell owner and verifier once that a decision made it binding; part of the act that decided."""
    _tell(condition, BOUND, [condition.owner, condition.verifier], by, key=f"{condition.pk}:bound")


def tell_overdue(condition: Condition, by: Actor) -> None:
    """Tell owner and verifier once that the due day has passed; part of the daily work."""
    _tell(condition, OVERDUE, [condition.owner, condition.verifier], by, key=f"{condition.pk}:{condition.due_on}")


def _tell(condition: Condition, words: str, people: list[Person], by: Actor, key: str = "") -> None:
    texts = both(
        words,
        product=lambda: said(condition.review.product, "name"),
        what=lambda: said(condition, "what"),
        due=condition.due_on,
        number=getattr(condition.ended_by or condition.decision, "number", ""),
    )
    tell_people(
        people=people, kind=NOTICE, path=reverse("condition-detail", args=[condition.pk]), by=by, key=key, **texts
    )
