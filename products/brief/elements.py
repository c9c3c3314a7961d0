"""The thirteen elements of the brief, and the optional fourteenth, judged from its canonical data (domain.md §3).

Completeness is computed per language; the author's own declaration stands beside it and changes nothing here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.states import CapacityKind
from products.states import BriefSectionCode as S

LANGUAGES = ("en", "fr")
Judgement = tuple[str, dict[str, str], bool]  # fact, language → why it is incomplete, whether something is wrong


@dataclass(frozen=True)
class Element:
    """One element as it stands. `missing` says per language why it is not complete; `fact` what is there, in few words."""

    code: str
    section: str
    title: str
    fact: str
    missing: dict[str, str]
    required: bool = True
    problem: bool = False
    excused: bool = False

    def complete(self, language: str) -> bool:
        return language not in self.missing

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def gap(self) -> str:
        """In the reader's words, what is missing; empty when nothing is."""
        if not self.missing:
            return ""
        if len(self.missing) == len(LANGUAGES):
            return self.missing["en"]
        return _("French missing") if "fr" in self.missing else _("English missing")

    @property
    def blocks(self) -> bool:
        """Whether publishing waits for it. A vacancy with a note on how it is covered may be published as such."""
        return self.required and bool(self.missing) and not self.excused


def _name(content: dict[str, Any]) -> Judgement:
    words = [_("English") if language == "en" else _("French") for language in LANGUAGES if content["name"][language]]
    return (
        ", ".join(words),
        {language: _("Enter the product name") for language in LANGUAGES if not content["name"][language]},
        False,
    )


def _structure(content: dict[str, Any]) -> Judgement:
    positions, note = content["structure"]["positions"], content["structure"]["note"]
    if not positions:
        return "", dict.fromkeys(LANGUAGES, _("Add at least one position")), False
    fact = ngettext("%(count)d position", "%(count)d positions", len(positions)) % {"count": len(positions)}
    return (
        fact,
        _untranslated([note, *(each["title"] for each in positions), *(each["skills"] for each in positions)]),
        False,
    )


def _governance(content: dict[str, Any]) -> Judgement:
    bodies, note = content["governance"]["bodies"], content["governance"]["note"]
    if not bodies:
        return "", dict.fromkeys(LANGUAGES, _("Add at least one governance body")), False
    fact = ngettext("%(count)d body", "%(count)d bodies", len(bodies)) % {"count": len(bodies)}
    return (
        fact,
        _untranslated([note, *(each["name"] for each in bodies), *(each["delegated"] for each in bodies)]),
        False,
    )


def _repositories(content: dict[str, Any]) -> Judgement:
    rows = content["repositories"]
    if not rows:
        return "", dict.fromkeys(LANGUAGES, _("Say where requirements are kept")), False
    return str(len(rows)), _untranslated([each["name"] for each in rows]), False


def _services(content: dict[str, Any]) -> Judgement:
    if not content["services"]:
        return "", dict.fromkeys(LANGUAGES, _("Choose at least one service")), False
    return str(len(content["services"])), {}, False


def _applications(content: dict[str, Any]) -> Judgement:
    rows = content["applications"]
    if not rows:
        return "", dict.fromkeys(LANGUAGES, _("Choose at least one application")), False
    if retired := sum(each["lifecycle_code"] == "retired" for each in rows):
        return ngettext("%(count)d retired", "%(count)d retired", retired) % {"count": retired}, {}, True
    return str(len(rows)), {}, False


def _mou(content: dict[str, Any]) -> Judgement:
    mou = content["mou"]
    if mou["kind"] == "paper" and not mou["location"]:
        return "", dict.fromkeys(LANGUAGES, _("Say where the paper MOU is")), False
    return {"system": _("Filled by the system"), "paper": _("On paper"), "none": _("None yet")}[mou["kind"]], {}, False


def _untranslated(pairs: list[dict[str, str]]) -> dict[str, str]:
    """Languages in which a text is missing that the other language has."""
    return {
        language: _("A text is missing")
        for language in LANGUAGES
        if any(not pair[language] and any(pair.values()) for pair in pairs)
    }


RULES: list[tuple[str, str, str | Promise, Callable[[dict[str, Any]], Judgement]]] = [
    ("name", S.PRODUCT, gettext_lazy("Product name"), _name),
    ("services", S.PRODUCT, gettext_lazy("Services enabled"), _services),
    ("structure", S.ORGANISATION, gettext_lazy("Cross-organisational structure"), _structure),
    ("governance", S.ORGANISATION, gettext_lazy("Governance structure"), _governance),
    ("repositories", S.PLACES, gettext_lazy("Requirements repositories"), _repositories),
    ("applications", S.PLACES, gettext_lazy("Applications"), _applications),
    ("mou", S.PLACES, gettext_lazy("MOU location"), _mou),
]


def judged(content: dict[str, Any]) -> list[Element]:
    """Every element of the brief in the order of its sections."""
    found = []
    for code, section, title, rule in RULES:
        fact, missing, problem = rule(content)
        found.append(Element(code, section, str(title), fact, missing, problem=problem))
    return found + [_role(role, content["cover"]) for role in content["roles"]]


def _role(role: dict[str, Any], cover: dict[str, str]) -> Element:
    """A role is complete when somebody holds it."""
    title, held = str(capfirst(CapacityKind(role["kind"]).label)), role["holders"]
    if held:
        names = {each["name"] for each in held}
        fact = (
            names.pop()
            if len(names) == 1
            else ngettext("%(count)d person", "%(count)d people", len(names)) % {"count": len(names)}
        )
        return Element(role["kind"], S.ROLES, title, fact, {}, required=role["required"])
    since = role["vacant_since"]
    gap = _("Vacant since %(day)s") % {"day": since} if since else _("Nobody yet")
    covered = all(cover.values()) and role["kind"] != CapacityKind.HEAD_OF_PRODUCT
    missing = dict.fromkeys(LANGUAGES, gap) if role["required"] else {}
    return Element(
        role["kind"], S.ROLES, title, "" if missing else gap, missing, required=role["required"], excused=covered
    )
