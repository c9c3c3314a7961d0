"""The decision on one review: by the chair, on a closed vote, within the board's rule; final (domain.md §5, decisions.md §12).

Consequences (phases, status, roadmap years) happen in the same act, or the decision does not happen.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from governance import events
from governance.actions.conditions import NewCondition, bind_conditions, outstanding_of
from governance.actions.holding import hold_point, hold_review, package_of
from governance.consequences import carry_out, mandate_for, moves_its_subject, proposed_next_review, what_stands
from governance.gates.package import sha256
from governance.models import AgendaPoint, Condition, Decision, Review
from governance.reading.brief import brief_of
from governance.reading.record import told_of
from governance.states import AGENDA_MOVES, REVIEW_MOVES, AgendaState, ConditionState, Effect, Outcome, ReviewState
from governance.voting.sitting import Sitting, people_of, sitting_of
from governance.voting.tally import Tally, outcomes_allowed
from governance.voting.voices import chair_of
from people.actions.notices import tell_people
from people.models import Person
from people.notices import both
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.identity import new_number
from records.jobs import enqueue
from records.models import Mandate
from records.moves import check_move
from records.refusals import AgainstTheRule, OutOfTurn
from records.trail import record
from records.writing import save, write

# What is missing, by the language it is missing in: two messages that say the same lead nobody to the right field.
WHY: dict[str, Any] = {
    "en": gettext_lazy("Say why in English: every decision but a plain approval does"),
    "fr": gettext_lazy("Say why in French: every decision but a plain approval does"),
}
WHY_COMPLEX: dict[str, Any] = {
    "en": gettext_lazy("Say in English why it is or is not complex or risky"),
    "fr": gettext_lazy("Say in French why it is or is not complex or risky"),
}
JOB = "governance.render_decision_brief"


@act
def decide_review(
    *,
    point: AgendaPoint,
    outcome: str,
    by: Actor,
    rationale_en: str = "",
    rationale_fr: str = "",
    taken_up: Iterable[Condition] = (),
    added: Iterable[NewCondition] = (),
    **values: Any,
) -> Decision:
    """Record what the board decided on the closed vote of `point`.

    `values`: is_complex_or_risky, complexity_reason_en and _fr, next_review_on, accepted_until.

    Refused to anybody but the chair. Conflict while the vote is open, without quorum, or when it is decided already.
    ValidationError for an outcome the rule does not allow and for whatever the outcome asks for and is missing. A deferred
    review waits for a later agenda with the same package. A decision on a decided review corrects what was decided: of the
    open conditions of the corrected one, those `taken_up` bind on and the others are withdrawn.
    """
    point = hold_point(point)
    sitting = sitting_of(point)
    require(chair_of(by, sitting))
    tally = _closed_tally(point)
    review = hold_review(point.review)
    taken_up, added = list(taken_up), list(added)
    corrected = corrected_by_next(review)
    decision = _written(point, review, tally, by, corrects=corrected, outcome=outcome,
                        rationale_en=rationale_en.strip(), rationale_fr=rationale_fr.strip(), **values)  # fmt: skip
    _fix_next_review(decision)
    _check(decision, tally, taken_up, added)
    decision.mandate = _mandate(decision, by) if moves_its_subject(decision) else None
    bound, ended = _conditions(decision, taken_up, added)
    stands = what_stands(review, corrected, decision.outcome, decision.is_complex_or_risky)
    decision.content = told_of(decision, brief_of(review), sitting.chair, binding=bound, ended=ended, stands=stands)
    decision.sha256 = sha256(decision.content)
    write(decision)
    point.state = AgendaState.DECIDED
    save(point, by=by)
    _settle(review, decision, by)
    bind_conditions(decision=decision, binding=bound, by=by)
    told = {"outcome": [None, decision.outcome], "number": [None, decision.number]}
    record(events.REVIEW_DECIDED, on=decision, by=by, changes=told, reason=decision.rationale)
    carry_out(decision=decision, by=by)
    enqueue(JOB, str(decision.pk), {"decision": str(decision.pk)}, by=by)
    _tell(decision, sitting, by)
    return decision


def why_undecidable(point: AgendaPoint) -> str:
    """Why no decision can be recorded on this point now; empty once its vote is closed."""
    if point.state == AgendaState.DECIDED:
        return _("This point is decided already: %(decision)s.") % {"decision": point.decision}
    if point.state == AgendaState.REMOVED:
        return _("This point was taken off the agenda.")
    if point.review is None:
        return _("This point is for discussion; there is nothing to decide.")
    return "" if point.tally else _("Close the vote before you record the decision.")


def _closed_tally(point: AgendaPoint) -> Tally:
    if closed := why_undecidable(point):
        raise OutOfTurn(closed)
    check_move(AGENDA_MOVES, point.state, AgendaState.DECIDED)
    tally = Tally.from_json(point.tally or {})
    if not tally.has_quorum:
        raise OutOfTurn(_("There is no decision without quorum."))
    return tally


def corrected_by_next(review: Review) -> Decision | None:
    """The decision in force that a new one corrects; None for a review that is not decided yet."""
    if review.state != ReviewState.DECIDED:
        return None
    final = Decision.objects.filter(review=review, corrected_by__isnull=True).exclude(outcome=Outcome.DEFERRED)
    return final.order_by("-decided_at").first()


def _written(point: AgendaPoint, review: Review, tally: Tally, by: Actor, **values: Any) -> Decision:
    return Decision(
        number=new_number("DEC"),
        review=review,
        point=point,
        eligible=tally.eligible,
        present=tally.present,
        quorum=tally.quorum,
        votes_for=tally.for_,
        votes_against=tally.against,
        abstained=tally.abstained,
        recused=tally.recused,
        by_casting_vote=tally.casting,
        package_sha256=package_of(point).sha256,
        decided_at=clock.now(),
        decided_by_id=str(by.pk),
        decided_by_name=by.get_full_name(),
        **values,
    )


def _fix_next_review(decision: Decision) -> None:
    """An approval at a gate that fixes the next business case review fixes it, on the gate's usual day unless one was said."""
    review = decision.review
    if decision.is_approval and decision.next_review_on is None and review.change_id is None:
        decision.next_review_on = proposed_next_review(review.gate, clock.today())


