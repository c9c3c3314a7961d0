"""The minutes of a meeting, point by point on screen and on paper; kept for good once they are locked (ux.md A8).

What stands around the text (department, board, place) is kept with the minutes when they are locked, so that the documents a
worker makes a moment later, and the page years later, say what was true then.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from governance.gates.package import named
from governance.models import Minutes
from governance.reading.brief import Named
from governance.states import MeetingForm, MinutesState
from people.bilingual import other, reader
from records import clock
from records.actions.documents import keep_document
from records.models import Document
from records.trail import as_json

DOCUMENT = "minutes"
HEADING = re.compile(r"^\d+\. ")


@dataclass
class Block:
    """A numbered point with what was said and decided on it; the first block has no heading."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        """What the block is about: the ask of its point, or the meeting itself."""
        return self.lines[0] if self.lines else ""

    @property
    def others(self) -> list[str]:
        return self.lines[1:]


def blocks(text: str) -> list[Block]:
    """The text as it was drawn up or edited: a line that begins with a number opens a block, an empty line ends one."""
    found, ended = [Block()], False
    for line in (each.strip() for each in text.splitlines()):
        if HEADING.match(line):
            found.append(Block(line))
        elif line:
            if ended:
                found.append(Block())
            found[-1].lines.append(line)
        ended = not line
    return [block for block in found if block.heading or block.lines]


@dataclass(frozen=True)
class Read:
    """Minutes in the reader's language; `language` is the other one where they stand only in that."""

    minutes: Minutes
    department: Named
    board: Named
    place: str
    is_written: bool
    starts_at: datetime | None
    ends_at: datetime | None
    language: str
    blocks: list[Block]

    @property
    def is_final(self) -> bool:
        return self.minutes.state in (MinutesState.APPROVED, MinutesState.LOCKED)


def around(minutes: Minutes) -> dict[str, Any]:
    """What stands around the text, to be kept at the lock."""
    meeting = minutes.meeting
    told = {name: getattr(meeting, name) for name in ("form", "starts_at", "ends_at", "place")}
    return dict(
        as_json({"schema": 1, "department": named(meeting.board.department), "board": named(meeting.board), **told})
    )


def read(minutes: Minutes) -> Read:
    """The minutes as their page and their paper say them."""
    told: Mapping[str, Any] = minutes.content or around(minutes)
    mine = reader()
    language = mine if getattr(minutes, f"text_{mine}") else other(mine)
    return Read(
        minutes=minutes,
        department=Named(**told["department"]),
        board=Named(**told["board"]),
        place=told["place"],
        is_written=told["form"] == MeetingForm.WRITTEN,
        starts_at=parse_datetime(told["starts_at"]),
        ends_at=parse_datetime(told["ends_at"]) if told["ends_at"] else None,
        language=language,
        blocks=blocks(getattr(minutes, f"text_{language}")),
    )


def minutes_pdf(minutes: Minutes, *, language: str) -> bytes:
    """The minutes as tagged PDF in "en" or "fr"."""
    from records.pdf import render_pdf  # the renderer takes long to load

    with translation.override(language):
        told = read(minutes)
        context = {"minutes": minutes, "told": told, "now": minutes.locked_at or clock.now()}
        return render_pdf("pdf/minutes.html", context, language=language)


def keep_minutes(minutes: Minutes, *, language: str) -> Document:
    """Render locked minutes once and keep them for good."""
    content = minutes_pdf(minutes, language=language)
    with translation.override(language):
        title = _("Minutes of %(meeting)s") % {
            "meeting": f"{read(minutes).board}, {minutes.meeting.starts_at:%Y-%m-%d}"
        }
    return keep_document(kind=DOCUMENT, subject_id=str(minutes.pk), language=language, title=title, content=content)
