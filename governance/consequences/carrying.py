"""Carry out a decision: its conditions are made known, and the subject moves as the table says or stays (domain.md §5)."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.actions.conditions import tell_bound
from governance.actions.phases import move_change
from governance.consequences.effects import LIVE, effect_of, target_of
from governance.consequences.mandates import RESULT, gate_of, mandate_of
from governance.consequences.mou import carry_mou
from governance.consequences.risk import carry_escalation
from governance.consequences.standing import moves_its_subject
from governance.consequences.status import carry_status, carry_status_review, end_status
from governance.models import Decision, Package
from governance.states import DecisionKind, Effect, Outcome
from products.actions.phase import move_phase
from products.models import Product
from records.actors import Actor
from records.refusals import OutOfTurn
from roadmaps.actions.outcomes import hold_gate
from roadmaps.actions.years import approve_year, endorse_year, rebaseline_year, return_year
from roadmaps.states import YearState


def carry_out(*, decision: Decision, by: Actor) -> None:
    """Do what `decision` does, inside the act that took it.

    ValidationError names what the decision must say and does not; Conflict when its subject has moved on since it was
    submitted. In both cases the whole act is undone.
    """
    _begin_conditions(decision, by)
    carry = CARRIERS.get(DecisionKind(decision.review.kind))
    if carry is not None and moves_its_subject(decision):
        carry(decision, by)


def _begin_conditions(decision: Decision, by: Actor) -> None:
    """Owner and verifier of each condition learn that it binds."""
    conditions = decision.conditions.select_related("owner", "verifier", "decision", "review__product")
    for condition in conditions:
        tell_bound(condition, by)


def _carry_gate(decision: Decision, by: Actor) -> None:
    review, gate = decision.review, gate_of(decision.review)
    _check_gate_says(decision)
    effect = effect_of(gate, decision.outcome, decision.is_complex_or_risky)
    target = target_of(effect, is_change=review.change_id is not None)
    if target is None:
        return
    product = Product.objects.select_for_update(of=("self",)).get(pk=review.product_id)
    _check_stands(decision, product)
    if review.change is not None:
        move_change(change=review.change, phase=target, mandate=mandate_of(decision, by), by=by)
    elif target != product.phase:
        moved = move_phase(product=product, phase=target, mandate=mandate_of(decision, by), by=by)
        if moved.is_closed:
            end_status(decision, moved, by)


def _check_gate_says(decision: Decision) -> None:
    """Gate 1 says whether the service is complex or risky, and why; the gates that fix the next review give its day."""
    gate, review = gate_of(decision.review), decision.review
    if not decision.is_approval:
        return
    errors = {}
    if gate.approved_effect == Effect.JUSTIFIED:
        if decision.is_complex_or_risky is None:
            errors["is_complex_or_risky"] = _("Say whether it is complex or risky: gate 2 depends on it.")
        if not (decision.complexity_reason_en or decision.complexity_reason_fr):
            errors["complexity_reason_en"] = _("Say why it is or is not complex or risky.")
    if gate.fixes_next_review and review.change_id is None:
        if decision.next_review_on is None:
            errors["next_review_on"] = _("Say when the business case is reviewed next.")
        elif decision.next_review_on <= decision.decided_at.date():
            errors["next_review_on"] = _("The next review comes after this decision.")
    if errors:
        raise ValidationError(errors)


def _check_stands(decision: Decision, product: Product) -> None:
    """The subject still stands where the gate is passed from."""
    review, gate = decision.review, gate_of(decision.review)
    if review.change is not None:
        review.change.refresh_from_db()
        if product.phase not in LIVE:
            raise OutOfTurn(_("The product is in %(phase)s; its changes no longer pass gates.") % _where(product))
        if review.change.phase not in gate.from_phases:
            raise OutOfTurn(
                _("The change is in %(phase)s; this gate is not passed from there.") % _where(review.change)
            )
    elif product.phase not in gate.from_phases:
        raise OutOfTurn(_("The product is in %(phase)s; this gate is not passed from there.") % _where(product))


def _where(subject: object) -> dict[str, str]:
    return {"phase": subject.get_phase_display()}  # type: ignore[attr-defined]


def _carry_endorsement(decision: Decision, by: Actor) -> None:
    if decision.is_approval and decision.review.year is not None:
        endorse_year(year=decision.review.year, mandate=mandate_of(decision, by), by=by)


def _carry_approval(decision: Decision, by: Actor) -> None:
    """The year's first approval freezes its first baseline, of what the package promised; approved again, a later one beside
    it. Returned, it is a draft again."""
    year = decision.review.year
    if year is None:
        return
    year.refresh_from_db()
    if decision.outcome == Outcome.RETURNED and year.state == YearState.ENDORSED:
        return_year(year=year, reason=decision.rationale, mandate=mandate_of(decision, by), by=by)
    if not decision.is_approval:
        return
    freeze = rebaseline_year if year.state == YearState.APPROVED else approve_year
    package = Package.objects.filter(review=decision.review_id).first()
    promised = package.content.get("promise") if package else None
    freeze(year=year, mandate=mandate_of(decision, by), promised=promised, by=by)


def _carry_outcome(decision: Decision, by: Actor) -> None:
    """Approved, the outcome continues; with conditions, it is adjusted as they say; rejected, it stops."""
    result, outcome = RESULT.get(Outcome(decision.outcome)), decision.review.outcome
    if result is not None and outcome is not None:
        reasons = {"reason_en": decision.rationale_en, "reason_fr": decision.rationale_fr}
        hold_gate(outcome=outcome, result=result, mandate=mandate_of(decision, by), by=by, **reasons)


CARRIERS: dict[DecisionKind, Callable[[Decision, Actor], None]] = {
    DecisionKind.GATE: _carry_gate,
    DecisionKind.STATUS: carry_status,
    DecisionKind.STATUS_REVIEW: carry_status_review,
    DecisionKind.ROADMAP_ENDORSEMENT: _carry_endorsement,
    DecisionKind.ROADMAP_APPROVAL: _carry_approval,
    DecisionKind.OUTCOME_GATE: _carry_outcome,
    DecisionKind.MOU: carry_mou,
    DecisionKind.RISK_ESCALATION: carry_escalation,
}
