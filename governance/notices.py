"""What boards, teams and signatories are told of by this floor."""

from django.utils.translation import gettext_lazy as _

from people.notices import Group, Kind, register
from people.states import Delivery

DECISIVE = _("A decision needs its quorum in time, so nobody with a seat misses it.")

register(
    Kind("vote.awaited", _("Something awaits your vote"), Delivery.AT_ONCE, Group.BOARD, must=DECISIVE),
    Kind("meeting.called", _("A meeting of your board is called, moved or cancelled"), Delivery.AT_ONCE, Group.BOARD),
    Kind("pack.ready", _("The papers of a meeting are ready or were changed"), Delivery.AT_ONCE, Group.BOARD),
    Kind("review.submitted", _("A review is submitted to your board or withdrawn"), Delivery.DIGEST, Group.BOARD),
    Kind("decision.taken", _("A board has decided about your product"), Delivery.AT_ONCE, Group.BOARD),
    Kind("condition.due", _("A condition is yours to meet or to verify"), Delivery.AT_ONCE, Group.BOARD),
    Kind("minutes.circulated", _("Minutes are circulated or approved"), Delivery.DIGEST, Group.BOARD),
    Kind("authority.delegated", _("Authority is delegated to you or taken back"), Delivery.AT_ONCE, Group.BOARD),
)
