"""Two people wrote in one section: show where they differ, and put together what the second one chooses (ux.md A3)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.brief.drafts import LISTS, REPOSITORY, Content, differing, known, merged
from products.models import Application, Service

WORDS = {
    "name_en": gettext_lazy("Name in English"),
    "name_fr": gettext_lazy("Name in French"),
    "summary_en": gettext_lazy("Purpose in English"),
    "summary_fr": gettext_lazy("Purpose in French"),
    "services": gettext_lazy("Services enabled"),
    "structure_en": gettext_lazy("About the structure, in English"),
    "structure_fr": gettext_lazy("About the structure, in French"),
    "governance_en": gettext_lazy("About governance, in English"),
    "governance_fr": gettext_lazy("About governance, in French"),
    "mou": gettext_lazy("Where is the MOU?"),
    "mou_location": gettext_lazy("Location of the paper MOU"),
    "applications": gettext_lazy("Applications managed"),
    "repositories": gettext_lazy("Requirements repositories"),
    "cover_en": gettext_lazy("How a vacancy is covered, in English"),
    "cover_fr": gettext_lazy("How a vacancy is covered, in French"),
}
MODELS = {"services": Service, "applications": Application}
CHOICES = ("mine", "theirs", "both", "edit")


@dataclass(frozen=True)
class Clash:
    """One field that two people filled in differently. A list can be taken from both; a text can be edited."""

    name: str
    label: str
    mine: str
    theirs: str
    is_list: bool
    is_choice: bool
    language: str


def clashes(section: str, mine: Content, theirs: Content) -> list[Clash]:
    """Every field of the section in which the two differ, in words."""
    lists = LISTS.get(section, ())
    return [
        Clash(
            name,
            str(WORDS[name]),
            in_words(name, mine[name]),
            in_words(name, theirs[name]),
            name in lists,
            name == "mou",
            name[-2:] if name.endswith(("_en", "_fr")) else "",
        )
        for name in differing(known(section, mine), theirs)
    ]


def in_words(name: str, value: Any) -> str:
    """The value of a field as people read it."""
    if name == "repositories":
        return "\n".join(", ".join(row.get(part, "") for part in REPOSITORY if row.get(part)) for row in value)
    if name in MODELS:
        return "\n".join(
            f"{row.code} – {row.name}" for row in MODELS[name].objects.filter(pk__in=value).order_by("code")
        )
    if name == "mou":
        return _("On paper or in another system") if value == "paper" else _("None yet")
    return value


def chosen(section: str, data: Mapping[str, Any], theirs: Content) -> Content:
    """The content chosen on the page of the conflict; `data` carries mine as JSON, a choice per field, and edited texts."""
    mine = _safe(data.get("mine", ""))
    names = known(section, theirs)
    choices = {name: data.get(f"choice_{name}", "mine") for name in names if data.get(f"choice_{name}") in CHOICES}
    for name, choice in choices.items():
        if choice == "both" and name not in LISTS.get(section, ()):
            choices[name] = "mine"
    return merged(
        mine, theirs, choices, {name: data.get(f"text_{name}", "") for name in names if f"text_{name}" in data}
    )


def _safe(text: str) -> Content:
    """The JSON that travelled in the page, with only the shapes a content has; anything else counts as nothing."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if _fits(name, value)}


def _fits(name: str, value: Any) -> bool:
    """Repositories are rows of texts; every other field is a text or a list of texts."""
    if name == "repositories":
        return isinstance(value, list) and all(isinstance(row, dict) and _are_texts(row.values()) for row in value)
    return isinstance(value, str) or (isinstance(value, list) and _are_texts(value))


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(each, str) for each in values)
