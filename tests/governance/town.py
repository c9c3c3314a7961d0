"""The boards of every test: an investment board of five with a quorum of four, and a committee that endorses.

    def test_something(town, client_of):     # the fixture stands in tests/plugins/cast.py
        town.board, town.endorsing           # Board; the cast is town.cast, its product town.cast.product
        town.seats["member_two"]             # Seat of that person
        client_of("chair")                   # everybody on the boards is in cast.people too

On the board: chair, member_one to member_four (quorum 4), secretary, alternate (for member_four), observer.
On the committee: ops_chair, ops_member_one, ops_member_two (quorum 2), ops_secretary. Nobody is on the product's team.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.actions.boards import give_competence, register_board, seat_person
from governance.models import Board, BoardType, Seat
from governance.states import DecisionKind, SeatRole
from people.models import Person
from records.actors import SYSTEM
from tests.cast import Cast, person

SEATED = date(2024, 4, 1)
MEMBERS = ("member_one", "member_two", "member_three", "member_four")
BOARD = {
    "chair": SeatRole.CHAIR,
    **dict.fromkeys(MEMBERS, SeatRole.VOTING),
    "secretary": SeatRole.SECRETARY,
    "observer": SeatRole.OBSERVER,
    "alternate": SeatRole.ALTERNATE,
}
COMMITTEE = {
    "ops_chair": SeatRole.CHAIR,
    "ops_member_one": SeatRole.VOTING,
    "ops_member_two": SeatRole.VOTING,
    "ops_secretary": SeatRole.SECRETARY,
}


@dataclass
class Town:
    cast: Cast
    board: Board
    endorsing: Board
    seats: dict[str, Seat] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["cast"].people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_town(cast: Cast) -> Town:
    """Add the boards and their people to a cast; the board may also approve roadmap years."""
    for name in [*BOARD, *COMMITTEE]:
        cast.people[name] = person(name, cast.department, cast.branch)
    board = board_of(cast)
    give_competence(board=board, kind=DecisionKind.ROADMAP_APPROVAL, by=SYSTEM)
    endorsing = board_of(cast, "operations-committee", "OPS", quorum=2)
    town = Town(cast, board, endorsing)
    for where, seats in ((board, BOARD), (endorsing, COMMITTEE)):
        for name, role in seats.items():
            principal = town.seats["member_four"] if role == SeatRole.ALTERNATE else None
            town.seats[name] = seat_person(
                board=where,
                role=role,
                person=cast.people[name],
                alternate_for=principal,
                starts_on=SEATED,
                by=SYSTEM,
            )
    cast.__dict__["town"] = town
    return town


def board_of(cast: Cast, code: str = "investment-board", acronym: str = "INV", **values: Any) -> Board:
    """A board of the cast's department from a shipped type, without seats."""
    type_ = BoardType.objects.get(code=code)
    return register_board(type=type_, department=cast.department, acronym=acronym, by=SYSTEM, **values)