def possible_outcomes(review: Review, tally: Tally) -> tuple[Outcome, ...]:
    """What may be recorded: what the rule allows; a correction that is carried says anything but deferred."""
    if review.state != ReviewState.DECIDED:
        return outcomes_allowed(tally)
    carried = Outcome.APPROVED in outcomes_allowed(tally)
    return tuple(each for each in Outcome if each != Outcome.DEFERRED) if carried else ()


def _check(decision: Decision, tally: Tally, taken_up: list[Condition], added: list[NewCondition]) -> None:
    errors: dict[str, Any] = {}
    is_forbidden = False
    if decision.outcome not in Outcome.values:
        errors["outcome"] = _("Choose one of the answers.")
    elif decision.outcome not in possible_outcomes(decision.review, tally):
        is_forbidden, errors["outcome"] = True, _("The vote does not allow this decision.")
    if decision.outcome != Outcome.APPROVED:
        errors |= _both_languages(decision, "rationale", WHY)
    errors |= _check_conditions(decision, taken_up, added) | _check_gate(decision) | _check_risk(decision)
    if errors:
        raise AgainstTheRule(errors) if is_forbidden else ValidationError(errors)
    decision.full_clean(
        exclude=[name for name in ("mandate", "is_complex_or_risky") if getattr(decision, name) is None]
    )


def _both_languages(decision: Decision, name: str, words: dict[str, Any]) -> dict[str, Any]:
    """Messages for the languages in which the text is missing."""
    missing = [code for code in ("en", "fr") if not getattr(decision, f"{name}_{code}").strip()]
    return {f"{name}_{code}": words[code] for code in missing}


