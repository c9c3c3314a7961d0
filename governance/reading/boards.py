"""Boards as a reader meets them: what each decides, who sits there, and what keeps it from deciding (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Board, Competence, Seat
from governance.states import DecisionKind, SeatRole
from people.models import Person
from records import clock

ORDER = list(SeatRole)


@dataclass(frozen=True)
class BoardStanding:
    """A board on one day. `seats` in the order chair, members, alternates, secretary, observers."""

    board: Board
    decides: list[str]
    seats: list[Seat]
    past: list[Seat]
    coming: list[Seat]

    @property
    def chair(self) -> Seat | None:
        return next((seat for seat in self.seats if seat.role == SeatRole.CHAIR), None)

    @property
    def voting(self) -> int:
        """How many seats with a vote of their own are held: the base of the quorum."""
        return sum(seat.role in SeatRole.eligible() for seat in self.seats)

    @property
    def lacks(self) -> list[str]:
        """Why nothing can be decided here today; empty when something can."""
        found = []
        if self.voting < self.board.quorum:
            found.append(
                ngettext(
                    "%(held)d seat with a vote is held, and the quorum is %(quorum)d: nothing can be decided.",
                    "%(held)d seats with a vote are held, and the quorum is %(quorum)d: nothing can be decided.",
                    self.voting,
                )
                % {"held": self.voting, "quorum": self.board.quorum}
            )
        if self.chair is None:
            found.append(_("Nobody chairs this board: no vote can be closed and no decision recorded."))
        if not self.decides:
            found.append(_("This board decides nothing yet."))
        return found


def boards_for(person: Person) -> list[BoardStanding]:
    """The boards this person may know of, those in use first; five queries, however many there are."""
    boards = with_parts(Board.objects.visible_to(person)).order_by("-is_active", "department__code", "tier", "acronym")
    return [standing_of(board) for board in boards]


def with_parts(boards: "QuerySet[Board]") -> "QuerySet[Board]":
    """The boards with everything that `standing_of` looks at."""
    return boards.select_related("department", "type").prefetch_related(
        Prefetch("competences", Competence.objects.select_related("gate")),
        Prefetch("seats", Seat.objects.select_related("person", "alternate_for__person").order_by("starts_on", "pk")),
    )


def standing_of(board: Board, day: date | None = None) -> BoardStanding:
    """The board as it is on `day`, by default today."""
    day = day or clock.today()
    seats = sorted(board.seats.all(), key=lambda seat: ORDER.index(SeatRole(seat.role)))
    return BoardStanding(
        board,
        decides(board.competences.all()),
        [seat for seat in seats if seat.is_held_on(day)],
        [seat for seat in seats if seat.ends_on and seat.ends_on < day],
        [seat for seat in seats if seat.starts_on > day],
    )


def decides(competences: Iterable[Any]) -> list[str]:
    """What a board decides, in words, in the order of the kinds and of the gates."""
    kinds = list(DecisionKind)
    ordered = sorted(competences, key=lambda each: (kinds.index(each.kind), each.gate.number if each.gate else 0))
    return [_("every toll-gate") if each.kind == DecisionKind.GATE and not each.gate else str(each) for each in ordered]
