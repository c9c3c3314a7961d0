"""Each day acceptances whose last day has passed lapse, and owners learn what is due on their risks."""

from typing import Any

from governance.actions.risk_acceptances import lapse_acceptance
from governance.models import Mitigation, Risk, RiskAcceptance
from governance.risk_states import RiskState
from governance.risks.telling import SOON, tell_acceptance_ends, tell_activity_late, tell_review_due
from records import clock
from records.actors import SYSTEM
from records.jobs import daily


@daily("governance.risk_acceptances")
def end_acceptances(payload: dict[str, Any]) -> None:
    """Lapse what is over; tell a week ahead of what ends soon. Done twice, the second time finds nothing."""
    today = clock.today()
    rows = RiskAcceptance.objects.select_related("risk__product", "risk__owner").order_by("pk")
    for acceptance in rows.lapsing(today).select_for_update(of=("self",)):
        lapse_acceptance(acceptance=acceptance, by=SYSTEM)
    for acceptance in rows.on(today).filter(until__lte=today + SOON):
        tell_acceptance_ends(acceptance, SYSTEM)


@daily("governance.risk_reviews")
def remind_of_risks(payload: dict[str, Any]) -> None:
    """Owners and leads learn that a review is due in a week, and that it was due; who does an activity, that it is late."""
    today = clock.today()
    due = Risk.objects.open().filter(review_on__lte=today + SOON).select_related("product", "owner")
    for risk in due.order_by("pk"):
        tell_review_due(risk, today, SYSTEM)
    late = Mitigation.objects.unfinished().filter(due_on__lt=today).exclude(risk__state=RiskState.CLOSED)
    for activity in late.select_related("owner", "risk__product").order_by("pk"):
        tell_activity_late(activity, SYSTEM)
