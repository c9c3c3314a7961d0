"""What stands in the box of a body, at five levels of detail; nothing is shortened, only left to the table."""

from dataclasses import dataclass

from products.charts.governance_structure import Body
from products.charts.svg import LEAD, SIZE
from records.typeset import wrap

PAD, ABOVE, BELOW, MARK = 10.0, 7.0, 8.0, 11.0  # white beside, above and below the words; room for a mark
LEVELS = ("all", "close", "members", "counts", "names")

Line = tuple[str, float, str]  # layer, indent, text


@dataclass(frozen=True)
class GovernanceWords:
    """Words of the language the picture is drawn in; braces are filled."""

    corporate_bodies: str = "Corporate bodies"
    committee: str = "Committees"
    product_group: str = "Product groups"
    working_group: str = "Working groups"
    operations: str = "Operations"
    terms: str = "Terms of reference"
    members_count: str = "Members: {count}"
    decisions_count: str = "Delegated decisions: {count}"
    key_reports: str = "Reports to"
    key_escalates: str = "Escalates to"
    key_decision: str = "Delegated decision"
    key_faces: str = "Role facing a corporate body"

    def band(self, kind: str) -> str:
        return getattr(self, kind.replace(" ", "_"))


def card_lines(body: Body, words: GovernanceWords, level: str, width: float) -> list[Line]:
    """Name; members, one a line or run in; delegated decisions; whether there are terms of reference."""
    if level == "names":
        return _lines("title", [body.name], width)
    members = {"all": list(body.members), "counts": _counted(words.members_count, body.members)}
    run_in = [", ".join(body.members)] if body.members else []
    lines = _lines("title", [body.name], width) + _lines("ink", members.get(level, run_in), width)
    if level in ("members", "counts"):
        return lines + _lines("soft", _counted(words.decisions_count, body.decisions), width)
    return lines + _decisions(body, width) + _lines("soft", [words.terms] if body.terms else [], width)


def _lines(layer: str, texts: list[str], width: float) -> list[Line]:
    return [(layer, 0.0, line) for text in texts for line in wrap(text, SIZE, width - 2 * PAD)]


def _counted(phrase: str, things: tuple[str, ...]) -> list[str]:
    return [phrase.format(count=len(things))] if things else []


def _decisions(body: Body, width: float) -> list[Line]:
    """The first line of each carries a mark."""
    texts = [wrap(decision, SIZE, width - 2 * PAD - MARK) for decision in body.decisions]
    return [("role" if i else "role first", MARK, line) for lines in texts for i, line in enumerate(lines)]


def card_height(lines: list[Line]) -> float:
    return ABOVE + LEAD * len(lines) + BELOW
