"""Outcomes: one-page cases, started, measured, and closed with what users say (domain.md §4)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from people.permissions import require
from products.actions.phase import check_mandate
from products.models import FundingSource, Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate
from records.moves import check_move
from records.refusals import OutOfTurn, Stale
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.actions.roadmap import hold
from roadmaps.autonomy import left_to_team, must_ask_to_stop, why_not_alone
from roadmaps.before_board import is_before_board
from roadmaps.models import (
    Goal,
    ImpactFinding,
    Milestone,
    Outcome,
    OutcomeAugmentation,
    OutcomeGate,
    OutcomeReading,
)
from roadmaps.permissions import may_edit_roadmap, may_hold_gate
from roadmaps.states import OUTCOME_MOVES, Decider, GateResult, OutcomeState, Verdict

MANDATE = "outcome gate"  # what a mandate is for that lets an outcome continue, adjusts or stops it


@act
def add_outcome(*, goal: Goal, by: Actor, **values: Any) -> Outcome:
    """Add an outcome to a goal with the next number. `values` are fields of Outcome."""
    require(may_edit_roadmap(by, goal.roadmap))
    roadmap = hold(goal.roadmap)
    if goal.retired_on:
        raise ValidationError({"goal": _("This goal is no longer pursued.")})
    highest = Outcome.objects.filter(goal=goal).aggregate(highest=Max("number"))["highest"] or 0
    outcome = Outcome(roadmap=roadmap, goal=goal, number=highest + 1, state_since=clock.today(), **values)
    record(events.OUTCOME_ADDED, on=outcome, by=by, changes=save(outcome, by=by))
    return outcome


@act
def change_outcome(*, outcome: Outcome, by: Actor, expected: int | None = None, **values: Any) -> Outcome:
    """Change the case of an outcome; its code, state and verdict stay. Conflict once it is closed."""
    require(may_edit_roadmap(by, outcome.roadmap))
    if outcome.state in (OutcomeState.DELIVERED, OutcomeState.STOPPED):
        raise ValidationError(_("This outcome is closed; its case stays as it was judged."))
    for name, value in values.items():
        setattr(outcome, name, value)
    changes = save(outcome, by=by, expected=expected)
    if changes:
        record(events.OUTCOME_CHANGED, on=outcome, by=by, changes=changes)
    return outcome


@act
def start_outcome(*, outcome: Outcome, by: Actor, expected: int | None = None) -> Outcome:
    """From planned to in delivery."""
    require(may_edit_roadmap(by, outcome.roadmap))
    check_move(OUTCOME_MOVES, outcome.state, OutcomeState.IN_DELIVERY)
    outcome.state, outcome.state_since = OutcomeState.IN_DELIVERY, clock.today()
    record(events.OUTCOME_STARTED, on=outcome, by=by, changes=save(outcome, by=by, expected=expected))
    return outcome


@act
def take_into_delivery(*, milestone: Milestone, by: Actor, reason: str = "") -> list[Outcome]:
    """The planned outcomes that `milestone` serves are in delivery from today: its work began, or it is in production.

    Follows from what happened to the milestone, whoever may say that; an outcome is delivered only by the verdict of users.
    """
    rows = Outcome.objects.filter(served_by__milestone=milestone, state=OutcomeState.PLANNED)
    begun = list(rows.select_related("goal", "roadmap__product").select_for_update(of=("self",)).order_by("pk"))
    for outcome in begun:
        check_move(OUTCOME_MOVES, outcome.state, OutcomeState.IN_DELIVERY)
        outcome.state, outcome.state_since = OutcomeState.IN_DELIVERY, clock.today()
        record(events.OUTCOME_STARTED, on=outcome, by=by, changes=save(outcome, by=by), reason=reason)
    return begun


@act
def close_outcome(
    *,
    outcome: Outcome,
    state: str,
    verdict: str,
    by: Actor,
    evidence_en: str = "",
    evidence_fr: str = "",
    closed_on: date | None = None,
    expected: int | None = None,
) -> Outcome:
    """Close as delivered or stopped, with the verdict and the evidence from users. ValidationError when either is missing.

    OutOfTurn while a board has it before it, and to stop a delivery where the autonomy level leaves that to a board.
    """
    require(may_edit_roadmap(by, outcome.roadmap))
    # A submission to a board holds the product too: of two in the same instant the later one sees the first.
    product = Product.objects.select_for_update(of=("self",)).get(pk=outcome.roadmap.product_id)
    check_move(OUTCOME_MOVES, outcome.state, state)
    if is_before_board(outcome):
        raise OutOfTurn(_("A board has this outcome before it."), subject=outcome)
    if state == OutcomeState.STOPPED and must_ask_to_stop(outcome, product):
        raise OutOfTurn(why_not_alone(product, GateResult.STOP), subject=outcome)
    if verdict not in dict(Verdict.of_users()):
        raise ValidationError({"verdict": _("Say whether users say the outcome is met.")})
    if not (evidence_en or evidence_fr):
        raise ValidationError({"evidence_en": _("Give the evidence from users. Done means users say so.")})
    outcome.state, outcome.state_since = state, clock.today()
    outcome.verdict, outcome.closed_on = verdict, closed_on or clock.today()
    outcome.evidence_en, outcome.evidence_fr = evidence_en, evidence_fr
    record(events.OUTCOME_CLOSED, on=outcome, by=by, changes=save(outcome, by=by, expected=expected))
    return outcome


@act
def record_reading(
    *, outcome: Outcome, value: Decimal, source: str, by: Actor, read_on: date | None = None
) -> OutcomeReading:
    """Note a measured value of the outcome's metric, one a day, with where it comes from."""
    require(may_edit_roadmap(by, outcome.roadmap))
    reading = OutcomeReading(
        roadmap=outcome.roadmap, outcome=outcome, value=value, source=source, read_on=read_on or clock.today()
    )
    if reading.read_on > clock.today():
        raise ValidationError({"read_on": _("A reading cannot lie in the future.")})
    record(events.READING_RECORDED, on=reading, by=by, changes=save(reading, by=by))
    return reading


