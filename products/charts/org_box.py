"""What stands in the box of a position, line by line, at five levels of detail.

Nothing is ever shortened: when room ends, a whole kind of fact is left to the table beside the picture.
"""

from dataclasses import dataclass
from functools import lru_cache

from products.charts.org_tree import Position
from products.charts.svg import LEAD, SIZE
from records.typeset import measure, wrap

EDGE, LEFT, RIGHT, ABOVE, BELOW = 6.0, 14.0, 7.0, 5.0, 6.0  # the branch edge, and the white around the words
BETWEEN, ROLE_INDENT = 8.0, 11.0
LEVELS = ("all", "no numbers", "close", "no shares", "people")

Word = tuple[str, float, str]  # layer, distance from the left of the words, text
Line = tuple[Word, ...]


@dataclass(frozen=True)
class OrgChartWords:
    """Words of the language the picture is drawn in; braces are filled."""

    vacant: str = "Vacant"
    vacant_since: str = "Vacant since {since}"
    share: str = "{percent}% of time"
    key_role: str = "Role in the product team"
    key_vacant: str = "Vacant position"


def box_lines(position: Position, words: OrgChartWords, level: str, width: float) -> tuple[Line, ...]:
    """Lines of a box `width` wide: branch and facts, title, holder, roles; branch and holder share one when close."""
    room = width - LEFT - RIGHT
    branch = ("mark", position.branch.word)
    number = [("soft", position.number)] if level == "all" else []
    share = [] if position.share_of_time is None else [("soft", words.share.format(percent=position.share_of_time))]
    title, person = _column("title", position.title, room), ("ink", _person(position, words))
    if level in ("all", "no numbers"):
        lines = [*_run([branch, *number, *share], room), *title, *_run([person], room)]
    else:
        lines = [*title, *_run([branch, person, *(share if level == "close" else [])], room)]
    if level != "people":
        lines += [line for role in position.roles for line in _role(role, room)]
    return tuple(lines)


def box_height(lines: tuple[Line, ...]) -> float:
    return ABOVE + LEAD * len(lines) + BELOW


def _person(position: Position, words: OrgChartWords) -> str:
    if position.holder:
        return position.holder
    return words.vacant_since.format(since=position.vacant_since) if position.vacant_since else words.vacant


def _column(layer: str, text: str, room: float, indent: float = 0.0) -> list[Line]:
    return [((layer, indent, line),) for line in _wrapped(text, room - indent)]


def _role(role: str, room: float) -> list[Line]:
    """The first line carries the mark of a role."""
    first, *more = _column("role", role, room, ROLE_INDENT) or [()]
    return [tuple(("role first", *word[1:]) for word in first), *more]


@lru_cache(maxsize=4096)
def _wrapped(text: str, room: float) -> tuple[str, ...]:
    """Remembered, because the same words are tried at every level of detail."""
    return tuple(wrap(text, SIZE, room))


def _run(words: list[tuple[str, str]], room: float) -> list[Line]:
    """Set short facts side by side; one that does not fit any more begins a new line."""
    lines: list[list[Word]] = []
    at = room + 1
    for layer, text in words:
        parts = _wrapped(text, room)
        for part in parts:
            width = measure(part, SIZE)
            if len(parts) > 1 or at + width > room:
                lines.append([])
                at = 0.0
            lines[-1].append((layer, at, part))
            at += width + BETWEEN
    return [tuple(line) for line in lines]
