"""The phase of a change to a live product: moved by a toll-gate decision alone, while the product stays (domain.md §5)."""

from django.utils.translation import gettext as _

from governance import events
from governance.models import ProductChange
from governance.states import CHANGE_MOVES, ChangePhase
from products.actions.phase import MANDATE, check_mandate
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save


@act
def move_change(*, change: ProductChange, phase: str, mandate: Mandate, by: Actor) -> ProductChange:
    """Move a change by a decision's `mandate`. Refused and in Conflict as `move_phase` is."""
    change = ProductChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    check_mandate(mandate, what=MANDATE, subject_id=str(change.pk), by=by, on=change)
    if ProductChange.history.filter(phase_mandate_id=mandate.pk).exists():
        raise OutOfTurn(_("This decision moved the change already."))
    check_move(CHANGE_MOVES, change.phase, phase)
    change.phase, change.phase_since, change.phase_mandate = ChangePhase(phase), clock.today(), mandate
    record(events.CHANGE_MOVED, on=change, by=by, changes=save(change, by=by), reason=mandate.reference)
    return change
