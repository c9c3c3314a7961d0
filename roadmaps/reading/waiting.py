"""How long those who asked waited: from the acceptance of a request to the release of the milestone that answers it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from products import fiscal
from roadmaps.models import Demand, Roadmap
from roadmaps.states import DemandState, MilestoneState


def waits_of(roadmap: Roadmap, day: date) -> Iterator[tuple[date, int]]:
    """Day of release and days waited of every request released in the fiscal year of `day`.

    A request accepted anew after it was declined counts from its last acceptance; deciding where it stands on the roadmap is
    part of the wait. One that says no acceptance in its history is left out.
    """
    start = roadmap.start_month
    first = fiscal.first_day(fiscal.fiscal_year_of(day, start), start)
    history = Demand.history.model.objects.filter(id=OuterRef("id"), state=DemandState.ACCEPTED)  # type: ignore[attr-defined]
    answered = Demand.objects.filter(
        roadmap=roadmap,
        state=DemandState.SCHEDULED,
        milestone__state=MilestoneState.RELEASED,
        milestone__released_on__range=(first, fiscal.add_months(first, 12) - date.resolution),
    ).annotate(accepted_at=Subquery(history.order_by("-history_date").values("history_date")[:1]))
    for released, accepted in answered.values_list("milestone__released_on", "accepted_at"):
        if released is not None and accepted is not None:
            yield released, max((released - timezone.localtime(accepted).date()).days, 0)
