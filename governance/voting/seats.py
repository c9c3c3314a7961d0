"""The seats over one point in words: who voted, who not yet, who is recused, who is away."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.models import Ballot, Seat
from governance.voting.sitting import Sitting
from people.models import Person


@dataclass(frozen=True)
class SeatLine:
    """One seat with a vote, who acts from it, and what became of it on this point."""

    seat: Seat
    person: Person
    ballot: Ballot | None
    word: str


def seat_lines(sitting: Sitting) -> list[SeatLine]:
    """Every seat with a vote, the chair first."""
    return [_line(seat, sitting) for seat in sitting.voting_seats]


def _line(seat: Seat, sitting: Sitting) -> SeatLine:
    ballot = sitting.counted().get(seat.pk)
    acting = sitting.stand_ins(seat)
    person = ballot.person if ballot else (acting[0].person if acting else seat.person)
    return SeatLine(seat, person, ballot, _word(seat, ballot, sitting))


def _word(seat: Seat, ballot: Ballot | None, sitting: Sitting) -> str:
    if seat.pk in sitting.recusals:
        return _("recused")
    if sitting.is_barred(seat):
        return _("no vote: on the team, or submitted it")
    if ballot is not None:
        return _("voted")
    if sitting.is_absent(seat) and not sitting.stand_ins(seat):
        return _("absent")
    if not sitting.is_written and not sitting.is_present(seat):
        return _("not marked present")
    return pgettext("vote", "not yet")
