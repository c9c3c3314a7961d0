"""The figures of the year beside the roadmap, as they stood at one instant: indicators, delivery by quarter, targets. One query.

A past instant sees the values entered, the quarters computed and the months declared by then.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from metrics.indicators.table import KpiAt, points_of
from metrics.models import DeclaredMonth, DoraSnapshot, DoraTarget, KpiValue, ProductKpi
from metrics.states import DeclaredState, Metric, Period, Scope
from products import fiscal
from products.models import Product
from roadmaps.reading.asof import gathered, states_of

KPI = ("definition__name_en", "definition__name_fr", "definition__unit_en", "definition__unit_fr", "definition__kind",
       "definition__direction", "definition__decimals", "definition__frequency")  # fmt: skip
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
    row = Product.objects.filter(pk=product.pk).annotate(
        kept=gathered(_kept(at, min(day, after)), "id", "target", *KPI),
        values_kept=gathered(_values(at), "product_kpi_id", "period", "value"),
        is_family=Exists(Product.objects.filter(head_id=OuterRef("pk"), parent__isnull=False)),
        quarters=gathered(_quarters(at, first, after), "starts_on", "scope", "ever_deployed", "has_incident_feed",
                          *COUNTED, *LASTING),
        declared=gathered(_declared(at, first, min(day, after)), "month", *COUNTED, *LASTING),
        targets=gathered(states_of(DoraTarget, at).filter(product_id=OuterRef("pk")), "metric", "value"),
    ).values_list("kept", "values_kept", "is_family", "quarters", "declared", "targets")  # fmt: skip
    kept, values, is_family, quarters, declared, targets = row.get()
    return Figures(
        kpis=_kpis(kept, values),
        quarters=_by_quarter(quarters, Scope.FAMILY if is_family else Scope.PRODUCT),
        declared=tuple(_delivery(each, each["month"], True, True) for each in declared),
        targets={Metric(each["metric"]): _decimal(each["value"]) or Decimal(0) for each in targets},
    )


def _kept(at: datetime | None, day: date) -> QuerySet[Any]:
    rows = states_of(ProductKpi, at).filter(product_id=OuterRef("pk"))
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _values(at: datetime | None) -> QuerySet[Any]:
    rows = KpiValue.objects.filter(product_kpi__product_id=OuterRef("pk"))
    return (rows.filter(entered_at__lte=at) if at else rows).current()


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


def _kpis(kept: list[dict[str, Any]], values: list[dict[str, Any]]) -> tuple[KpiAt, ...]:
    told: dict[Any, list[tuple[date, Decimal]]] = {}
    for each in values:
        value = date.fromisoformat(each["period"]), Decimal(str(each["value"]))
        told.setdefault(each["product_kpi_id"], []).append(value)
    return tuple(
        KpiAt(
            key=each["id"],
            target=_decimal(each["target"]),
            points=points_of(each["definition__frequency"], told.get(each["id"], ())),
            **{name.removeprefix("definition__"): each[name] for name in KPI},
        )
        for each in kept
    )


def _by_quarter(rows: list[dict[str, Any]], wanted: Scope) -> dict[date, DeliveryAt]:
    """The family's row where the product heads one, else its own; the other where it was all there was."""
    found: dict[date, DeliveryAt] = {}
    for each in sorted(rows, key=lambda row: row["scope"] == wanted):
        delivery = _delivery(each, each["starts_on"], each["ever_deployed"], each["has_incident_feed"])
        found[delivery.starts_on] = delivery
    return found


def _delivery(row: dict[str, Any], starts_on: str, is_deployed: bool, has_incidents: bool) -> DeliveryAt:
    told: dict[str, Any] = {name: row[name] for name in COUNTED} | {name: _decimal(row[name]) for name in LASTING}
    return DeliveryAt(date.fromisoformat(starts_on), is_deployed, has_incidents, **told)


def _decimal(value: Any) -> Decimal | None:
    """JSON has floats only; fourteen digits survive them."""
    return None if value is None else Decimal(str(value))
