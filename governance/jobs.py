"""Daily work of this floor: overdue conditions are told of; product status begins when its MOU is there and ends on its day."""

from typing import Any

from governance.actions.conditions import tell_overdue
from governance.models import Condition
from products.actions.status import expire_status, grant_waiting, has_mou
from products.models import ProductStatus
from products.states import StatusState
from records import clock
from records.actors import SYSTEM
from records.jobs import daily


@daily("governance.overdue_conditions")
def tell_overdue_conditions(payload: dict[str, Any]) -> None:
    """Owner and verifier learn that a condition is overdue: once for each due day it had."""
    rows = Condition.objects.overdue(clock.today()).select_related("owner", "verifier", "decision", "review__product")
    for condition in rows:
        tell_overdue(condition, SYSTEM)


@daily("governance.product_status")
def follow_status(payload: dict[str, Any]) -> None:
    """Status that waited for its MOU begins; status past its last day ends. Harmless when done before."""
    rows = ProductStatus.objects.select_related("product").select_for_update(of=("self",))
    for waiting in rows.filter(state=StatusState.APPROVED):
        if has_mou(waiting.product):
            grant_waiting(status=waiting, by=SYSTEM)
    for over in rows.filter(state=StatusState.GRANTED, expires_on__lt=clock.today()):
        expire_status(status=over, by=SYSTEM)
