"""What a person's home says of risks: reviews and activities that are theirs and due within a week, or late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from governance.models import Mitigation, Risk
from governance.permissions import may_keep_risks
from governance.risk_states import RiskState
from governance.risks.statements import Statement, statement
from governance.risks.telling import SOON
from people.models import Person
from people.permissions import LEADS, standing
from people.states import ScopeKind
from records import clock


@dataclass(frozen=True)
class Due:
    """One thing to do: a review (`activity` is None) or an activity, and the page where it is done."""

    risk: Risk
    said: Statement
    activity: Mitigation | None
    due_on: date
    is_late: bool
    address: str


def risks_waiting(person: Person) -> list[Due]:
    """The earliest first. Two questions. The review of a risk that nobody owns waits for who leads its product."""
    today = clock.today()
    led = standing(person).keys(ScopeKind.PRODUCT, LEADS)
    mine = Q(owner=person) | Q(owner__isnull=True, product__head_id__in=led)
    risks = Risk.objects.open().filter(mine, review_on__lte=today + SOON).select_related("product")
    found = [_due(risk, None, risk.review_on, today, person) for risk in risks]
    doing = Mitigation.objects.unfinished().filter(owner=person, due_on__lte=today + SOON)
    for activity in doing.exclude(risk__state=RiskState.CLOSED).select_related("risk__product"):
        found.append(_due(activity.risk, activity, activity.due_on, today, person))
    return sorted(found, key=lambda due: due.due_on)


def _due(risk: Risk, activity: Mitigation | None, day: Any, today: date, person: Person) -> Due:
    """An owner from beside the team notes no review; the page of the risk is what they have."""
    page = "risk-review" if activity is None and may_keep_risks(person, risk.product) else "risk-detail"
    address = reverse(page, args=[risk.product.code, risk.pk]) + ("#activities" if activity else "")
    return Due(risk, statement(risk), activity, day, day < today, address)
