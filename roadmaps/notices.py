"""What people are told of by this floor: demand, and the years of a roadmap."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from people.actions.notices import tell, tell_people
from people.models import Person
from people.notices import Group, Kind, both, register
from people.permissions import PLANNERS
from people.states import Delivery
from products import fiscal
from products.notices import holders
from records.actors import Actor
from roadmaps.models import Demand, RoadmapYear
from roadmaps.states import DemandState, YearState

DEMAND_RAISED, DEMAND_DECIDED, YEAR_MOVED = "demand.raised", "demand.decided", "year.moved"
ANALYSIS_DUE = "analysis.due"

register(
    Kind(DEMAND_RAISED, _("Something is asked of your product"), Delivery.DIGEST, Group.ROADMAP),
    Kind(DEMAND_DECIDED, _("What you asked for is decided"), Delivery.AT_ONCE, Group.ROADMAP),
    Kind(
        YEAR_MOVED,
        _("A roadmap year of your product is endorsed, returned or approved"),
        Delivery.DIGEST,
        Group.ROADMAP,
    ),
    Kind(ANALYSIS_DUE, _("The impact analysis of a release is due or overdue"), Delivery.DIGEST, Group.ROADMAP),
)

DECIDED = {
    DemandState.PROPOSED: gettext_noop("“%(title)s” is before the planners of %(product)s again."),
    DemandState.ACCEPTED: gettext_noop("%(product)s accepts “%(title)s” into the outcome %(outcome)s."),
    DemandState.SCHEDULED: gettext_noop("%(product)s plans “%(title)s” as the milestone %(milestone)s."),
    DemandState.DECLINED: gettext_noop("%(product)s declines “%(title)s”: %(reason)s"),
}
MOVED = {
    YearState.DRAFT: gettext_noop("%(who)s returned the roadmap %(year)s of %(product)s: %(reason)s"),
    YearState.ENDORSED: gettext_noop("The roadmap %(year)s of %(product)s is endorsed."),
    YearState.APPROVED: gettext_noop("The roadmap %(year)s of %(product)s is approved: %(reason)s"),
}


def demand_raised(demand: Demand, *, by: Actor) -> None:
    """Tell those who lead the product what is asked of it."""
    words = both(
        gettext_noop("%(who)s asks of %(product)s: %(title)s"),
        who=demand.asked_by,
        product=lambda: demand.roadmap.product.name,
        title=lambda: demand.title,
    )
    tell_people(people=holders(demand.roadmap.product), kind=DEMAND_RAISED, path=_demand_path(demand), by=by, **words)


def demand_decided(demand: Demand, *, by: Actor) -> None:
    """Tell whoever entered a demand what became of it."""
    asker = asker_of(demand)
    if asker is None:
        return
    words = both(
        DECIDED[DemandState(demand.state)],
        product=lambda: demand.roadmap.product.name,
        title=lambda: demand.title,
        outcome=lambda: demand.outcome.name if demand.outcome else "",
        milestone=lambda: demand.milestone.title if demand.milestone else "",
        reason=demand.decline_reason,
    )
    tell(person=asker, kind=DEMAND_DECIDED, path=_demand_path(demand), by=by, **words)


def asker_of(demand: Demand) -> Person | None:
    """Who entered the demand; `asked_by` is only a name. None when no person did."""
    key = demand.history.filter(version=1).values_list("changed_by_id", flat=True).first() or ""
    try:
        return Person.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _demand_path(demand: Demand) -> str:
    return reverse("demand-detail", args=[demand.roadmap.product.code, demand.pk])


def year_moved(year: RoadmapYear, *, by: Actor, reason: str = "") -> None:
    """Tell those who plan the product that a year was endorsed, returned or approved."""
    product = year.roadmap.product
    said: dict[str, Any] = {"year": lambda: fiscal.label(year.year), "product": lambda: product.name}
    words = both(MOVED[YearState(year.state)], who=by.get_full_name(), reason=reason, **said)
    path = reverse("roadmap-executive", args=[product.code, year.year])
    tell_people(people=holders(product, PLANNERS), kind=YEAR_MOVED, path=path, by=by, **words)
