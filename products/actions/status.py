"""Product status from the request to its end (domain.md §2): the sponsor asks, a board grants, it lasts for its horizon.

Granted when the board approved and an MOU is there; until then approved and waiting. A later horizon is asked for before
the present one ends and takes its place. Status ends on its date, by a decision, or when it is renewed.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.bilingual import LANGUAGES
from people.permissions import require
from products import events
from products.actions.phase import check_mandate
from products.brief.mou import place_of_mou
from products.models import Product, ProductStatus
from products.permissions import asks_for, may_record_exit, may_request_status
from products.states import STATUS_MOVES, StatusState
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

MANDATE = "product status"  # what a mandate is for that grants status or takes it back


# Said to readers of both languages: it is kept as one text.
LAPSED: Any = gettext_lazy("No MOU came before the last day for which it was approved.")


def has_mou(product: Product) -> bool:
    """Whether an MOU is in force or one on paper is recorded."""
    return bool(product.paper_mou_location or place_of_mou(product))


def is_too_late(status: ProductStatus) -> bool:
    """Whether the last day for which it was asked is here or has passed, so that it cannot begin any more."""
    return status.asked_until is not None and status.asked_until <= clock.today()


@act
def request_status(*, product: Product, asked_until: date, business_case_year: int, by: Actor) -> ProductStatus:
    """Ask that the head of a family be a product until `asked_until`, with a roadmap year as its business case."""
    require(may_request_status(by, product))
    if not product.is_head:
        raise ValidationError(_("Product status belongs to the head of the family."))
    if product.is_closed:
        raise OutOfTurn(_("This product is closed."))
    if asked_until <= clock.today():
        raise ValidationError({"asked_until": _("This day has passed.")})
    giver = asks_for(by, product)
    status = ProductStatus(
        product=product,
        state=StatusState.REQUESTED,
        requested_on=clock.today(),
        requested_by_id=str(by.pk),
        requested_by_name=by.get_full_name(),
        requested_for_name=giver.get_full_name() if giver else "",
        asked_until=asked_until,
        business_case_year=business_case_year,
    )
    record(events.STATUS_REQUESTED, on=status, by=by, changes=save(status, by=by))
    return status


@act
def take_back_request(*, status: ProductStatus, reason: str, by: Actor, expected: int | None = None) -> ProductStatus:
    """Ask no longer, or no longer wait for an MOU. Conflict once status is in force or the request has ended."""
    require(may_request_status(by, status.product))
    return _refuse(status, events.STATUS_TAKEN_BACK, reason, by, expected)


@act
def refuse_status(*, status: ProductStatus, reason: str, by: Actor) -> ProductStatus:
    """Note that the board did not grant it, or that the product is closed; part of the act that took the decision."""
    return _refuse(status, events.STATUS_REFUSED, reason, by, None)


@act
def lapse_status(*, status: ProductStatus, by: Actor) -> ProductStatus:
    """End approved status that waited for an MOU until its last day; part of the daily work. Conflict while it may begin."""
    if status.state != StatusState.APPROVED or not is_too_late(status):
        raise OutOfTurn(_("This status may still begin."))
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(LAPSED))
    return _refuse(status, events.STATUS_LAPSED, " / ".join(said), by, None)


def _refuse(status: ProductStatus, event: str, reason: str, by: Actor, expected: int | None) -> ProductStatus:
    check_move(STATUS_MOVES, status.state, StatusState.REFUSED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    status.state, status.exit_reason, status.ended_on = StatusState.REFUSED, reason, clock.today()
    record(event, on=status, by=by, changes=save(status, by=by, expected=expected), reason=reason)
    return status


@act
def approve_status(*, status: ProductStatus, mandate: Mandate, by: Actor) -> ProductStatus:
    """Note the board's approval: in force at once where an MOU is there, else waiting for it. OutOfTurn for a day that has
    passed."""
    _check(status, mandate, by)
    if is_too_late(status):
        told = {"day": status.asked_until.isoformat() if status.asked_until else ""}
        raise OutOfTurn(_("It was asked for until %(day)s, which is over. It is to be asked for anew.") % told)
    status.mandate, status.approved_on = mandate, clock.today()
    if has_mou(status.product):
        return _put_into_force(status, by, mandate.reference)
    check_move(STATUS_MOVES, status.state, StatusState.APPROVED)
    status.state = StatusState.APPROVED
    record(events.STATUS_APPROVED, on=status, by=by, changes=save(status, by=by), reason=mandate.reference)
    return status


@act
def grant_waiting(*, status: ProductStatus, by: Actor) -> ProductStatus:
    """Put approved status into force now that the MOU is there. Conflict while it is not."""
    if status.state != StatusState.APPROVED or not has_mou(status.product):
        raise OutOfTurn(_("Status waits until the board has approved it and an MOU is in force or recorded."))
    if is_too_late(status):
        raise OutOfTurn(_("The last day for which it was approved is over. It is to be asked for anew."))
    return _put_into_force(status, by, status.mandate.reference if status.mandate else "")


def _put_into_force(status: ProductStatus, by: Actor, reference: str) -> ProductStatus:
    check_move(STATUS_MOVES, status.state, StatusState.GRANTED)
    before = ProductStatus.objects.filter(product=status.product_id, state=StatusState.GRANTED).first()
    if before is not None:
        before.state, before.ended_on = StatusState.RENEWED, clock.today()
        record(events.STATUS_RENEWED, on=before, by=by, changes=save(before, by=by), reason=reference)
    status.state, status.granted_on, status.expires_on = StatusState.GRANTED, clock.today(), status.asked_until
    record(events.STATUS_GRANTED, on=status, by=by, changes=save(status, by=by), reason=reference)
    return status


@act
def withdraw_status(*, status: ProductStatus, mandate: Mandate, reason: str, by: Actor) -> ProductStatus:
    """End status by a decision; `reason` begins its exit record."""
    _check(status, mandate, by)
    check_move(STATUS_MOVES, status.state, StatusState.WITHDRAWN)
    status.state, status.ended_on, status.exit_reason = StatusState.WITHDRAWN, clock.today(), reason
    status.exit_mandate = mandate
    record(events.STATUS_WITHDRAWN, on=status, by=by, changes=save(status, by=by), reason=reason)
    return status


def _check(status: ProductStatus, mandate: Mandate, by: Actor) -> None:
    check_mandate(mandate, what=MANDATE, subject_id=str(status.product_id), by=by, on=status)


@act
def record_exit(*, status: ProductStatus, by: Actor, expected: int | None = None, **values: Any) -> ProductStatus:
    """Complete the exit record of status that has ended. `values`: exit_reason, funds_released, kept."""
    require(may_record_exit(by, status.product))
    if status.state not in (StatusState.WITHDRAWN, StatusState.EXPIRED):
        raise OutOfTurn(_("Only status that has ended has an exit record."))
    for name in ("exit_reason", "funds_released", "kept"):
        setattr(status, name, values.get(name, getattr(status, name)))
    changes = save(status, by=by, expected=expected)
    if changes:
        record(events.STATUS_EXIT_RECORDED, on=status, by=by, changes=changes)
    return status


@act
def expire_status(*, status: ProductStatus, by: Actor) -> ProductStatus:
    """End status the day after its last one. Conflict while it lasts."""
    check_move(STATUS_MOVES, status.state, StatusState.EXPIRED)
    if status.expires_on is None or status.expires_on >= clock.today():
        raise OutOfTurn(_("This status still lasts."))
    status.state, status.ended_on = StatusState.EXPIRED, status.expires_on
    record(events.STATUS_EXPIRED, on=status, by=by, changes=save(status, by=by))
    return status


@act
def end_without_mou(*, status: ProductStatus, reason: str, by: Actor) -> ProductStatus:
    """End granted status whose MOU has ended, which `reason` names. Conflict while an MOU is in force or recorded."""
    check_move(STATUS_MOVES, status.state, StatusState.EXPIRED)
    if has_mou(status.product):
        raise OutOfTurn(_("An MOU is in force or recorded: product status stays."))
    status.state, status.ended_on = StatusState.EXPIRED, clock.today()
    record(events.STATUS_ENDED_WITH_MOU, on=status, by=by, changes=save(status, by=by), reason=reason)
    return status
