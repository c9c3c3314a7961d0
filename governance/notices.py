"""What boards, teams and signatories are told of by this floor."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.models import Board, Gate, Seat
from governance.states import DecisionKind, SeatRole
from people.actions.notices import tell, tell_people
from people.models import Person
from people.notices import Group, Kind, both, register
from people.states import Delivery
from products.models import Product
from products.notices import holders
from products.states import Phase
from records import clock
from records.actors import Actor

SEAT_GIVEN, SEAT_ENDED = "seat.given", "seat.ended"
CASE_DUE = "case.due"
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
    Kind(CASE_DUE, _("A business case is to be reviewed within a month, or overdue"), Delivery.AT_ONCE, Group.BOARD),
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


def case_review_due(product: Product, day: date, *, by: Actor) -> None:
    """Tell who leads the product, and the secretaries of the boards that review it: once a month before `day`, once after."""
    is_late = day < clock.today()
    late = gettext_noop("The business case of %(product)s was to be reviewed by %(day)s.")
    soon = gettext_noop("The business case of %(product)s is to be reviewed by %(day)s.")
    tell_people(
        people=[*holders(product), *_secretaries(product)],
        kind=CASE_DUE,
        path=reverse("gate-list", args=[product.code]),
        by=by,
        key=f"{product.pk}:{day}:{'late' if is_late else 'soon'}",
        **both(late if is_late else soon, product=lambda: product.name, day=day),
    )


def _secretaries(product: Product) -> list[Person]:
    """Who keeps the agendas of the boards that decide at the gate where a running product's business case is reviewed."""
    gates = Gate.objects.filter(
        framework__is_active=True, fixes_next_review=True, from_phases__contains=[Phase.OPERATE]
    )
    gate = gates.order_by("number").first()
    boards = Board.objects.deciding(DecisionKind.GATE, gate).filter(department=product.department_id)
    seats = Seat.objects.filter(board__in=boards, role=SeatRole.SECRETARY).on(clock.today())
    return [seat.person for seat in seats.select_related("person")]
