"""The decision brief on paper: one review, one page, whatever it holds (ux.md A8).

What was submitted comes from the frozen package, and once it is decided the rest from the record of the decision. A page that
would run over is set closer, then shortened where the package itself has the rest; nothing is left out in silence.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pikepdf
from django.utils import timezone, translation

from governance.models import AgendaPoint, Decision, Recusal, Review, Seat
from governance.reading.brief import ArtefactLine, Brief, ConditionLine, Named, brief_of
from governance.reading.record import Record, Signer, record_of
from governance.reading.risks import ActivityTold
from governance.states import AgendaState, Outcome, SeatRole
from records import clock
from records.actions.documents import keep_document
from records.models import Document

DOCUMENT = "decision_brief"


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
    board: Named
    chair: Signer | None
    recused: list[str]
    eligible: int
    quorum: int
    day: date | None
    record: Record | None = None
    setting: Setting = SETTINGS[0]
    point: AgendaPoint | None = None
    number: int = 0

    @property
    def outcomes(self) -> list[Any]:
        return list(Outcome)

    @property
    def decision(self) -> Decision | None:
        return self.record.decision if self.record else None

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
    def shown_activities(self) -> tuple[ActivityTold, ...]:
        """Against the risk that is asked about, as many as the page takes."""
        found = self.brief.risk.activities if self.brief.risk else ()
        return found[: self.setting.rows]

    @property
    def more_activities(self) -> int:
        return len(self.brief.risk.activities) - len(self.shown_activities) if self.brief.risk else 0

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
    chair = next((seat.person for seat in seats if seat.role == SeatRole.CHAIR), None)
    return Sheet(
        review=review,
        brief=brief,
        board=Named(board.name_en, board.name_fr),
        chair=Signer(chair.name, chair.title) if chair else None,
        recused=_recused(point),
        eligible=sum(seat.role in SeatRole.eligible() for seat in seats),
        quorum=board.quorum,
        day=timezone.localtime(point.meeting.starts_at).date() if point else None,
        point=point,
        number=number,
    )


def recorded(decision: Decision) -> Sheet:
    """The page as it stands in the record of `decision`, with what was decided."""
    record = record_of(decision)
    return Sheet(
        review=decision.review,
        brief=brief_of(decision.review, decision),
        board=record.board,
        chair=record.chair,
        recused=record.recused,
        eligible=decision.eligible,
        quorum=decision.quorum,
        day=timezone.localtime(record.starts_at).date() if record.starts_at else None,
        record=record,
    )


def _live_point(review: Review) -> AgendaPoint | None:
    points = AgendaPoint.objects.filter(review=review).exclude(state=AgendaState.REMOVED)
    return points.select_related("meeting").order_by("-meeting__starts_at").first()


def _recused(point: AgendaPoint | None) -> list[str]:
    rows = Recusal.objects.filter(point=point).select_related("seat__person") if point else []
    return [row.seat.person.name for row in rows]


def brief_pdf(review: Review, *, language: str) -> bytes:
    """The decision brief of a review that is not decided yet, as one page of tagged PDF in "en" or "fr"."""
    with translation.override(language):
        return fitted(sheet_of(review), language)


def recorded_pdf(decision: Decision, *, language: str) -> bytes:
    """The decision brief with the decision on it, from its record."""
    with translation.override(language):
        return fitted(recorded(decision), language)


def keep_recorded(decision: Decision, *, language: str) -> Document:
    """Render the brief of a recorded decision once and keep it for good."""
    content = recorded_pdf(decision, language=language)
    return keep_document(
        kind=DOCUMENT, subject_id=str(decision.pk), language=language, title=decision.number, content=content
    )


def fitted(sheet: Sheet, language: str) -> bytes:
    """Set `sheet` as openly as one page allows, note that setting on it, and return the page."""
    from records.pdf import render_pdf  # the renderer takes long to load

    pdf = b""
    for setting in SETTINGS:
        sheet.setting = setting
        pdf = render_pdf("pdf/decision_brief.html", {"sheet": sheet, "now": _printed_at(sheet)}, language=language)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if len(document.pages) == 1:
                break
    return pdf


def _printed_at(sheet: Sheet) -> datetime:
    """A recorded decision is on paper as of that instant; anything else as of now."""
    return sheet.decision.decided_at if sheet.decision else clock.now()
