"""What boards, teams and signatories are told of by this floor."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.models import Seat
from people.actions.notices import tell
from people.notices import Group, Kind, both, register
from people.states import Delivery
from records.actors import Actor

SEAT_GIVEN, SEAT_ENDED = "seat.given", "seat.ended"
SEATED = _("The board counts on you from that day.")
DECISIVE = _("A decision needs its quorum in time, so nobody with a seat misses it.")

register(
    Kind("vote.awaited", _("Something awaits your vote"), Delivery.AT_ONCE, Group.BOARD, must=DECISIVE),
    Kind(
        "decision.awaited", _("A vote is over and awaits your decision"), Delivery.AT_ONCE, Group.BOARD, must=DECISIVE
    ),
    Kind(SEAT_GIVEN, _("You are given a seat on a board"), Delivery.AT_ONCE, Group.BOARD, must=SEATED),
    Kind(SEAT_ENDED, _("A seat of yours on a board ends"), Delivery.AT_ONCE, Group.BOARD),
    Kind("meeting.called", _("A meeting of your board is called, moved or cancelled"), Delivery.AT_ONCE, Group.BOARD),
    Kind("pack.ready", _("The papers of a meeting are ready or were changed"), Delivery.AT_ONCE, Group.BOARD),
    Kind("review.submitted", _("A review is submitted to your board or withdrawn"), Delivery.DIGEST, Group.BOARD),
    Kind("decision.taken", _("A board has decided about your product"), Delivery.AT_ONCE, Group.BOARD),
    Kind("condition.due", _("A condition is yours to meet or to verify"), Delivery.AT_ONCE, Group.BOARD),
    Kind("minutes.circulated", _("Minutes are circulated or approved"), Delivery.DIGEST, Group.BOARD),
)


def seat_given(seat: Seat, *, by: Actor) -> None:
    """Tell whoever is seated on a board."""
    words = both(gettext_noop("You sit on %(board)s from %(day)s on, as: %(role)s."), **_seat(seat), day=seat.starts_on)
    tell(person=seat.person, kind=SEAT_GIVEN, path=_board_path(seat), by=by, **words)


def seat_ended(seat: Seat, *, by: Actor) -> None:
    """Tell whoever sat on a board that it ends."""
    words = both(gettext_noop("You sit on %(board)s until %(day)s, as: %(role)s."), **_seat(seat), day=seat.ends_on)
    tell(person=seat.person, kind=SEAT_ENDED, path=_board_path(seat), by=by, **words)


def _seat(seat: Seat) -> dict[str, Any]:
    return {"board": lambda: str(seat.board), "role": lambda: seat.get_role_display()}


def _board_path(seat: Seat) -> str:
    return reverse("board-detail", args=[seat.board_id])