@act
def augment(
    *, outcome: Outcome, fiscal_year: int, source: FundingSource, amount: Decimal, decision_reference: str, by: Actor
) -> OutcomeAugmentation:
    """Enter more money for an outcome in a year: for future need, by a decision."""
    require(may_edit_roadmap(by, outcome.roadmap))
    more = OutcomeAugmentation(
        roadmap=outcome.roadmap,
        outcome=outcome,
        fiscal_year=fiscal_year,
        source=source,
        amount=amount,
        decision_reference=decision_reference,
    )
    record(events.OUTCOME_AUGMENTED, on=more, by=by, changes=save(more, by=by))
    return more


@act
def hold_gate(
    *, outcome: Outcome, result: str, mandate: Mandate, by: Actor, reason_en: str = "", reason_fr: str = ""
) -> OutcomeGate:
    """Note what a board decided on an outcome in delivery, by its `mandate`; stopped, the outcome is closed unjudged.

    Refused without a decision about this very outcome; OutOfTurn once it is closed, or before its delivery began.
    """
    check_mandate(mandate, what=MANDATE, subject_id=str(outcome.pk), by=by, on=outcome)
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("roadmap__product").get(pk=outcome.pk)
    if outcome.state != OutcomeState.IN_DELIVERY:
        words = _("This outcome is %(state)s; a gate is held while it is in delivery.")
        raise OutOfTurn(words % {"state": outcome.get_state_display()})
    gate = OutcomeGate(
        roadmap=outcome.roadmap,
        outcome=outcome,
        held_on=clock.today(),
        result=result,
        reason_en=reason_en,
        reason_fr=reason_fr,
        decided_by=Decider.BOARD,
        mandate=mandate,
    )
    record(events.OUTCOME_GATE_HELD, on=gate, by=by, changes=save(gate, by=by), reason=mandate.reference)
    if result == GateResult.STOP:
        _stop(outcome, gate, by, event=events.OUTCOME_STOPPED, reason=mandate.reference)
    return gate


@act
def hold_own_gate(
    *,
    outcome: Outcome,
    result: str,
    by: Actor,
    finding: ImpactFinding | None = None,
    expected: int | None = None,
    **texts: str,
) -> OutcomeGate:
    """Note what the team decided on an outcome in delivery, within its autonomy; stopped, the outcome is closed unjudged.

    `texts`: reason and funding in both languages; `finding` is the evidence. ValidationError without a reason, OutOfTurn
    for a result that the product's autonomy level does not leave to the team, while a board has the outcome before it,
    and once it is closed or before its delivery began.
    """
    require(may_hold_gate(by, outcome.roadmap))
    # A submission to a board holds the product too: of two in the same instant the later one sees the first.
    product = Product.objects.select_for_update(of=("self",)).get(pk=outcome.roadmap.product_id)
    if result not in left_to_team(product):
        raise OutOfTurn(why_not_alone(product, GateResult(result)), subject=outcome)
    outcome = Outcome.objects.select_for_update(of=("self",)).select_related("roadmap__product").get(pk=outcome.pk)
    _check_at_gate(outcome, expected)
    if not (texts.get("reason_en", "").strip() or texts.get("reason_fr", "").strip()):
        raise ValidationError({"reason_en": _("Say why, on what evidence.")})
    gate = OutcomeGate(
        roadmap=outcome.roadmap,
        outcome=outcome,
        held_on=clock.today(),
        result=result,
        decided_by=Decider.TEAM,
        finding=finding,
        **texts,
    )
    record(events.OUTCOME_GATE_HELD_BY_TEAM, on=gate, by=by, changes=save(gate, by=by), reason=gate.reason)
    if result == GateResult.STOP:
        _stop(outcome, gate, by, event=events.OUTCOME_STOPPED_BY_TEAM, reason=gate.reason)
    return gate


def _check_at_gate(outcome: Outcome, expected: int | None) -> None:
    """In delivery, not before a board, and as the person saw it."""
    if outcome.state != OutcomeState.IN_DELIVERY:
        words = _("This outcome is %(state)s; a gate is held while it is in delivery.")
        raise OutOfTurn(words % {"state": outcome.get_state_display()})
    if is_before_board(outcome):
        raise OutOfTurn(_("A board has this outcome before it."), subject=outcome)
    if expected is not None and outcome.version != expected:
        raise Stale(_("This outcome changed while you were deciding."), current=outcome)


def _stop(outcome: Outcome, gate: OutcomeGate, by: Actor, *, event: str, reason: str) -> None:
    """Close it with the reason of its gate; what users would have said stays open."""
    check_move(OUTCOME_MOVES, outcome.state, OutcomeState.STOPPED)
    outcome.state, outcome.state_since, outcome.closed_on = OutcomeState.STOPPED, gate.held_on, gate.held_on
    outcome.verdict = Verdict.NOT_JUDGED
    outcome.evidence_en, outcome.evidence_fr = gate.reason_en, gate.reason_fr
    record(event, on=outcome, by=by, changes=save(outcome, by=by), reason=reason)
