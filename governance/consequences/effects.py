"""The gate × decision table: pure rules over the closed list of effects (domain.md §5, decisions.md §12)."""

from django.utils.translation import gettext as _

from governance.models import Gate
from governance.states import ChangePhase, Effect, Outcome
from products.states import Phase
from records.refusals import OutOfTurn

PRODUCT_TARGET = {
    Effect.TO_DESIGN: Phase.DESIGN,
    Effect.TO_TRANSITION: Phase.TRANSITION,
    Effect.TO_OPERATE: Phase.OPERATE,
    Effect.CONFIRMED: Phase.OPERATE,
    Effect.TO_IMPROVE: Phase.IMPROVE,
    Effect.TO_RETIRE: Phase.RETIRE,
    Effect.PHASED_OUT: Phase.PHASED_OUT,
    Effect.REJECTED: Phase.REJECTED,
}
CHANGE_TARGET = {
    Effect.TO_DESIGN: ChangePhase.DESIGN,
    Effect.TO_TRANSITION: ChangePhase.TRANSITION,
    Effect.TO_OPERATE: ChangePhase.DONE,
    Effect.REJECTED: ChangePhase.REJECTED,
}
LIVE = (Phase.OPERATE, Phase.IMPROVE)


def effect_of(gate: Gate, outcome: str, is_complex_or_risky: bool | None = None) -> Effect:
    """What `outcome` at `gate` does. A justified service that is complex or risky waits for the feasibility gate."""
    if outcome == Outcome.DEFERRED:
        return Effect.NOTHING
    if outcome == Outcome.RETURNED:
        return Effect(gate.returned_effect)
    if outcome == Outcome.REJECTED:
        return Effect(gate.rejected_effect)
    if gate.approved_effect == Effect.JUSTIFIED:
        return Effect.NOTHING if is_complex_or_risky else Effect.TO_DESIGN
    return Effect(gate.approved_effect)


def target_of(effect: Effect, *, is_change: bool) -> str | None:
    """The phase `effect` leads to; None when nothing moves. Conflict for what a change to a live product cannot do."""
    if effect is Effect.NOTHING:
        return None
    targets: dict[Effect, str] = {**(CHANGE_TARGET if is_change else PRODUCT_TARGET)}
    if effect not in targets:
        raise OutOfTurn(_("A change to a live product does not pass this gate."))
    return targets[effect]
