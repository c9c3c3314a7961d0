"""The last finished month in four lines, for the page of the product."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from metrics.models import DeclaredMonth, DoraSnapshot, MetricsPolicy, MonthClosing
from metrics.reading.amounts import said
from metrics.reading.findings import heading
from metrics.reading.months import Month, MonthState, preference
from metrics.reading.values import NOT_REPORTED, Missing, Values, computed, declared
from metrics.states import DeclaredState, Level, Metric, Period, Scope
from products.fiscal import add_months
from products.models import Product
from products.models.product import ProductQuerySet
from records import clock


@dataclass(frozen=True)
class Line:
    """One measure: its value or why there is none, and its level."""

    name: str
    words: str
    level: str
    is_missing: bool


@dataclass(frozen=True)
class Block:
    month: date
    heading: str
    state: str
    lines: list[Line]
    level_set: str
    is_reported: bool


def with_measured(products: ProductQuerySet) -> ProductQuerySet:
    """`measured_zone`, the time zone in which months of deliveries end, and `measured_levels`, the set of levels in use."""
    policy = MetricsPolicy.objects.order_by()
    return products.annotate(
        measured_zone=Coalesce(F("delivery_settings__timezone"), Subquery(policy.values("timezone"))),
        measured_levels=Subquery(policy.values("level_set")),
    )


def latest(product: Any) -> Block:
    """The last finished month of a product that carries `with_measured`, of its family when it heads one that has figures.
    Two queries."""
    month = add_months(clock.today(product.measured_zone).replace(day=1), -1)
    shown = _month(product, month, product.measured_levels)
    return Block(
        month,
        heading([shown]),
        str(MonthState(shown.state).label),
        [_line(metric, shown.values) for metric in Metric],
        shown.row.level_set if shown.row else "",
        shown.state != MonthState.NOT_REPORTED,
    )


def _month(product: Product, month: date, level_set: str) -> Month:
    row, typed = _row(product, month, level_set), None
    if row is None or row.scope == Scope.PRODUCT:
        in_force = DeclaredMonth.objects.filter(product=product, month=month, state=DeclaredState.IN_FORCE)
        typed = in_force.first()
    if typed is not None:
        return Month(month, MonthState.DECLARED, declared(typed), row, typed)
    if row is None:
        return Month(month, MonthState.NOT_REPORTED, NOT_REPORTED)
    state = MonthState.CLOSED if row.is_closed else MonthState.PROVISIONAL  # type: ignore[attr-defined]
    return Month(month, state, computed(row), row)


def _row(product: Product, month: date, level_set: str) -> DoraSnapshot | None:
    closed = MonthClosing.objects.filter(product=OuterRef("product"), month=OuterRef("starts_on"))
    rows = DoraSnapshot.objects.filter(product=product, period=Period.MONTH, starts_on=month).current()
    known = sorted(rows.annotate(is_closed=Exists(closed)), key=lambda row: preference(row, level_set))
    found = {row.scope: row for row in known}
    return found.get(Scope.FAMILY) or found.get(Scope.PRODUCT)


def _line(metric: Metric, values: Values) -> Line:
    value = values[metric]
    words = str(Missing(value.missing).label) if value.amount is None else said(metric, value.amount)
    level = str(Level(value.level).label) if value.level else ""
    return Line(str(metric.label), words, level, value.amount is None)
