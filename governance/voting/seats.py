"""The seats over one point, as rows and in words: who voted, who not yet, who is recused, who is away.

When the vote is closed the rows are kept with the tally under the names of that day, and read from there ever after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.models import AgendaPoint, Seat
from governance.states import Choice, SeatRole
from governance.voting.sitting import Sitting
from people.bilingual import said


class Standing(TextChoices):
    """What became of a seat on a point."""

    RECUSED = "recused", gettext_lazy("recused")
    BARRED = "barred", gettext_lazy("no vote: on the team, or submitted it")
    VOTED = "voted", gettext_lazy("voted")
    ABSENT = "absent", gettext_lazy("absent")
    UNMARKED = "unmarked", gettext_lazy("not marked present")
    NOT_YET = "not_yet", pgettext_lazy("vote", "not yet")  # once the vote is closed: did not vote


@dataclass(frozen=True)
class SeatLine:
    """One seat with a vote, who acts from it, and what became of it on this point. `holder` is named when it is another."""

    person: str
    role: str
    name_en: str
    name_fr: str
    holder: str
    standing: str
    choice: str
    reason: str
    is_closed: bool = False

    @property
    def is_chair(self) -> bool:
        return self.role == SeatRole.CHAIR

    @property
    def is_set_aside(self) -> bool:
        return self.standing in (Standing.RECUSED, Standing.BARRED)

    @property
    def role_words(self) -> str:
        return str(SeatRole(self.role).label) if self.role else ""

    @property
    def sits_as(self) -> str:
        """The name of the seat, if it has one, and its role."""
        return ", ".join(each for each in (said(self, "name"), self.role_words) if each)

    @property
    def vote(self) -> str:
        return str(Choice(self.choice).label) if self.choice else ""

    @property
    def word(self) -> str:
        if self.is_closed and self.standing == Standing.NOT_YET:
            return _("did not vote")
        return str(Standing(self.standing).label)


def seat_lines(sitting: Sitting) -> list[SeatLine]:
    """Every seat with a vote, the chair first: as it was kept at the close, else as it stands now."""
    return kept_lines(sitting.point) or [_line(row) for row in seats_told(sitting)]


def kept_lines(point: AgendaPoint) -> list[SeatLine]:
    """The seats as they were when the vote was closed; none before that."""
    return lines_of((point.tally or {}).get("votes", []))


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[SeatLine]:
    """The lines that were kept when the vote was closed."""
    return [replace(_line(row), is_closed=True) for row in rows]


def _line(row: Mapping[str, Any]) -> SeatLine:
    """One kept row. Of votes closed before seats were named, only the person and the choice are known."""
    known = Standing.VOTED if row["choice"] else Standing.RECUSED if row["set_aside"] else Standing.ABSENT
    return SeatLine(
        person=row["person"],
        role=row.get("role", ""),
        name_en=row.get("name_en", ""),
        name_fr=row.get("name_fr", ""),
        holder=row.get("holder", ""),
        standing=row.get("standing", known),
        choice=row["choice"],
        reason=row.get("reason", ""),
    )


def seats_told(sitting: Sitting) -> list[dict[str, Any]]:
    """Seat by seat, as it stands: who, and how, or why not. What is kept at the close."""
    return [_told(seat, sitting) for seat in sitting.voting_seats]


def _told(seat: Seat, sitting: Sitting) -> dict[str, Any]:
    ballot = sitting.counted().get(seat.pk)
    acting = sitting.stand_ins(seat)
    person = ballot.person if ballot else (acting[0].person if acting else seat.person)
    return {
        "seat": str(seat.pk),
        "role": seat.role,
        "name_en": seat.name_en,
        "name_fr": seat.name_fr,
        "person": str(person),
        "holder": str(seat.person) if person.pk != seat.person_id else "",
        "ballot": str(ballot.pk) if ballot else "",
        "choice": ballot.choice if ballot else "",
        "reason": ballot.reason if ballot else "",
        "standing": _standing(seat, sitting).value,
        "set_aside": sitting.is_set_aside(seat),
        "present": sitting.is_present(seat),
    }


def _standing(seat: Seat, sitting: Sitting) -> Standing:
    if seat.pk in sitting.recusals:
        return Standing.RECUSED
    if sitting.is_barred(seat):
        return Standing.BARRED
    if seat.pk in sitting.counted():
        return Standing.VOTED
    if sitting.is_absent(seat) and not sitting.stand_ins(seat):
        return Standing.ABSENT
    if not sitting.is_written and not sitting.is_present(seat):
        return Standing.UNMARKED
    return Standing.NOT_YET
