"""Releases of the year, made and planned, and which of them owe an analysis of what they did for their outcomes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, ngettext

from people.bilingual import said
from portfolio.executive.facts import Facts
from portfolio.executive.words import count_word
from products.models import Product
from roadmaps.analysis.due import Standing
from roadmaps.models import AnalysisRule, ImpactEdition, Release
from roadmaps.reading.asof import states_of
from roadmaps.states import ReleaseState

FIELDS = (
    "id",
    "number",
    "goal_en",
    "goal_fr",
    "state",
    "planned_on",
    "released_on",
    "days",
    "edition",
    "product__code",
)


@dataclass(frozen=True)
class ReleaseRow:
    """`standing` is that of an analysis that is owed; `edition` the latest one published."""

    id: UUID
    number: str
    member: str  # code of the product of the family it is of; empty for its head
    goal_en: str
    goal_fr: str
    is_made: bool
    on: date
    edition: int | None
    standing: Standing | None

    @property
    def goal(self) -> str:
        return said(self, "goal")


def releases_in(product: Product, first: date, last: date, at: datetime | None) -> QuerySet[Any]:
    """Releases of the outer roadmap in production or planned between two days, with the rule of their analysis."""
    theirs = Q(department__isnull=True) | Q(department=product.department_id)
    rules = AnalysisRule.objects.filter(theirs, starts_on__lte=OuterRef("released_on"))
    newest = rules.order_by(F("department").asc(nulls_last=True), "-starts_on").values("days")[:1]
    editions = ImpactEdition.objects.filter(analysis__release_id=OuterRef("id")).order_by("-number")
    editions = editions.filter(published_at__lte=at) if at else editions
    within = Q(released_on__range=(first, last)) | Q(state=ReleaseState.PLANNED, planned_on__range=(first, last))
    rows = states_of(Release, at).filter(within, roadmap_id=OuterRef("id"))
    rows = rows.annotate(days=Subquery(newest), edition=Subquery(editions.values("number")[:1]))
    return rows.order_by("planned_on", "number")


def rows_of(facts: Facts) -> list[ReleaseRow]:
    """Those made first, by day, then those planned."""
    rows = [_row(each, facts.day, facts.product.code) for each in facts.releases]
    return sorted(rows, key=lambda row: (not row.is_made, row.on, row.number))


def _row(found: dict[str, Any], day: date, code: str) -> ReleaseRow:
    made = found["state"] == ReleaseState.RELEASED
    on = date.fromisoformat(found["released_on"] if made else found["planned_on"])
    due = on + timedelta(days=found["days"]) if made and found["days"] is not None else None
    owed = due is not None and found["edition"] is None
    return ReleaseRow(
        id=UUID(found["id"]),
        number=found["number"],
        member="" if found["product__code"] == code else found["product__code"],
        goal_en=found["goal_en"],
        goal_fr=found["goal_fr"],
        is_made=made,
        on=on,
        edition=found["edition"],
        standing=Standing(due, (due - day).days) if owed and due else None,
    )


def finding(rows: list[ReleaseRow]) -> str:
    """Releases: three are made, one is planned; one impact analysis is overdue."""
    if not rows:
        return ""
    made = sum(row.is_made for row in rows)
    planned = len(rows) - made
    parts = []
    if made:
        words = ngettext("%(count)s is made", "%(count)s are made", made)
        parts.append(words % {"count": count_word(made, feminine=True)})
    if planned:
        words = ngettext("%(count)s is planned", "%(count)s are planned", planned)
        parts.append(words % {"count": count_word(planned, feminine=True)})
    text = gettext("Releases: %(says)s") % {"says": ", ".join(parts)}
    late = sum(row.standing is not None and row.standing.is_overdue for row in rows)
    if late:
        words = ngettext("%(count)s impact analysis is overdue", "%(count)s impact analyses are overdue", late)
        text = f"{text}; {words % {'count': count_word(late, feminine=True)}}"
    return text
