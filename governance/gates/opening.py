"""Which gates are open for a product or a change to it, and in words why the others are not (domain.md §5).

A gate is open while the subject stands in one of the phases it is passed from. Two exceptions, both data: an optional gate
opens only when the gate that justifies recorded "complex or risky"; and that one closes behind such an approval.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.gates.past import Past, Subject, gates, past_of
from governance.models import Decision, Gate, ProductChange, Review
from governance.states import ChangePhase, Effect
from products.models import Product
from products.states import Phase

# Where an approval leads; the effects that are not named here lead nowhere.
LEADS_TO: dict[str, Phase] = {
    Effect.JUSTIFIED: Phase.DESIGN,
    Effect.TO_DESIGN: Phase.DESIGN,
    Effect.TO_TRANSITION: Phase.TRANSITION,
    Effect.TO_OPERATE: Phase.OPERATE,
    Effect.CONFIRMED: Phase.OPERATE,
    Effect.TO_IMPROVE: Phase.IMPROVE,
    Effect.TO_RETIRE: Phase.RETIRE,
}
ORDER: list[str] = [*Phase.values, ChangePhase.DONE]
CLOSED = (Phase.REJECTED, Phase.PHASED_OUT, ChangePhase.DONE, ChangePhase.REJECTED)


@dataclass(frozen=True)
class GateStanding:
    """How one gate stands for one subject. `reason` says why it is not open; `review` is the attempt under way."""

    gate: Gate
    is_open: bool
    reason: str = ""
    review: Review | None = None
    decision: Decision | None = None
    is_behind: bool = False  # the subject stands past the phases of the gate

    @property
    def is_passed(self) -> bool:
        return self.decision is not None and self.decision.is_approval


def open_gates(subject: Subject, past: Past | None = None) -> list[GateStanding]:
    """Every gate that concerns `subject`, in order, each with how it stands. Three questions to the database, one where the
    `past` was read already."""
    past = past or past_of(subject)
    return [standing(gate, among, subject, past) for among in [concerning(subject)] for gate in among]


def standing_of(subject: Subject, gate: Gate) -> GateStanding:
    """How `gate` stands for `subject`; closed for a gate that does not concern it."""
    past, among = past_of(subject), concerning(subject)
    if gate not in among:
        return GateStanding(gate, False, _("Changes to a product do not pass this gate."))
    return standing(gate, among, subject, past)


def concerning(subject: Subject) -> list[Gate]:
    """The gates that this sort of subject passes."""
    is_change = isinstance(subject, ProductChange)
    return [gate for gate in gates() if gate.for_changes or not is_change]


def standing(gate: Gate, among: list[Gate], subject: Subject, past: Past) -> GateStanding:
    """How `gate` stands among its fellows for `subject` with this past. Asks the database nothing."""
    reason = why_closed(gate, [each for each in among if each.framework_id == gate.framework_id], subject, past)
    behind = subject.phase not in CLOSED and is_behind(gate, subject)
    return GateStanding(gate, not reason, reason, past.under_way.get(gate.pk), past.last(gate), behind)


def is_behind(gate: Gate, subject: Subject) -> bool:
    """Whether the subject stands past every phase that `gate` is passed from."""
    return ORDER.index(subject.phase) > max(ORDER.index(phase) for phase in gate.from_phases)


def why_closed(gate: Gate, among: list[Gate], subject: Subject, past: Past) -> str:
    """Why `gate` is not open, in words; empty when it is."""
    if subject.phase in CLOSED:
        return _closed_for_good(subject)
    if subject.phase not in gate.from_phases:
        return _elsewhere(gate, among, subject, past)
    justified = _justified(gate, among, past)
    if gate.is_optional and (justified is None or not justified.is_complex_or_risky):
        return _optional(gate, among)
    if gate.approved_effect == Effect.JUSTIFIED and past.approval(gate):
        return _("It is passed: the board found it complex or risky, so the next gate is open.")
    return ""


def _justified(gate: Gate, among: list[Gate], past: Past) -> Decision | None:
    """The approval by which a gate before `gate` justified the subject."""
    before = [each for each in among if each.number < gate.number and each.approved_effect == Effect.JUSTIFIED]
    return next(filter(None, (past.approval(each) for each in before)), None)


def _closed_for_good(subject: Subject) -> str:
    if isinstance(subject, ProductChange):
        return _("The change is complete or rejected: %(phase)s.") % {"phase": subject.get_phase_display()}
    return _("The product is closed: no gate opens any more.")


def _optional(gate: Gate, among: list[Gate]) -> str:
    first = next((each for each in among if each.approved_effect == Effect.JUSTIFIED), None)
    if first is None:
        return _("Gate %(number)d is held only for what is complex or risky.") % {"number": gate.number}
    return _(
        "Gate %(number)d opens only when the decision at gate %(first)d records that this is complex or risky."
    ) % {
        "number": gate.number,
        "first": first.number,
    }


def _elsewhere(gate: Gate, among: list[Gate], subject: Subject, past: Past) -> str:
    """The subject stands in another phase: before the gate's, or past them."""
    if is_behind(gate, subject):
        words = _("It is passed; the phase is now %(phase)s.")
        if not past.was_held(gate):
            words = _("It lies behind: the phase is now %(phase)s.")
        return words % {"phase": subject.get_phase_display()}
    phase = next(each for each in Phase if each in gate.from_phases)
    first = _missing(phase, among, subject, past)
    values: dict[str, Any] = {"number": gate.number, "phase": _names(gate), "first": first}
    if not first:
        return _opens_in(subject, values)
    if isinstance(subject, ProductChange):
        return (
            _("Gate %(number)d opens when the change is in %(phase)s: gate %(first)s must be approved first.") % values
        )
    return _("Gate %(number)d opens when the product is in %(phase)s: gate %(first)s must be approved first.") % values


def _opens_in(subject: Subject, values: dict[str, Any]) -> str:
    if isinstance(subject, ProductChange):
        return _("Gate %(number)d opens when the change is in %(phase)s.") % values
    return _("Gate %(number)d opens when the product is in %(phase)s.") % values


def _names(gate: Gate) -> str:
    """The phases of a gate: "Operate or Improve"."""
    labels = [str(Phase(each).label) for each in gate.from_phases]
    return (
        labels[0]
        if len(labels) == 1
        else _("%(some)s or %(last)s")
        % {
            "some": ", ".join(labels[:-1]),
            "last": labels[-1],
        }
    )


def _missing(phase: str, among: list[Gate], subject: Subject, past: Past) -> str:
    """The number of the gate whose approval leads to `phase` from here, the one that is held next."""
    leading = [each for each in among if LEADS_TO.get(each.approved_effect) == phase and phase not in each.from_phases]
    ahead = [each for each in leading if not why_closed_here(each, among, subject, past)] or leading
    return str(ahead[0].number) if ahead else ""


def why_closed_here(gate: Gate, among: list[Gate], subject: Subject, past: Past) -> bool:
    """Whether `gate` is closed, without asking for the words (which would ask for the gate before, and so on)."""
    return subject.phase not in gate.from_phases or bool(why_closed(gate, among, subject, past))


def is_live(product: Product) -> bool:
    """Whether the product is in operation, so that a change to it passes gates of its own."""
    return product.phase in (Phase.OPERATE, Phase.IMPROVE)
