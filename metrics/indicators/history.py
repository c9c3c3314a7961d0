"""An indicator on its own page: the sentence above it and its values with who, when and why; the same as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from metrics.indicators import periods
from metrics.indicators.standing import Reading
from metrics.indicators.table import KpiRow
from metrics.indicators.words import period_words, target_of, with_unit
from metrics.models import KpiValue, ProductKpi
from people.bilingual import said
from people.listing import Column


@dataclass(frozen=True)
class Line:
    """A period: the revision that stands, and those it replaced, newest first."""

    period: str
    key: str
    value: str
    stands: KpiValue
    earlier: tuple[tuple[str, KpiValue], ...]


def lines_of(kpi: ProductKpi) -> list[Line]:
    """The periods that have a value, newest first. One query."""
    found: dict[Any, list[KpiValue]] = {}
    for value in kpi.values.order_by("-period", "-revision"):
        found.setdefault(value.period, []).append(value)
    return [
        Line(_period(kpi, values[0]), period.isoformat(), _figure(kpi, values[0]), values[0], _earlier(kpi, values[1:]))
        for period, values in found.items()
    ]


def _earlier(kpi: ProductKpi, values: Iterable[KpiValue]) -> tuple[tuple[str, KpiValue], ...]:
    return tuple((_figure(kpi, value), value) for value in values)


def _figure(kpi: ProductKpi, value: KpiValue) -> str:
    return with_unit(value.value, kpi.definition.unit, kpi.definition.decimals)


def _period(kpi: ProductKpi, value: KpiValue) -> str:
    return period_words(kpi.definition.frequency, value.period, kpi.product.department.fiscal_start_month)


def headline(row: KpiRow, kpi: ProductKpi) -> dict[str, str]:
    """The title of the page: what it is, its last value and how that stands."""
    name = said(kpi.definition, "name")
    found = {"target": target_of(kpi), "benchmark": with_unit(kpi.compared_with, row.kpi.unit, row.kpi.decimals)}
    points = row.kpi.points
    if not points:
        return {**found, "heading": gettext("%(name)s: nothing is reported yet") % {"name": name}}
    figure = with_unit(points[-1].value, row.kpi.unit, row.kpi.decimals)
    words = period_words(row.kpi.frequency, points[-1].first, kpi.product.department.fiscal_start_month)
    if row.reading in (Reading.NOT_REPORTED, Reading.NO_TARGET):
        said_so = gettext("%(name)s: %(value)s in %(period)s")
    else:
        said_so = gettext("%(name)s: %(value)s in %(period)s, %(reading)s")
    told = {"name": name, "value": figure, "period": words, "reading": str(row.reading.label).lower()}
    return {**found, "heading": said_so % told}


def finding(rows: list[KpiRow]) -> str:
    """Indicators: 3 of 5 are met or on track, 1 is behind, 1 is not reported."""
    if not rows:
        return gettext("No indicator is kept yet")
    good = sum(row.reading in (Reading.MET, Reading.ON_TRACK) for row in rows)
    behind, unknown = sum(row.is_behind for row in rows), sum(not row.is_known for row in rows)
    parts = [
        ngettext("%(count)s of %(total)s is met or on track", "%(count)s of %(total)s are met or on track", good)
        % {"total": len(rows), "count": good}
    ]
    if behind:
        parts.append(ngettext("%(count)s is behind", "%(count)s are behind", behind) % {"count": behind})
    if unknown:
        parts.append(ngettext("%(count)s is not reported", "%(count)s are not reported", unknown) % {"count": unknown})
    return gettext("Indicators: %(says)s") % {"says": ", ".join(parts)}


def columns() -> list[Column]:
    """Of the CSV: one line per revision, in the reader's language."""
    return [
        Column(gettext("Code"), "product_kpi.definition.code"),
        Column(gettext("Indicator"), lambda row: said(row.product_kpi.definition, "name")),
        Column(gettext("Kind"), lambda row: row.product_kpi.definition.get_kind_display()),
        Column(gettext("Unit"), lambda row: said(row.product_kpi.definition, "unit")),
        Column(gettext("Target"), "product_kpi.target"),
        Column(gettext("First day"), lambda row: row.period.isoformat()),
        Column(gettext("Last day"), _last),
        Column(gettext("Revision"), "revision"),
        Column(gettext("Value"), "value"),
        Column(gettext("Of how many"), "sample"),
        Column(gettext("Source"), "source"),
        Column(gettext("Note"), "note"),
        Column(gettext("Why it is corrected"), "reason"),
        Column(gettext("Entered by"), "entered_by_name"),
        Column(gettext("Entered at"), lambda row: row.entered_at.isoformat(timespec="seconds")),
    ]


def _last(row: KpiValue) -> str:
    return periods.last_day(row.product_kpi.definition.frequency, row.period).isoformat()
