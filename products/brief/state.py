"""How far a brief is: counts per language, status of each section, what still blocks publishing (ux.md A3)."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from products.brief.canonical import brief_content
from products.brief.drafts import sections_of
from products.brief.elements import Element, judged
from products.models import BriefSection, Product
from products.states import BriefSectionCode

STATUS: dict[str, str | Promise] = {
    "new": gettext_lazy("Not yet started"),
    "open": gettext_lazy("In progress"),
    "done": gettext_lazy("Completed"),
    "problem": gettext_lazy("There is a problem"),
}


@dataclass(frozen=True)
class Task:
    """One of the four tasks: a section with its elements."""

    code: str
    title: str
    status: str
    elements: list[Element]
    row: BriefSection | None

    @property
    def word(self) -> str:
        return str(STATUS[self.status])


@dataclass(frozen=True)
class BriefState:
    """The brief as drafted. `complete_en` and `complete_fr` count the required elements complete in that language."""

    content: dict[str, Any]
    elements: list[Element]
    rows: dict[str, BriefSection]

    @cached_property
    def required(self) -> list[Element]:
        return [each for each in self.elements if each.required]

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def complete_en(self) -> int:
        return sum(each.complete("en") for each in self.required)

    @property
    def complete_fr(self) -> int:
        return sum(each.complete("fr") for each in self.required)

    @property
    def sentence(self) -> str:
        """9 of 13 required elements complete in English, 7 in French."""
        return _("%(english)d of %(total)d required elements complete in English, %(french)d in French") % {
            "english": self.complete_en,
            "total": self.total,
            "french": self.complete_fr,
        }

    @property
    def finding(self) -> str:
        """What the brief amounts to, for a heading."""
        gaps = [each for each in self.required if not each.is_complete]
        if not gaps:
            return ngettext("the required element is complete", "all %(count)d elements are complete", self.total) % {
                "count": self.total
            }
        vacant = [each for each in gaps if each.section == BriefSectionCode.ROLES]
        halves = [each for each in gaps if len(each.missing) == 1]
        rest = len(gaps) - len(vacant) - len(halves)
        parts = [
            ngettext("%(count)d role is vacant", "%(count)d roles are vacant", len(vacant)) % {"count": len(vacant)}
            if vacant
            else "",
            ngettext("%(count)d translation is missing", "%(count)d translations are missing", len(halves))
            % {"count": len(halves)}
            if halves
            else "",
            ngettext("%(count)d element is missing", "%(count)d elements are missing", rest) % {"count": rest}
            if rest
            else "",
        ]
        return ", ".join(part for part in parts if part)

    def blocking(self, *, needs_both: bool) -> list[Element]:
        """Elements that publishing waits for; a missing translation only where the policy asks for both languages."""
        return [each for each in self.elements if each.blocks and (needs_both or len(each.missing) == 2)]

    @cached_property
    def tasks(self) -> list[Task]:
        return [self.task(code) for code in BriefSectionCode.values]

    def task(self, code: str) -> Task:
        mine, row = [each for each in self.elements if each.section == code], self.rows.get(code)
        return Task(code, str(BriefSectionCode(code).label), _status(mine, row), mine, row)

    @property
    def last_changed(self) -> BriefSection | None:
        """The section that was saved last."""
        saved = [row for row in self.rows.values() if row.changed_at]
        return max(saved, key=attrgetter("changed_at"), default=None)


def _status(elements: list[Element], row: BriefSection | None) -> str:
    required = [each for each in elements if each.required]
    whole, declared = all(each.is_complete for each in required), bool(row and row.is_declared_complete)
    if any(each.problem for each in elements) or (declared and not whole):
        return "problem"
    if whole and declared:
        return "done"
    return "new" if row is None and not any(each.is_complete and each.code != "mou" for each in required) else "open"


def brief_state(product: Product) -> BriefState:
    """The state of the brief of a family (`product` heads it). About 15 queries: for the brief's own pages."""
    content = brief_content(product)
    return BriefState(content, judged(content), sections_of(product))
