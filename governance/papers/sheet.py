"""The decision brief on paper: one review, one page, whatever it holds (ux.md A8).

What was submitted comes from the frozen package. A page that would run over is set closer, then shortened where the package
itself has the rest; nothing is left out in silence.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from django.utils import translation

from governance.gates.inputs import artefacts_of
from governance.gates.since import Followed, Since, follow
from governance.models import AgendaPoint, Artefact, Board, Recusal, Review, Seat
from governance.papers.cost import Cost, cost_of
from governance.reading.brief import Brief, brief_of
from governance.states import AgendaState, Outcome, SeatRole
from people.bilingual import reader
from records import clock


@dataclass(frozen=True)
class Setting:
    """How closely a page is set, and how many rows of a list and characters of a text it takes."""

    name: str
    rows: int
    characters: int


SETTINGS = (Setting("", 12, 1_400), Setting("close", 10, 900), Setting("closest", 5, 420))


@dataclass(frozen=True)
class ArtefactLine:
    """A row of what is decided on. `since` is empty for what we do not follow."""

    number: int
    title: str
    version: str
    sha256: str
    since: str
    has_moved: bool


@dataclass
class Sheet:
    """Everything one page says."""

    review: Review
    brief: Brief
    cost: Cost
    conditions: list[dict[str, Any]]
    artefacts: list[ArtefactLine]
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
        return self.artefacts[: self.setting.rows]

    @property
    def more_artefacts(self) -> int:
        return len(self.artefacts) - len(self.shown_artefacts)

    @property
    def shown_conditions(self) -> list[dict[str, Any]]:
        return self.conditions[: self.setting.rows]

    @property
    def more_conditions(self) -> int:
        return len(self.conditions) - len(self.shown_conditions)


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
        cost=cost_of(review.product, brief.last),
        conditions=_conditions(brief, day),
        artefacts=_artefacts(review, brief),
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


def _conditions(brief: Brief, day: date) -> list[dict[str, Any]]:
    """What is outstanding from earlier decisions, the oldest first, then what is proposed now."""
    outstanding = [{"row": each, "late": max(0, (day - each.due_on).days), "new": False} for each in brief.outstanding]
    return outstanding + [{"row": each, "late": 0, "new": True} for each in brief.proposed]


def _artefacts(review: Review, brief: Brief) -> list[ArtefactLine]:
    """The package's own list, in the reader's language, each with what became of its source since."""
    followed = {each.artefact.number: each for each in follow(artefacts_of(review))}
    return [_line(each, followed.get(each.get("number", 0))) for each in brief.artefacts]


def _line(told: Mapping[str, Any], followed: Followed | None) -> ArtefactLine:
    since = followed.since if followed else Since.UNKNOWN
    return ArtefactLine(
        number=told.get("number", 0),
        title=title_of(followed.artefact) if followed else told["title"],
        version=told.get("version") or "",
        sha256=(told.get("sha256_fr") if reader() == "fr" else "") or told["sha256"],
        since=str(since.label),
        has_moved=since in (Since.CHANGED, Since.GONE),
    )


def title_of(artefact: Artefact) -> str:
    """What it is called in the reader's language: the input it is there for, the frozen record, or its own title."""
    if artefact.input is not None:
        return artefact.input.name
    return artefact.document.title if artefact.document else artefact.title


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
