"""Two versions side by side: what was added and removed, element by element, word by word (domain.md §3)."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from products.brief.elements import RULES
from products.brief.pictures import said

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, were added or were removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """An element and what became of it, line by line."""

    title: str
    lines: list[list[Piece]]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for line in self.lines for piece in line)


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Every element, in the reader's language."""
    titles = _titles(before, after)
    old, new = lines_of(before), lines_of(after)
    return [Difference(title, _lines(old.get(code, []), new.get(code, []))) for code, title in titles.items()]


def _titles(before: dict[str, Any], after: dict[str, Any]) -> dict[str, str]:
    roles = {each["kind"]: said(each["title"]) for each in [*before["roles"], *after["roles"]]}
    own = {code: str(title) for code, _section, title, _rule in RULES}
    return {"name": own.pop("name"), "summary": _("Purpose"), **own, **roles, "cover": _("How vacancies are covered")}


def lines_of(content: dict[str, Any]) -> dict[str, list[str]]:
    """The brief as lines of text, by element, in the reader's language."""
    names = {each["id"]: said(each["title"]) for each in content["structure"]["positions"]}
    bodies = {each["id"]: said(each["name"]) for each in content["governance"]["bodies"]}
    return {
        "name": _filled([said(content["name"])]),
        "summary": _filled([said(content["summary"])]),
        "services": [
            _joined(said(each["name"]), said(each["program"]), said(each["source"])) for each in content["services"]
        ],
        "structure": _filled([said(content["structure"]["note"])])
        + [_position(each, names) for each in content["structure"]["positions"]],
        "governance": _filled([said(content["governance"]["note"])])
        + [_body(each, bodies) for each in content["governance"]["bodies"]]
        + [_joined(said(each["role"]), said(each["body"])) for each in content["governance"]["facing"]],
        "repositories": [_joined(said(each["name"]), each["address"]) for each in content["repositories"]],
        "applications": [
            _joined(each["code"], said(each["name"]), said(each["lifecycle"])) for each in content["applications"]
        ],
        "mou": [_mou(content["mou"])],
        "cover": _filled([said(content["cover"])]),
        **{role["kind"]: _role(role) for role in content["roles"]},
    }


def _position(row: dict[str, Any], names: dict[str, str]) -> str:
    holder = row["holder"] or _("Vacant since %(day)s") % {"day": row["vacant_since"]}
    above = _("reports to %(name)s") % {"name": names[row["reports_to"]]} if row["reports_to"] else ""
    share = _("%(percent)d%% of time") % {"percent": row["share"]}
    return _joined(
        said(row["title"]), row["number"], row["branch"]["acronym"], holder, above, said(row["skills"]), share
    )


def _body(row: dict[str, Any], names: dict[str, str]) -> str:
    members = "; ".join(said(each["who"]) + (f" ({_('chair')})" if each["chair"] else "") for each in row["members"])
    above = _("reports to %(name)s") % {"name": names[row["reports_to"]]} if row["reports_to"] else ""
    return _joined(
        said(row["name"]),
        said(row["kind_word"]),
        members,
        above,
        " ".join(said(row["delegated"]).split()),
        row["terms"],
    )


def _mou(mou: dict[str, str]) -> str:
    return mou["location"] or _("None yet")


def _role(role: dict[str, Any]) -> list[str]:
    if not role["holders"]:
        return [_("Vacant since %(day)s") % {"day": role["vacant_since"]} if role["vacant_since"] else _("Nobody yet")]
    return [
        _joined(each["name"], said(each["member"]), _("since %(day)s") % {"day": each["from"]})
        for each in role["holders"]
    ]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


def _lines(before: list[str], after: list[str]) -> list[list[Piece]]:
    found: list[list[Piece]] = []
    for move, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if move == "equal":
            found += [[Piece(SAME, line)] for line in before[a1:a2]]
            continue
        old, new = before[a1:a2], after[b1:b2]
        paired = min(len(old), len(new))
        found += [_words(old[i], new[i]) for i in range(paired)]
        found += [[Piece(REMOVED, line)] for line in old[paired:]] + [[Piece(ADDED, line)] for line in new[paired:]]
    return found


def _words(before: str, after: str) -> list[Piece]:
    """Word by word; two lines that share little are shown whole, one removed and one added."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        return [Piece(REMOVED, before), Piece(ADDED, after)]
    pieces = []
    for move, a1, a2, b1, b2 in matcher.get_opcodes():
        if move == "equal":
            pieces.append(Piece(SAME, "".join(old[a1:a2])))
            continue
        pieces += [
            Piece(kind, text) for kind, text in ((REMOVED, "".join(old[a1:a2])), (ADDED, "".join(new[b1:b2]))) if text
        ]
    return pieces
