"""Which months are to be computed: asked for, stale, or ended without a row. The missing row decides, not the clock."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from metrics.states import SnapshotReason
from products.fiscal import add_months

# Months from the first event of a product to the running one that have no final row of this level set and method.
MISSING = """
WITH begun AS (
    SELECT s.product_id, s.timezone,
        LEAST((SELECT min(d.finished_at) FROM metrics_deployment d WHERE d.product_id = s.product_id AND d.eligible),
            (SELECT min(i.started_at) FROM metrics_incident i WHERE i.product_id = s.product_id AND i.live)) AS at
    FROM metrics_deliverysettings s
), month AS (
    SELECT b.product_id, m.starts_on::date AS starts_on
    FROM begun b CROSS JOIN LATERAL generate_series(
        date_trunc('month', b.at AT TIME ZONE b.timezone),
        date_trunc('month', %(now)s AT TIME ZONE b.timezone), interval '1 month') AS m(starts_on)
)
SELECT product_id, starts_on FROM month
-- as sets: asked month by month, a server that does not know the table has grown would read it once for each
EXCEPT
SELECT product_id, starts_on FROM (
    SELECT DISTINCT ON (x.product_id, x.starts_on) x.product_id, x.starts_on, x.is_final FROM metrics_dorasnapshot x
    WHERE x.scope = 'product' AND x.period = 'month' AND x.level_set = %(level_set)s AND x.method_version = %(method)s
    ORDER BY x.product_id, x.starts_on, x.revision DESC
) latest
WHERE is_final
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Cell:
    """A month of a product to compute, and why."""

    product: UUID
    month: date
    reason: SnapshotReason
    cause: str = ""


def cells_missing(now: datetime, level_set: str, method: int) -> list[Cell]:
    """Months that have ended, or run, without a final row."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING, {"now": now, "level_set": level_set, "method": method})
        return [Cell(product, month, SnapshotReason.SCHEDULED) for product, month in cursor.fetchall()]


def months_between(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both included, as first days."""
    months = []
    while first <= last:
        months.append(first)
        first = add_months(first, 1)
    return months


def quarter_of(month: date, start_month: int) -> date:
    """The first day of the month's quarter in fiscal years that begin with `start_month`."""
    return add_months(month, -((month.month - start_month) % 3))
