"""The decision brief on paper: one review, one page, whatever it holds (ux.md A8).

What was submitted comes from the frozen package. A page that would run over is set closer, then shortened where the package
itself has the rest; nothing is left out in silence.
"""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from django.utils import translation

from governance.models import AgendaPoint, Board, Recusal, Review, Seat
from governance.reading.brief import ArtefactLine, Brief, ConditionLine, brief_of
from governance.states import AgendaState, Outcome, SeatRole
from records import clock


@dataclass(frozen=True)
class Setting:
    """How closely a page is set, and how many rows of a list and characters of a text it takes."""

    name: str
    rows: int
    characters: int


SETTINGS = (Setting("", 12, 1_400), Setting("close", 10, 900), Setting("closest", 5, 420))


@dataclass
class Sheet:
    """Everything one page says."""

    review: Review
    brief: Brief
    board: Board
    chair: Seat | None
    recused: list[str]
    eligible: int
    day: date
    setting: Setting = SETTINGS[0]
    point: AgendaPoint | None = None
    number: int = 0

    @property
    def outcomes(self) -> list[Any]:
        return list(Outcome)

    @property
    def shown_artefacts(self) -> list[ArtefactLine]:
        return self.brief.artefacts[: self.setting.rows]

    @property
    def more_artefacts(self) -> int:
        return len(self.brief.artefacts) - len(self.shown_artefacts)

    @property
    def shown_conditions(self) -> list[ConditionLine]:
        return self.brief.conditions[: self.setting.rows]

    @property
    def more_conditions(self) -> int:
        return len(self.brief.conditions) - len(self.shown_conditions)


def sheet_of(review: Review, point: AgendaPoint | None = None, number: int = 0) -> Sheet:
    """The page of a review that was submitted, in the reader's language. Package.DoesNotExist for one that was not."""
    point = point or _live_point(review)
    brief, day = brief_of(review), clock.today(review.product.department.time_zone)
    board = review.board
    if board is None:
        raise LookupError("A review before no board has no decision brief.")
    seats = list(Seat.objects.filter(board=board).on(day).select_related("person"))
    return Sheet(
        review=review,
        brief=brief,
        board=board,
        chair=next((seat for seat in seats if seat.role == SeatRole.CHAIR), None),
        recused=_recused(point),
        eligible=sum(seat.role in SeatRole.eligible() for seat in seats),
        day=day,
        point=point,
        number=number,
    )


def _live_point(review: Review) -> AgendaPoint | None:
    points = AgendaPoint.objects.filter(review=review).exclude(state=AgendaState.REMOVED)
    return points.select_related("meeting").order_by("-meeting__starts_at").first()


def _recused(point: AgendaPoint | None) -> list[str]:
    rows = Recusal.objects.filter(point=point).select_related("seat__person") if point else []
    return [row.seat.person.name for row in rows]


def brief_pdf(review: Review, *, language: str) -> bytes:
    """The decision brief as one page of tagged PDF in "en" or "fr"."""
    with translation.override(language):
        return fitted(sheet_of(review), language)


def fitted(sheet: Sheet, language: str) -> bytes:
    """Set `sheet` as openly as one page allows, note that setting on it, and return the page."""
    from records.pdf import render_pdf  # the renderer takes long to load

    pdf = b""
    for setting in SETTINGS:
        sheet.setting = setting
        pdf = render_pdf("pdf/decision_brief.html", {"sheet": sheet, "now": clock.now()}, language=language)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if len(document.pages) == 1:
                break
    return pdf
