"""The computed months as rows of text: the columns of record in their order (dora.md §6). Empty means nothing to measure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q

from metrics.compiling import METHOD
from metrics.models import DeliverySettings, DoraSnapshot, MetricsPolicy
from metrics.states import Period, Scope
from products.fiscal import add_months

COLUMNS = (
    "product",
    "month",
    "timezone",
    "level_set",
    "method_version",
    "deployment_count",
    "deployment_days",
    "deploys_per_day",
    "deployment_frequency_level",
    "change_count",
    "lead_time_p50_seconds",
    "lead_time_p90_seconds",
    "lead_time_mean_seconds",
    "lead_time_level",
    "failed_deployment_count",
    "change_failure_rate",
    "change_failure_level",
    "restored_incident_count",
    "time_to_restore_p50_seconds",
    "time_to_restore_p90_seconds",
    "time_to_restore_level",
    "recovery_p50_seconds",
    "rework_rate",
    "open_incidents_at_month_end",
    "dq_negative_lead_time",
    "dq_negative_restore",
)


def measured_products(names: Sequence[str] | None) -> list[DeliverySettings]:
    """The measured products named by key or code (all when None), by key. CommandError for one that is not known."""
    rows = DeliverySettings.objects.select_related("product").order_by("key")
    if names is None:
        return list(rows)
    found = list(rows.filter(Q(key__in=names) | Q(product__code__in=names)))
    known = {name for row in found for name in (row.key, row.product.code)}
    if unknown := [name for name in names if name not in known]:
        raise CommandError(f"No deliveries are measured for {', '.join(unknown)}.")
    return found


def exported_rows(products: Iterable[DeliverySettings], first: date, last: date) -> Iterator[list[str]]:
    """One row per product and computed month, product by product, in order of time."""
    policy = MetricsPolicy.objects.get()
    for settings in products:
        rows = DoraSnapshot.objects.filter(
            product=settings.product_id,
            scope=Scope.PRODUCT,
            period=Period.MONTH,
            starts_on__range=(first, last),
            level_set=policy.level_set,
            method_version=METHOD,
        )
        for row in rows.current():
            yield [told(value) for value in values_of(row, settings.key).values()]


def values_of(row: DoraSnapshot, key: str) -> dict[str, Any]:
    """Every column of one month; what is a ratio is made from its counts."""
    days = (add_months(row.starts_on, 1) - row.starts_on).days
    named = {
        "product": key,
        "month": f"{row.starts_on:%Y-%m}",
        "deploys_per_day": row.deployment_count / days,
        "change_failure_rate": ratio(row.failed_deployment_count, row.deployment_count),
        "rework_rate": ratio(row.rework_count, row.deployment_count),
        "open_incidents_at_month_end": row.open_incidents,
        "failed_deployment_count": row.failed_deployment_count,
    }
    return {column: named[column] if column in named else getattr(row, column) for column in COLUMNS}


def ratio(part: int | None, whole: int) -> float | None:
    """Part of whole; None when there is no whole, or the part is not known."""
    return None if part is None or not whole else part / whole


def told(value: Any) -> str:
    """A value as text: empty for None, decimals without trailing zeros but for one."""
    if value is None:
        return ""
    return str(float(value)) if isinstance(value, Decimal) else str(value)
