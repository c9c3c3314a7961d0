"""What a correction leaves as it is (domain.md §5): it puts right what was decided, and takes back nothing that was done.

A phase, a baseline, a stopped outcome came to pass by the corrected decision, and others have built on them since. Where
its subject has moved on, a correction is recorded all the same, and says in its record what stands. Where the subject
still is where the board found it, what the correction says happens as by any other decision.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop

from governance.consequences.effects import effect_of
from governance.models import Decision, Gate, Review
from governance.mou_states import MouState
from governance.risks.told import is_as_submitted
from governance.states import DecisionKind, Effect, Outcome
from people.notices import both
from products import fiscal
from products.models import ProductStatus
from products.states import StatusState
from roadmaps.states import OutcomeState, YearState

Told = dict[str, str]


def what_stands(review: Review, old: Decision | None, outcome: str, is_complex_or_risky: bool | None = None) -> Told:
    """What `outcome`, put in the place of `old`, leaves as it is: in words by language, empty when nothing does."""
    if old is None or does_the_same(review, old, outcome, is_complex_or_risky):
        return {}
    find = STANDING.get(DecisionKind(review.kind))
    return find(review, old, outcome, is_complex_or_risky) if find else {}


def does_the_same(review: Review, old: Decision, outcome: str, is_complex_or_risky: bool | None = None) -> bool:
    """Whether what `outcome` does was done by `old`: on conditions or without, an approval moves the same.

    Only an outcome is told them apart: it continues, or is adjusted. A risk is accepted anew, until the day that is named.
    """
    if review.kind == DecisionKind.RISK_ESCALATION:
        return old.outcome == outcome and outcome not in Outcome.approvals()
    both_approve = review.kind != DecisionKind.OUTCOME_GATE and {old.outcome, outcome} <= set(Outcome.approvals())
    return (old.outcome == outcome or both_approve) and old.is_complex_or_risky == is_complex_or_risky


def moves_its_subject(decision: Decision) -> bool:
    """Whether `decision` does what the table says of it: every first one does; a correction where nothing stands against it."""
    old, told = decision.corrects, (decision.outcome, decision.is_complex_or_risky)
    if old is None:
        return True
    return not (does_the_same(decision.review, old, *told) or what_stands(decision.review, old, *told))


def _gate(review: Review, old: Decision, outcome: str, is_complex_or_risky: bool | None) -> Told:
    gate: Gate = review.gate  # type: ignore[assignment]
    subject: Any = review.change or review.product
    subject.refresh_from_db(fields=["phase"])
    effects = (effect_of(gate, old.outcome, old.is_complex_or_risky), effect_of(gate, outcome, is_complex_or_risky))
    if subject.phase in gate.from_phases or set(effects) == {Effect.NOTHING}:
        return {}
    return _told(
        gettext_noop("It is in %(phase)s and stays there: a correction takes no phase back. The next gate moves it."),
        phase=subject.get_phase_display,
    )


def _year(review: Review, *asked: Any) -> Told:
    year: Any = review.year
    year.refresh_from_db(fields=["state"])
    found = YearState.ENDORSED if review.kind == DecisionKind.ROADMAP_APPROVAL else YearState.DRAFT
    if year.state in (found, YearState.DRAFT):
        return {}
    return _told(
        gettext_noop(
            "Roadmap year %(year)s is %(state)s and stays so, with what was promised in it. What changes comes before a "
            "board again."
        ),
        year=lambda: fiscal.label(year.year),
        state=year.get_state_display,
    )


def _outcome(review: Review, *asked: Any) -> Told:
    subject: Any = review.outcome
    subject.refresh_from_db(fields=["state"])
    if subject.state == OutcomeState.IN_DELIVERY:
        return {}
    return _told(
        gettext_noop(
            "Outcome %(code)s is %(state)s and stays so: it is not opened again. What is taken up once more is a new outcome."
        ),
        code=subject.code,
        state=subject.get_state_display,
    )


def _status(review: Review, *asked: Any) -> Told:
    """A request is decided while it is asked, and status reviewed while it is in force."""
    rows = ProductStatus.objects.filter(product=review.product_id).order_by("-created_at")
    last, is_request = rows.first(), review.kind == DecisionKind.STATUS
    if last is None or rows.filter(state=StatusState.REQUESTED if is_request else StatusState.GRANTED).exists():
        return {}
    return _told(
        gettext_noop(
            "Product status is %(state)s and stays so. It is asked for anew, or reviewed by a decision of its own."
        ),
        state=last.get_state_display,
    )


def _mou(review: Review, *asked: Any) -> Told:
    mou: Any = review.mou
    mou.refresh_from_db(fields=["state"])
    if mou.state in (MouState.IN_REVIEW, MouState.APPROVED):
        return {}
    return _told(
        gettext_noop("The memorandum is %(state)s and stays so. Its amendment or its end has its own way."),
        state=mou.get_state_display,
    )


def _risk(review: Review, old: Decision, outcome: str, is_complex_or_risky: bool | None) -> Told:
    """What a board accepts is the risk of its package; what it does not accept is at least still a risk."""
    risk: Any = review.risk
    risk.refresh_from_db(fields=["state"])
    if risk.is_open and (outcome not in Outcome.approvals() or is_as_submitted(review)):
        return {}
    return _told(
        gettext_noop(
            "The risk %(label)s was scored anew or ended since. What is to be accepted now is asked for anew."
        ),
        label=risk.label,
    )


STANDING: dict[DecisionKind, Callable[..., Told]] = {
    DecisionKind.GATE: _gate,
    DecisionKind.STATUS: _status,
    DecisionKind.STATUS_REVIEW: _status,
    DecisionKind.ROADMAP_ENDORSEMENT: _year,
    DecisionKind.ROADMAP_APPROVAL: _year,
    DecisionKind.OUTCOME_GATE: _outcome,
    DecisionKind.MOU: _mou,
    DecisionKind.RISK_ESCALATION: _risk,
}


def _told(words: str, **values: Any) -> Told:
    return {name.removeprefix("text_"): text for name, text in both(words, **values).items()}
