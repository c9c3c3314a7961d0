"""The machine's work on months: stale ones, ended ones, closings. Each finds its work in rows, so twice changes nothing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import Truncator

from metrics.compiling.cells import Cell, cells_missing, months_between
from metrics.compiling.run import LOCK, METHOD, Outcome, compile_cells
from metrics.models import DeliverySettings, MetricsPolicy, StaleMonth
from metrics.states import SnapshotReason
from records import clock
from records.actors import SYSTEM

# Stale months are taken here and given back by the rollback if the worker dies; whoever holds some leaves the others.
TAKE = """
WITH taken AS (
    DELETE FROM metrics_stalemonth WHERE id IN (
        SELECT id FROM metrics_stalemonth WHERE NOT waits_for_approval ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING id, product_id, month, reason, detail
)
SELECT product_id, month,
    -- a month that people corrected says so, whatever a pipeline told besides
    (array_agg(reason ORDER BY detail = '', id DESC))[1],
    COALESCE(array_agg(detail ORDER BY id) FILTER (WHERE detail <> ''), '{}')
FROM taken GROUP BY product_id, month ORDER BY product_id, month
"""
# The months whose closing day has come in the product's zone, with their current revision; a declared month stays open
# to the act that declared it and is not closed here.
CLOSE = """
INSERT INTO metrics_monthclosing (product_id, month, revision_id, closed_at, closed_by_id, closed_by_name)
SELECT x.product_id, x.starts_on, x.id, %(now)s, %(by)s, %(name)s
FROM (
    SELECT DISTINCT ON (x.product_id, x.starts_on) x.id, x.product_id, x.starts_on, x.is_final
    FROM metrics_dorasnapshot x
    WHERE x.scope = 'product' AND x.period = 'month' AND x.level_set = %(level_set)s AND x.method_version = %(method)s
        AND NOT EXISTS (
            SELECT FROM metrics_monthclosing c WHERE c.product_id = x.product_id AND c.month = x.starts_on)
    ORDER BY x.product_id, x.starts_on, x.revision DESC
) x
JOIN metrics_deliverysettings s ON s.product_id = x.product_id
WHERE x.is_final
    AND ((x.starts_on + interval '1 month')::date + %(closing_day)s - 1)::timestamp AT TIME ZONE s.timezone <= %(now)s
ON CONFLICT (product_id, month) DO NOTHING
"""
BATCH = 20_000
LONGEST_CAUSE = 200


@transaction.atomic
def compile_stale() -> Outcome:
    """Compute the months whose events changed. Taken and computed in one transaction: a killed worker changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [BATCH])
        taken = cursor.fetchall()
    running = _running(row[0] for row in taken)
    # An event dated in the future waits for its month: the row that is missing then will ask for it.
    cells = [
        Cell(product, month, reason, _cause(details))
        for product, month, reason, details in taken
        if month <= running[product]
    ]
    return compile_cells(cells)


def _running(products: Iterable[UUID] | None = None) -> dict[UUID, date]:
    """The month that runs where each product works, of the measured ones or of these: east of UTC it begins hours before."""
    rows = DeliverySettings.objects.order_by("product_id")
    if products is not None:
        rows = rows.filter(product__in=set(products))
    zones = rows.values_list("product_id", "timezone")
    return {product: clock.today(zone).replace(day=1) for product, zone in zones}


def _cause(details: list[str]) -> str:
    """Every reason that was given, each once, as far as a revision has room."""
    return Truncator("; ".join(dict.fromkeys(details))).chars(LONGEST_CAUSE)


def compile_missing() -> Outcome:
    """Compute the months that ended, or run, without a final row."""
    policy = MetricsPolicy.objects.get()
    return compile_cells(cells_missing(clock.now(), policy.level_set, METHOD))


@transaction.atomic
def close_due() -> int:
    """Close the months whose closing day has come; how many."""
    policy = MetricsPolicy.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(
            CLOSE,
            {
                "now": clock.now(),
                "by": SYSTEM.pk,
                "name": SYSTEM.get_full_name(),
                "level_set": policy.level_set,
                "method": METHOD,
                "closing_day": policy.closing_day,
            },
        )
        return cursor.rowcount


@transaction.atomic
def compile_months(*, first: date, last: date, products: Iterable[UUID] | None = None) -> tuple[Outcome, int]:
    """Compute every month from `first` to `last` of the products (all measured ones by default), then close what is due.

    Returns what was compiled, and how many closed months are left as they are because their new figures wait for approval.
    Months that have not begun are left out.
    """
    running = _running(products)
    held = set(StaleMonth.objects.filter(waits_for_approval=True).values_list("product_id", "month"))
    until = min(last, max(running.values(), default=last))
    months = months_between(first, until)
    wanted = [(product, month) for month in months for product in running if month <= running[product]]
    cells = [Cell(product, month, SnapshotReason.BACKFILL) for product, month in wanted if (product, month) not in held]
    outcome = compile_cells(cells)
    close_due()
    return outcome, len(wanted) - len(cells)
