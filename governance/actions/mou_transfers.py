"""Money that came under a memorandum: booked once it has, against a fiscal year of the agreement (domain.md §6)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mou, MouTransfer
from governance.mou.transfers import may_book_transfer, payers, years_of
from governance.mou_states import MouState
from people.models import Person
from people.permissions import require
from records import clock
from records.acts import act
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import difference, remove, save

OPEN = ("branch", "fiscal_year", "kind", "amount", "transferred_on", "reference", "note")


@act
def book_transfer(*, mou: Mou, by: Person, **values: Any) -> MouTransfer:
    """Book an amount that came, for the agreement that `mou` is a version of. `values`: branch, fiscal_year, kind, amount,
    transferred_on, and reference and note if one likes. Also after its end, for what came late. OutOfTurn before it was in
    force; ValidationError for a branch or a year it does not name, or a day to come."""
    require(may_book_transfer(by, mou))
    if mou.state not in MouState.was_in_force():
        raise OutOfTurn(_("Money is booked once the memorandum is in force."))
    transfer = MouTransfer(product=mou.product, number=mou.number)
    _fill(transfer, mou, values)
    record(events.MOU_TRANSFER_BOOKED, on=transfer, by=by, changes=save(transfer, by=by))
    return transfer


@act
def correct_transfer(
    *, transfer: MouTransfer, mou: Mou, by: Person, expected: int | None = None, reason: str = "", **values: Any
) -> MouTransfer:
    """Put right what was booked wrongly; what it said before stays in the history."""
    require(may_book_transfer(by, mou))
    _fill(transfer, mou, values)
    changes = save(transfer, by=by, expected=expected)
    if changes:
        record(events.MOU_TRANSFER_CORRECTED, on=transfer, by=by, changes=changes, reason=reason)
    return transfer


@act
def remove_transfer(*, transfer: MouTransfer, reason: str, by: Person) -> None:
    """Take back a booking that was no transfer; the trail keeps it and why."""
    require(may_book_transfer(by, transfer))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    gone = {name: [after, before] for name, (before, after) in difference(None, transfer).items()}
    record(events.MOU_TRANSFER_REMOVED, on=transfer, by=by, changes=gone, reason=reason)
    remove(transfer, by=by)


def _fill(transfer: MouTransfer, mou: Mou, values: dict[str, Any]) -> None:
    for name in OPEN:
        if name in values:
            setattr(transfer, name, values[name])
    errors = {}
    if transfer.branch_id not in {branch.pk for branch in payers(mou)}:
        errors["branch"] = _("Money comes from a sponsoring branch of the memorandum.")
    if transfer.fiscal_year not in years_of(mou):
        errors["fiscal_year"] = _("The memorandum has no amount for this year.")
    if transfer.transferred_on is not None and transfer.transferred_on > clock.today():
        errors["transferred_on"] = _("This day is still to come.")
    if errors:
        raise ValidationError(errors)
