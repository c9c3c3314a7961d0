"""The minutes of a meeting on paper, with their corrections; kept for good once they are locked (ux.md A8)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from governance.models import Minutes
from governance.states import MinutesState
from people.bilingual import other, reader
from records import clock
from records.actions.documents import keep_document

DOCUMENT = "minutes"
HEADING = re.compile(r"^\d+\. ")


@dataclass
class Block:
    """A numbered point with what was said and decided on it; the first block has no heading."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)


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


def minutes_pdf(minutes: Minutes, *, language: str) -> bytes:
    """The minutes as tagged PDF in "en" or "fr". Locked ones are rendered once and stored."""
    if minutes.state != MinutesState.LOCKED:
        return _rendered(minutes, language)
    with translation.override(language):
        title = _("Minutes of %(meeting)s") % {"meeting": minutes.meeting}
    content = _rendered(minutes, language)
    kept = keep_document(kind=DOCUMENT, subject_id=str(minutes.pk), language=language, title=title, content=content)
    return bytes(kept.content)


def _rendered(minutes: Minutes, language: str) -> bytes:
    from records.pdf import render_pdf  # the renderer takes long to load

    with translation.override(language):
        context = {
            "minutes": minutes,
            "meeting": minutes.meeting,
            "board": minutes.meeting.board,
            "blocks": list(_parts(minutes)),
            "is_final": minutes.state in (MinutesState.APPROVED, MinutesState.LOCKED),
            "now": clock.now(),
        }
        return render_pdf("pdf/minutes.html", context, language=language)


def _parts(minutes: Minutes) -> Iterator[Block]:
    mine = reader()
    yield from blocks(getattr(minutes, f"text_{mine}") or getattr(minutes, f"text_{other(mine)}"))
