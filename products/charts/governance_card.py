"""What stands in the box of a body, at four levels of detail; nothing is shortened, only left to the table."""

from dataclasses import dataclass

from products.charts.governance_structure import Body
from products.charts.svg import LEAD, SIZE
from records.typeset import wrap

PAD, ABOVE, BELOW, MARK = 10.0, 7.0, 8.0, 11.0  # white beside, above and below the words; room for a mark
LEVELS = ("all", "close", "counts", "names")

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
    """Name; members; delegated decisions, the first line of each marked; whether there are terms of reference."""
    room = width - 2 * PAD
    lines = [("title", 0.0, text) for text in wrap(body.name, SIZE, room)]
    if level == "counts":
        counts = ((words.members_count, body.members), (words.decisions_count, body.decisions))
        texts = [phrase.format(count=len(things)) for phrase, things in counts if things]
        return lines + [("ink", 0.0, line) for text in texts for line in wrap(text, SIZE, room)]
    if level == "names":
        return lines
    members = body.members if level == "all" else (", ".join(body.members),)
    lines += [("ink", 0.0, line) for member in members for line in wrap(member, SIZE, room)]
    for decision in body.decisions:
        texts = wrap(decision, SIZE, room - MARK)
        lines += [("role" if i else "role first", MARK, text) for i, text in enumerate(texts)]
    return lines + ([("soft", 0.0, text) for text in wrap(words.terms, SIZE, room)] if body.terms else [])


def card_height(lines: list[Line]) -> float:
    return ABOVE + LEAD * len(lines) + BELOW
