"""The mandate a decision gives: what lets the one row change that only a board may change (decisions.md §3)."""

from typing import Any

from governance.actions.mou_review import MANDATE as MEMORANDUM
from governance.actions.risk_boards import MANDATE as RISK
from governance.consequences.effects import effect_of
from governance.models import Decision, Gate, Review
from governance.states import DecisionKind, Effect, Outcome
from products.actions.phase import MANDATE as PHASE
from products.actions.status import MANDATE as STATUS
from records.actions.mandates import give_mandate
from records.actors import Actor
from records.models import Mandate, MandateKind
from roadmaps.actions.outcomes import MANDATE as OUTCOME
from roadmaps.actions.years import MANDATE as YEAR
from roadmaps.states import GateResult

WHAT = {
    DecisionKind.GATE: PHASE,
    DecisionKind.STATUS: STATUS,
    DecisionKind.STATUS_REVIEW: STATUS,
    DecisionKind.ROADMAP_ENDORSEMENT: YEAR,
    DecisionKind.ROADMAP_APPROVAL: YEAR,
    DecisionKind.OUTCOME_GATE: OUTCOME,
    DecisionKind.MOU: MEMORANDUM,
    DecisionKind.RISK_ESCALATION: RISK,
}
# What a board's decision on an outcome means for it; returned or deferred, nothing moves.
RESULT = {
    Outcome.APPROVED: GateResult.CONTINUE,
    Outcome.WITH_CONDITIONS: GateResult.ADJUST,
    Outcome.REJECTED: GateResult.STOP,
}


def mandate_for(
    *, review: Review, outcome: str, number: str, by: Actor, is_complex_or_risky: bool | None = None
) -> Mandate | None:
    """A mandate for what `outcome` moves, to be kept with the decision; None when it moves nothing."""
    if not moves_something(review, outcome, is_complex_or_risky):
        return None
    return give_mandate(
        kind=MandateKind.DECISION,
        what=WHAT[DecisionKind(review.kind)],
        subject=subject_of(review),
        reference=f"{review.board.acronym} {number}" if review.board else number,
        by=by,
    )


def mandate_of(decision: Decision, by: Actor) -> Mandate:
    """The decision's own mandate where it carries one for its subject, else a new one that refers to its number."""
    review, kept = decision.review, decision.mandate
    wanted = (WHAT[DecisionKind(review.kind)], str(subject_of(review).pk))
    if kept is not None and (kept.what, kept.subject_id) == wanted:
        return kept
    return further_mandate(decision, wanted[0], subject_of(review), by)


def further_mandate(decision: Decision, what: str, subject: Any, by: Actor) -> Mandate:
    """A mandate for a row that the decision moves beside its own subject; it refers to the decision's number."""
    return give_mandate(kind=MandateKind.DECISION, what=what, subject=subject, reference=decision.number, by=by)


def moves_something(review: Review, outcome: str, is_complex_or_risky: bool | None = None) -> bool:
    """Whether `outcome` changes a row that needs a mandate."""
    if review.kind == DecisionKind.GATE:
        return effect_of(gate_of(review), outcome, is_complex_or_risky) is not Effect.NOTHING
    if review.kind == DecisionKind.STATUS_REVIEW:
        return outcome == Outcome.REJECTED
    if review.kind == DecisionKind.OUTCOME_GATE:
        return outcome in RESULT
    return review.kind in WHAT and outcome in Outcome.approvals()


def subject_of(review: Review) -> Any:
    """What the mandate is about: a roadmap year, an outcome, a memorandum, a risk, a change; else the product."""
    if review.kind in (DecisionKind.ROADMAP_ENDORSEMENT, DecisionKind.ROADMAP_APPROVAL):
        return review.year
    if review.kind == DecisionKind.OUTCOME_GATE:
        return review.outcome
    return review.change or review.mou or review.risk or review.product


def gate_of(review: Review) -> Gate:
    """The gate of a gate review, which always names one."""
    if review.gate is None:
        raise LookupError("This review is about no gate.")
    return review.gate
