"""Where a draft stands, section by section: the task list of its author."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Mou
from governance.mou.open_points import OpenPoint, open_points
from governance.mou_states import MouSection


@dataclass(frozen=True)
class SectionLine:
    """One section: what is open in it, how many remarks wait, whether it may be written."""

    number: int
    title: str
    open: int
    remarks: int
    is_opened: bool


@dataclass(frozen=True)
class Entry:
    """A page on which something of a section is entered."""

    words: str
    page: str


def task_list(mou: Mou, points: list[OpenPoint] | None = None) -> list[SectionLine]:
    """The fourteen sections with what is still to do in each."""
    points = open_points(mou) if points is None else points
    waiting = mou.comments.filter(answers__isnull=True, settled_at__isnull=True)
    remarks = dict(waiting.values_list("section").annotate(Count("pk")).order_by())
    return [
        SectionLine(
            section.value,
            str(section.label),
            sum(section.value in point.sections for point in points),
            remarks.get(section.value, 0),
            mou.opens(section.value),
        )
        for section in MouSection
    ]


def entries(mou: Mou) -> dict[str, Entry]:
    """Every page on which a memorandum is filled in, by name."""
    args: list[Any] = [mou.product.code, mou.pk]
    own = {
        "terms": _("Terms: program, years, dates, review"),
        "parties": _("Parties"),
        "money": _("Yearly amounts and sources of funds"),
        "officials": _("Officials and signatories"),
    }
    living = {
        "product-place": _("Services the product enables"),
        "kpi-list": _("Indicators and their targets"),
        "metrics-settings": _("Targets of delivery"),
        "governance-detail": _("Governance structure"),
    }
    found = {name: Entry(words, reverse(f"mou-{name}", args=args)) for name, words in own.items()}
    return found | {name: Entry(words, reverse(name, args=args[:1])) for name, words in living.items()}


OF_SECTION: dict[int, tuple[str, ...]] = {
    1: ("parties", "terms", "money", "product-place"),
    2: ("terms",),
    5: ("terms", "product-place"),
    7: ("money", "terms"),
    8: ("kpi-list", "metrics-settings"),
    9: ("terms",),
    10: ("governance-detail",),
    11: ("officials",),
    14: ("officials",),
}


def entries_of(mou: Mou, section: int) -> list[Entry]:
    """The pages on which what one section merges is entered."""
    every = entries(mou)
    return [every[name] for name in OF_SECTION.get(section, ())]
