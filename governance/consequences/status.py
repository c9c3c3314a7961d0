"""What decisions about product status do (domain.md §2, §5): granted or not; reviewed and confirmed, or taken back. And what the
close of a product does to it."""

from django.utils.translation import gettext as _

from governance.consequences.mandates import further_mandate, mandate_of
from governance.models import Decision
from governance.states import Outcome
from people.bilingual import said
from products.actions.status import MANDATE, approve_status, refuse_status, withdraw_status
from products.models import Product, ProductStatus
from products.states import StatusState
from records.actors import Actor
from records.refusals import OutOfTurn


def carry_status(decision: Decision, by: Actor) -> None:
    """Approved: in force, or waiting for the MOU. Rejected: not granted. Returned or deferred: the request stands."""
    if decision.outcome in (Outcome.RETURNED, Outcome.DEFERRED):
        return
    request = _status(decision, StatusState.REQUESTED)
    if request is None:
        raise OutOfTurn(_("Nobody asks for product status any more."))
    if decision.is_approval:
        approve_status(status=request, mandate=mandate_of(decision, by), by=by)
    else:
        refuse_status(status=request, reason=said(decision, "rationale"), by=by)


def carry_status_review(decision: Decision, by: Actor) -> None:
    """Approved: status is confirmed and nothing moves. Rejected: it is withdrawn, with the rationale as its reason."""
    if decision.outcome != Outcome.REJECTED:
        return
    status = _status(decision, StatusState.GRANTED)
    if status is None:
        raise OutOfTurn(_("This product has no status any more."))
    withdraw_status(status=status, mandate=mandate_of(decision, by), reason=said(decision, "rationale"), by=by)


def end_status(decision: Decision, product: Product, by: Actor) -> None:
    """With the product, its status ends: what is asked for is not granted, what is in force is taken back and has its exit
    record. Part of the decision that closes the product."""
    rows = ProductStatus.objects.select_for_update(of=("self",)).select_related("product").filter(product=product)
    reason = said(decision, "rationale") or f"{decision}, {product.get_phase_display()}"
    for asked in rows.under_way():
        refuse_status(status=asked, reason=reason, by=by)
    for granted in rows.filter(state=StatusState.GRANTED):
        mandate = further_mandate(decision, MANDATE, product, by)
        withdraw_status(status=granted, mandate=mandate, reason=reason, by=by)


def _status(decision: Decision, state: StatusState) -> ProductStatus | None:
    rows = ProductStatus.objects.select_for_update(of=("self",)).select_related("product")
    return rows.filter(product=decision.review.product_id, state=state).first()
