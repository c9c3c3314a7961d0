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
ALIKE = 0.4  # share of words in common below which two lines are read better whole
Lines = dict[str, str]


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, were added or were removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """An element, its lines that changed, and how many did not."""

    title: str
    lines: list[list[Piece]]
    unchanged: int

    @property
    def is_changed(self) -> bool:
        return bool(self.lines)


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Every element, in the reader's language."""
    titles = _titles(before, after)
    old, new = lines_of(before), lines_of(after)
    return [_difference(title, old.get(code, {}), new.get(code, {})) for code, title in titles.items()]


def _difference(title: str, before: Lines, after: Lines) -> Difference:
    """Lines are matched by what they are about, so that a new order alone is no change."""
    same = {key for key in before.keys() & after.keys() if before[key] == after[key]}
    lines = []
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in same:
            lines.append(_words(before.get(key, ""), after.get(key, "")))
    return Difference(title, lines, len(same))


def _titles(before: dict[str, Any], after: dict[str, Any]) -> dict[str, str]:
    roles = {each["kind"]: said(each["title"]) for each in [*before["roles"], *after["roles"]]}
    own = {code: str(title) for code, _section, title, _rule in RULES}
    return {"name": own.pop("name"), "summary": _("Purpose"), **own, **roles, "cover": _("How vacancies are covered")}


def lines_of(content: dict[str, Any]) -> dict[str, Lines]:
    """The brief as lines of text in the reader's language: element → what the line is about → the line."""
    structure, governance = content["structure"], content["governance"]
    names = {each["id"]: said(each["title"]) for each in structure["positions"]}
    bodies = {each["id"]: said(each["name"]) for each in governance["bodies"]}
    facing = [_joined(said(each["role"]), said(each["body"])) for each in governance["facing"]]
    return {
        "name": _text(content["name"]),
        "summary": _text(content["summary"]),
        "services": {
            each["code"]: _joined(said(each["name"]), said(each["program"]), said(each["source"]))
            for each in content["services"]
        },
        "structure": _text(structure["note"]) | {each["id"]: _position(each, names) for each in structure["positions"]},
        "governance": _text(governance["note"])
        | {each["id"]: _body(each, bodies) for each in governance["bodies"]}
        | dict(zip(facing, facing, strict=True)),
        "repositories": {
            each["address"]: _joined(said(each["name"]), each["address"]) for each in content["repositories"]
        },
        "applications": {
            each["code"]: _joined(each["code"], said(each["name"]), said(each["lifecycle"]))
            for each in content["applications"]
        },
        "mou": {"": _mou(content["mou"])},
        "cover": _text(content["cover"]),
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


def _role(role: dict[str, Any]) -> Lines:
    if not role["holders"]:
        since = role["vacant_since"]
        return {"": _("Vacant since %(day)s") % {"day": since} if since else _("Nobody yet")}
    return {
        each["name"] + each["from"]: _joined(
            each["name"], said(each["member"]), _("since %(day)s") % {"day": each["from"]}
        )
        for each in role["holders"]
    }


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _text(pair: dict[str, str]) -> Lines:
    return {"": said(pair)} if said(pair) else {}


def _words(before: str, after: str) -> list[Piece]:
    """Word by word; two lines that share little are shown whole, one removed and one added."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]
    pieces = []
    for move, a1, a2, b1, b2 in matcher.get_opcodes():
        if move == "equal":
            pieces.append(Piece(SAME, "".join(old[a1:a2])))
            continue
        parts = ((REMOVED, "".join(old[a1:a2])), (ADDED, "".join(new[b1:b2])))
        pieces += [Piece(kind, text) for kind, text in parts if text]
    return pieces
