"""What people are told of by this floor: demand, and the years of a roadmap."""

from django.utils.translation import gettext_lazy as _

from people.notices import Group, Kind, register
from people.states import Delivery

DEMAND_RAISED, DEMAND_DECIDED, YEAR_MOVED = "demand.raised", "demand.decided", "year.moved"

register(
    Kind(DEMAND_RAISED, _("Something is asked of your product"), Delivery.DIGEST, Group.ROADMAP),
    Kind(DEMAND_DECIDED, _("What you asked for is decided"), Delivery.AT_ONCE, Group.ROADMAP),
    Kind(
        YEAR_MOVED,
        _("A roadmap year of your product is endorsed, returned or approved"),
        Delivery.DIGEST,
        Group.ROADMAP,
    ),
)
