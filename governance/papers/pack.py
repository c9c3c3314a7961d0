"""The pack of a meeting: cover, agenda with links, a decision brief per item, all artefacts with their hashes, annexes."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from governance.gates.inputs import artefacts_of
from governance.models import AgendaPoint, Artefact, Pack, Seat
from governance.papers.binding import Annex, annex_address, bind, is_readable
from governance.papers.contents import Item, changes_between, items_of
from governance.papers.sheet import Sheet, fitted, recorded, sheet_of
from governance.states import SeatRole
from people.bilingual import reader
from records import clock
from records.evidence import storing

PDF = "application/pdf"


@dataclass
class Row:
    """One artefact in the list of all. `annex` is its label where it is bound behind."""

    artefact: Artefact
    label: str
    content: bytes | None
    title: str

    @property
    def sha256(self) -> str:
        return self.artefact.hash

    @property
    def address(self) -> str:
        return annex_address(self.label) if self.content else self.artefact.link


@dataclass
class Entry:
    """An item of the agenda with its page and its artefacts; a matter for discussion has neither."""

    item: Item
    sheet: Sheet | None
    rows: list[Row]


def pack_pdf(pack: Pack, *, language: str) -> bytes:
    """The whole pack as one tagged PDF in "en" or "fr"."""
    from records.pdf import render_pdf  # the renderer takes long to load

    with translation.override(language):
        entries = _entries(pack)
        for entry in entries:
            if entry.sheet is not None:
                fitted(entry.sheet, language)
        front = render_pdf("pdf/pack.html", _context(pack, entries), language=language)
        return bind(front, _annexes(entries), _("Annexes"))


def _entries(pack: Pack) -> list[Entry]:
    items = items_of(pack.content)
    points = AgendaPoint.objects.select_related(
        "meeting", "review__product__department", "review__gate", "review__change", "review__board", "review__year"
    ).in_bulk([item.key for item in items])
    by_key = {str(key): point for key, point in points.items()}
    return [_entry(item, by_key[item.key]) for item in items]


def _entry(item: Item, point: AgendaPoint) -> Entry:
    if point.review is None:
        return Entry(item, None, [])
    decision = getattr(point, "decision", None)
    sheet = replace(recorded(decision), number=item.number) if decision else sheet_of(point.review, point, item.number)
    titles = {line.number: line.title for line in sheet.brief.artefacts}
    rows = [_row(each, f"{item.number}.{each.number}", titles) for each in artefacts_of(point.review)]
    return Entry(item, sheet, rows)


def _row(artefact: Artefact, label: str, titles: dict[int, str]) -> Row:
    """The artefact under the title that the package gives it."""
    content = _as_pdf(artefact)
    title = titles.get(artefact.number, artefact.title)
    return Row(artefact, label, content if content and is_readable(content) else None, title)


def _as_pdf(artefact: Artefact) -> bytes | None:
    """The bytes to bind behind: a frozen record in the reader's language, or a clean file that is a PDF."""
    document, evidence = artefact.document, artefact.evidence
    if document is not None:
        return bytes(document.content)
    if evidence is None or not evidence.is_clean or evidence.media_type != PDF:
        return None
    place = storing.place_of(evidence.stored_name)
    return place.read_bytes() if place else None


def _annexes(entries: list[Entry]) -> list[Annex]:
    return [
        Annex(row.label, _("Annex %(label)s, %(title)s") % {"label": row.label, "title": row.title}, row.content)
        for entry in entries
        for row in entry.rows
        if row.content
    ]


def _context(pack: Pack, entries: list[Entry]) -> dict[str, Any]:
    before = Pack.objects.filter(meeting=pack.meeting_id, number=pack.number - 1).first()
    seats = Seat.objects.filter(board=pack.meeting.board_id).on(clock.today()).select_related("person")
    voting = [seat for seat in seats if seat.role in SeatRole.eligible()]
    return {
        "pack": pack,
        "meeting": pack.meeting,
        "board": pack.meeting.board,
        "entries": entries,
        "before": before,
        "changes": changes_between(before.content, pack.content) if before else [],
        "voting": sorted(voting, key=lambda seat: (seat.role != SeatRole.CHAIR, seat.person.name)),
        "secretary": next((seat for seat in seats if seat.role == SeatRole.SECRETARY), None),
        "shown_in": reader(),
    }


def pack_title(pack: Pack) -> str:
    """The name of the document in the reader's language."""
    told = {"board": pack.meeting.board.name, "day": f"{pack.meeting.starts_at:%Y-%m-%d}", "revision": pack.revision}
    return _("%(board)s, %(day)s: papers, revision %(revision)s") % told
