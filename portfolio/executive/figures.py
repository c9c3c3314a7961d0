"""The figures of the year beside the roadmap, as they stood at one instant: indicators, delivery by quarter, targets. One query.

A past instant sees the values entered, the quarters computed and the months declared by then.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from metrics.indicators.table import KpiAt
from metrics.models import DeclaredMonth, DoraSnapshot, DoraTarget
from metrics.states import DeclaredState, Metric, Period, Scope
from portfolio.indicators import decimal, indicators_of, with_indicators
from products import fiscal
from products.models import Product
from roadmaps.reading.asof import gathered, states_of

COUNTED = ("deployment_count", "change_count", "failed_deployment_count", "restored_incident_count")
LASTING = ("lead_time_p50_seconds", "time_to_restore_p50_seconds")


@dataclass(frozen=True)
class DeliveryAt:
    """The counts and medians of a quarter, or of a declared month of it. `is_deployed`: there ever was a deployment."""

    starts_on: date
    is_deployed: bool
    has_incidents: bool
    deployment_count: int | None = None
    change_count: int | None = None
    failed_deployment_count: int | None = None
    restored_incident_count: int | None = None
    lead_time_p50_seconds: Decimal | None = None
    time_to_restore_p50_seconds: Decimal | None = None


@dataclass(frozen=True)
class Figures:
    """`quarters` by their first day, computed; `declared` by month, never added up with computed ones."""

    kpis: tuple[KpiAt, ...] = ()
    quarters: dict[date, DeliveryAt] = field(default_factory=dict)
    declared: tuple[DeliveryAt, ...] = ()
    targets: dict[str, Decimal] = field(default_factory=dict)


def gather_figures(product: Product, first: date, day: date, at: datetime | None) -> Figures:
    """The figures of the fiscal year that begins on `first`, seen on `day`; `at` None is now."""
    after = fiscal.add_months(first, 12)
    row: Any = with_indicators(Product.objects.filter(pk=product.pk), min(day, after), at).annotate(
        is_family=Exists(Product.objects.filter(head_id=OuterRef("pk"), parent__isnull=False)),
        quarters=gathered(_quarters(at, first, after), "starts_on", "scope", "ever_deployed", "has_incident_feed",
                          *COUNTED, *LASTING),
        declared=gathered(_declared(at, first, min(day, after)), "month", *COUNTED, *LASTING),
        targets=gathered(states_of(DoraTarget, at).filter(product_id=OuterRef("pk")), "metric", "value"),
    ).get()  # fmt: skip
    return Figures(
        kpis=indicators_of(row),
        quarters=_by_quarter(row.quarters, Scope.FAMILY if row.is_family else Scope.PRODUCT),
        declared=tuple(_delivery(each, each["month"], True, True) for each in row.declared),
        targets={Metric(each["metric"]): decimal(each["value"]) or Decimal(0) for each in row.targets},
    )


def _quarters(at: datetime | None, first: date, after: date) -> QuerySet[Any]:
    rows = DoraSnapshot.objects.filter(
        product_id=OuterRef("pk"), period=Period.QUARTER, starts_on__gte=first, starts_on__lt=after
    )
    rows = rows.filter(computed_at__lte=at) if at else rows
    # Revisions are counted for each set of levels; the row computed last is the one that stands, whatever set it names.
    return rows.order_by("starts_on", "scope", "-method_version", "-id").distinct("starts_on", "scope")


def _declared(at: datetime | None, first: date, before: date) -> QuerySet[Any]:
    rows = states_of(DeclaredMonth, at).filter(product_id=OuterRef("pk"), state=DeclaredState.IN_FORCE)
    return rows.filter(month__gte=first, month__lt=before).order_by("month")


def _by_quarter(rows: list[dict[str, Any]], wanted: Scope) -> dict[date, DeliveryAt]:
    """The family's row where the product heads one, else its own; the other where it was all there was."""
    found: dict[date, DeliveryAt] = {}
    for each in sorted(rows, key=lambda row: row["scope"] == wanted):
        delivery = _delivery(each, each["starts_on"], each["ever_deployed"], each["has_incident_feed"])
        found[delivery.starts_on] = delivery
    return found


def _delivery(row: dict[str, Any], starts_on: str, is_deployed: bool, has_incidents: bool) -> DeliveryAt:
    told: dict[str, Any] = {name: row[name] for name in COUNTED} | {name: decimal(row[name]) for name in LASTING}
    return DeliveryAt(date.fromisoformat(starts_on), is_deployed, has_incidents, **told)
