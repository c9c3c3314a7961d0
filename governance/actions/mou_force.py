"""A memorandum begins to bind with its last signature, and takes the place of the one before it (domain.md §2, §6)."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mou, MouTermination
from governance.mou import telling
from governance.mou_states import MOU_MOVES, MouState
from products.actions.status import grant_waiting, has_mou
from products.actions.status import is_too_late as horizon_is_over
from products.models import ProductStatus
from products.states import StatusState
from records import clock
from records.actions.seals import note_standing
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict
from records.states import StandingState
from records.trail import record
from records.writing import save


@act
def come_into_force(*, mou: Mou, by: Actor) -> Mou:
    """Put a memorandum that everybody signed into force: part of the act of the last signature, which holds its row.

    The version in force until now is superseded, product status that waited for it is granted, and the parties are told.
    Conflict when what it amends is no longer in force, or its own last day has passed.
    """
    check_move(MOU_MOVES, mou.state, MouState.IN_FORCE)
    today = clock.today()
    if is_too_late(mou):
        raise Conflict(_("Its last day has passed: it cannot come into force any more."))
    before = list(_in_force_before(mou))
    if mou.amends_id is not None and mou.amends_id not in {each.pk for each in before}:
        raise Conflict(_("The version that it amends is no longer in force."))
    mou.state, mou.signed_on, mou.in_force_from = MouState.IN_FORCE, today, _starts_on(mou, today)
    for old in before:
        _supersede(old, mou, by)
    record(events.MOU_IN_FORCE, on=mou, by=by, changes=save(mou, by=by))
    begin_status(mou=mou, by=by)
    telling.tell_in_force(mou, by)
    return mou


def is_too_late(mou: Mou) -> bool:
    """Whether the last day that it names has passed, so that nothing can put it into force any more."""
    return mou.ends_on is not None and mou.ends_on < clock.today()


def _in_force_before(mou: Mou) -> QuerySet[Mou]:
    rows = Mou.objects.in_force().filter(product=mou.product_id).exclude(pk=mou.pk)
    return rows.select_for_update(of=("self",)).select_related("product")


def _starts_on(mou: Mou, today: date) -> date:
    """An amendment binds at once; a first version not before the day it says it commences on."""
    if mou.is_amendment or mou.commences_on is None:
        return today
    return max(today, mou.commences_on)


def _supersede(old: Mou, new: Mou, by: Actor) -> None:
    """The old one serves until the new one begins. A proposal to end it has no object any more."""
    check_move(MOU_MOVES, old.state, MouState.SUPERSEDED)
    today = clock.today()
    old.state = MouState.SUPERSEDED
    old.ended_on = max(today, (new.in_force_from or today) - timedelta(days=1))
    record(events.MOU_SUPERSEDED, on=old, by=by, changes=save(old, by=by), reason=str(new))
    note_end(old, StandingState.SUPERSEDED, new.in_force_from or today, by)
    for proposal in MouTermination.objects.filter(mou=old, withdrawn_at=None).select_for_update(of=("self",)):
        proposal.withdrawn_at, proposal.withdrawn_by_id = clock.now(), str(by.pk)
        record(events.MOU_TERMINATION_LAPSED, on=proposal, by=by, changes=save(proposal, by=by), reason=str(new))


@act
def begin_status(*, mou: Mou, by: Actor) -> None:
    """Grant the status that a board approved and that waits for this memorandum; nothing when none waits, or it starts
    later: the daily work of product status looks again on its first day. What was approved for a horizon that is over lapses
    there."""
    waiting = ProductStatus.objects.select_related("product").select_for_update(of=("self",))
    for status in waiting.filter(product=mou.product_id, state=StatusState.APPROVED):
        if has_mou(status.product) and not horizon_is_over(status):
            grant_waiting(status=status, by=by)


def note_end(mou: Mou, state: StandingState, since: date, by: Actor) -> None:
    """Let whoever verifies the sealed document of `mou` know that it no longer stands; nothing while it is not sealed."""
    if mou.document is not None:
        note_standing(document=mou.document, state=state, since=since, by=by)
