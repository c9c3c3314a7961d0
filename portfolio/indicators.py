"""The indicators a product keeps, with their values, as columns of the question that finds the product: now or at an instant."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q

from metrics.indicators.table import KpiAt, KpiRow, grouped, points_of, row_of, span_of
from metrics.models import KpiValue, ProductKpi
from products.models import Product
from products.models.product import ProductQuerySet
from roadmaps.reading.asof import gathered, states_of

KPI = ("definition__name_en", "definition__name_fr", "definition__unit_en", "definition__unit_fr", "definition__kind",
       "definition__direction", "definition__decimals", "definition__frequency")  # fmt: skip


def with_indicators(products: ProductQuerySet, day: date, at: datetime | None = None) -> ProductQuerySet:
    """`kept_rows`, the indicators kept on `day`, and `kept_values`, the revision of each value that stood at `at` (now)."""
    kept = states_of(ProductKpi, at).filter(product_id=OuterRef("pk"))
    kept = kept.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by("starts_on", "id")
    values = KpiValue.objects.filter(product_kpi__product_id=OuterRef("pk"))
    values = (values.filter(entered_at__lte=at) if at else values).current()
    return products.annotate(
        kept_rows=gathered(kept, "id", "target", *KPI),
        kept_values=gathered(values, "product_kpi_id", "period", "value"),
    )


def indicators_of(product: Any) -> tuple[KpiAt, ...]:
    """The indicators of a product that carries `with_indicators`."""
    told: dict[Any, list[tuple[date, Decimal]]] = {}
    for each in product.kept_values:
        value = date.fromisoformat(each["period"]), Decimal(str(each["value"]))
        told.setdefault(each["product_kpi_id"], []).append(value)
    return tuple(
        KpiAt(
            key=each["id"],
            target=decimal(each["target"]),
            points=points_of(each["definition__frequency"], told.get(each["id"], ())),
            **{name.removeprefix("definition__"): each[name] for name in KPI},
        )
        for each in product.kept_rows
    )


def rows_of(product: Product, year: int, day: date) -> list[KpiRow]:
    """The lines of `year`, seen on `day`, of a product that carries `with_indicators`; by kind, by name within."""
    span = span_of(product, year, day)
    rows = [row_of(each, span) for each in indicators_of(product)]
    return [row for _kind, among in grouped(rows) for row in among]


def decimal(value: Any) -> Decimal | None:
    """JSON has floats only; fourteen digits survive them."""
    return None if value is None else Decimal(str(value))
