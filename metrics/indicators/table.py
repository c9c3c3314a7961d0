"""The indicators of a product in one fiscal year: target, four quarters, reading, trend. Calculates from values it is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from metrics.indicators import periods
from metrics.indicators.standing import Point, Reading, Span, Trend, reading, trend
from metrics.indicators.words import UNKNOWN, is_short, target_words, with_unit
from metrics.models import KpiValue, ProductKpi
from metrics.states import KpiFrequency, KpiKind
from people.bilingual import said
from products import fiscal
from products.models import Product

KINDS = list(KpiKind)


@dataclass(frozen=True)
class KpiAt:
    """An indicator a product keeps, with its values in order of their periods, as they stood at some instant."""

    key: Any
    name_en: str
    name_fr: str
    unit_en: str
    unit_fr: str
    kind: str
    direction: str
    decimals: int
    frequency: str
    target: Decimal | None
    points: tuple[Point, ...] = ()

    @property
    def unit(self) -> str:
        return said(self, "unit")


@dataclass(frozen=True)
class KpiRow:
    """One line. `quarters` has four figures, or one for an indicator of the whole year. `record` is whatever it stands for."""

    kpi: KpiAt
    target: str
    quarters: tuple[str, ...]
    reading: Reading
    trend: Trend | None
    record: Any = None

    @property
    def name(self) -> str:
        return said(self.kpi, "name")

    @property
    def unit(self) -> str:
        """The unit where it does not stand beside each figure."""
        return "" if is_short(self.kpi.unit) or self.kpi.unit == "%" else self.kpi.unit

    @property
    def is_yearly(self) -> bool:
        return len(self.quarters) == 1

    @property
    def latest(self) -> str:
        """The last figure of the year."""
        return next((each for each in reversed(self.quarters) if each != UNKNOWN), UNKNOWN)

    @property
    def is_behind(self) -> bool:
        return self.reading == Reading.BEHIND

    @property
    def is_known(self) -> bool:
        return self.reading != Reading.NOT_REPORTED


def row_of(kpi: KpiAt, span: Span, record: Any = None) -> KpiRow:
    return KpiRow(
        kpi=kpi,
        target=target_words(kpi.target, kpi.unit, kpi.direction, kpi.decimals),
        quarters=tuple(with_unit(value, kpi.unit, kpi.decimals) for value in _figures(kpi, span)),
        reading=reading(kpi.points, kpi.target, kpi.direction, span),
        trend=trend(kpi.points, kpi.direction, span),
        record=record,
    )


def _figures(kpi: KpiAt, span: Span) -> list[Decimal | None]:
    """The last value of each quarter; for an indicator of the year, that of the year."""
    inside = span.inside(kpi.points)
    if kpi.frequency == KpiFrequency.YEAR:
        return [inside[-1].value if inside else None]
    starts = [fiscal.add_months(span.first, 3 * quarter) for quarter in range(5)]
    return [
        next((each.value for each in reversed(inside) if first <= each.first < after), None)
        for first, after in pairwise(starts)
    ]


def grouped(rows: Iterable[KpiRow]) -> list[tuple[KpiKind, list[KpiRow]]]:
    """The rows by kind, in the order of kinds, by name within."""
    found: dict[KpiKind, list[KpiRow]] = {}
    for row in sorted(rows, key=lambda row: (KINDS.index(KpiKind(row.kpi.kind)), row.name.casefold())):
        found.setdefault(KpiKind(row.kpi.kind), []).append(row)
    return list(found.items())


def span_of(product: Product, year: int, day: date) -> Span:
    start = product.department.fiscal_start_month
    return Span(fiscal.first_day(year, start), fiscal.first_day(year + 1, start) - date.resolution, day)


def points_of(frequency: str, values: Iterable[tuple[date, Decimal]]) -> tuple[Point, ...]:
    """Values by the first day of their period, in order."""
    return tuple(Point(first, periods.last_day(frequency, first), value) for first, value in sorted(values))


def kpi_at(kpi: ProductKpi, values: Iterable[KpiValue]) -> KpiAt:
    """An adopted indicator as it stands now; `values` are the current revisions."""
    about = kpi.definition
    return KpiAt(
        kpi.pk,
        about.name_en,
        about.name_fr,
        about.unit_en,
        about.unit_fr,
        about.kind,
        about.direction,
        about.decimals,
        about.frequency,
        kpi.target,
        points_of(about.frequency, ((each.period, each.value) for each in values)),
    )


def kept_by(product: Product) -> list[ProductKpi]:
    """Every indicator the product keeps or kept, with its definition and owner."""
    return list(ProductKpi.objects.filter(product=product).select_related("definition", "owner").order_by("starts_on"))


def values_of(kept: Sequence[ProductKpi]) -> dict[Any, list[KpiValue]]:
    """The current values of each, in one query."""
    found: dict[Any, list[KpiValue]] = {}
    for value in KpiValue.objects.filter(product_kpi__in=kept).current():
        found.setdefault(value.product_kpi_id, []).append(value)
    return found


def rows_of(product: Product, year: int, day: date) -> list[KpiRow]:
    """The lines of the indicators the product keeps, two queries."""
    kept = [each for each in kept_by(product) if each.ends_on is None]
    values, span = values_of(kept), span_of(product, year, day)
    return [row_of(kpi_at(each, values.get(each.pk, ())), span, each) for each in kept]