def _check_conditions(decision: Decision, taken_up: list[Condition], added: list[NewCondition]) -> dict[str, str]:
    open_ones = {each.pk for each in outstanding_of(decision.corrects)}
    proposed = (each.review_id == decision.review_id and each.state == ConditionState.PROPOSED for each in taken_up)
    if not all(is_proposed or each.pk in open_ones for is_proposed, each in zip(proposed, taken_up, strict=True)):
        return {"taken_up": _("Choose among the conditions proposed with this review.")}
    if decision.outcome == Outcome.WITH_CONDITIONS and not (taken_up or added or has_closed(decision.corrects)):
        return {"taken_up": _("Say on which conditions it is approved.")}
    if decision.outcome != Outcome.WITH_CONDITIONS and (taken_up or added):
        return {"taken_up": _("Only an approval with conditions takes up conditions.")}
    return {}


def _check_gate(decision: Decision) -> dict[str, str]:
    """What some gates ask of an approval."""
    gate = decision.review.gate
    asks = gate is not None and gate.approved_effect == Effect.JUSTIFIED and decision.is_approval
    if not asks:
        stray = decision.is_complex_or_risky is not None
        return {"is_complex_or_risky": _("Only the approval of a justification says this.")} if stray else {}
    if decision.is_complex_or_risky is None:
        return {"is_complex_or_risky": _("Say whether it is complex or risky.")}
    return _both_languages(decision, "complexity_reason", WHY_COMPLEX)


def _check_risk(decision: Decision) -> dict[str, str]:
    """A risk is accepted until a day to come, and nothing else is."""
    until, review = decision.accepted_until, decision.review
    if review.risk_id is None or not decision.is_approval:
        return {"accepted_until": _("Only the acceptance of a risk says this.")} if until else {}
    if until is None:
        return {"accepted_until": _("Say until when the risk is accepted.")}
    if until <= clock.today(review.product.department.time_zone):
        return {"accepted_until": _("A risk is accepted until a day to come.")}
    return {}


def _settle(review: Review, decision: Decision, by: Actor) -> None:
    """The review is decided, or waits for a later agenda when it is deferred. A correction leaves it as it is."""
    if decision.corrects_id:
        return
    state = ReviewState.SUBMITTED if decision.outcome == Outcome.DEFERRED else ReviewState.DECIDED
    check_move(REVIEW_MOVES, review.state, state)
    review.state = state
    save(review, by=by)


def has_closed(old: Decision | None) -> bool:
    """Whether the corrected decision asked for something that is done: its approval stays one with conditions."""
    return old is not None and old.conditions.filter(state=ConditionState.CLOSED).exists()  # type: ignore[attr-defined]


def _conditions(
    decision: Decision, taken_up: list[Condition], added: list[NewCondition]
) -> tuple[list[Condition], list[Condition]]:
    """What binds by `decision`, the added ones not saved yet; and what the decision it corrects asked for and it does not."""
    mine = Condition.objects.filter(review=decision.review).select_related("owner", "verifier").order_by("number")
    last = max((each.number for each in mine), default=0)
    made = [wish.condition(decision.review, number) for number, wish in enumerate(added, start=last + 1)]
    chosen = {each.pk for each in taken_up}
    ended = [each for each in outstanding_of(decision.corrects) if each.pk not in chosen]
    return [*(each for each in mine if each.pk in chosen), *made], ended


def _mandate(decision: Decision, by: Actor) -> Mandate | None:
    """What lets the decision move what only a board may move."""
    return mandate_for(
        review=decision.review,
        outcome=decision.outcome,
        number=decision.number,
        by=by,
        is_complex_or_risky=decision.is_complex_or_risky,
    )


def _tell(decision: Decision, sitting: Sitting, by: Actor) -> None:
    """Tell the team, who submitted it, and the board."""
    review = decision.review
    team = {each.person for each in sitting.team if each.on(sitting.day)}
    keys = {str(key) for key in team} | {review.submitted_by_id}
    concerned = [*Person.objects.filter(pk__in=keys), *people_of(sitting.seats)]
    tell_people(
        people=concerned,
        kind="decision.taken",
        path=reverse("decision-detail", args=[decision.pk]),
        by=by,
        **both(
            gettext_noop("%(what)s: %(outcome)s. Decision %(number)s, %(board)s."),
            what=lambda: str(review),
            outcome=lambda: decision.get_outcome_display(),
            number=decision.number,
            board=lambda: sitting.point.meeting.board.name,
        ),
    )
