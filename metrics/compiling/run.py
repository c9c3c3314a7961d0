"""Run the statement over cells: months of products, then the quarters and families they are part of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from metrics.compiling.cells import Cell, quarter_of
from metrics.compiling.groups import groups_that_differ
from metrics.compiling.levels import Levels, levels
from metrics.compiling.statement import statement
from metrics.models import MetricsPolicy, StaleMonth
from metrics.states import Metric, Period, Scope, SnapshotReason
from products.fiscal import add_months
from products.models import Product
from records import clock

METHOD = 1
# No zone is further from UTC; the exact zone is asked inside the statement.
WIDEST_OFFSET = timedelta(hours=14)
# Cells of one statement, about: the memory of the database is that of so many, however many years are computed.
TOGETHER = 20_000
USUAL_START = 4  # of fiscal years
MONTHS_IN = {Period.MONTH: 1, Period.QUARTER: 3}
VALUES = {
    Metric.DEPLOYMENT_FREQUENCY.value: "CASE WHEN m.ever_deployed THEN m.deployment_count END",
    Metric.LEAD_TIME.value: "m.lead_time_p50_seconds",
    Metric.CHANGE_FAILURE.value: "m.failed_deployment_count::numeric / NULLIF(m.deployment_count, 0)",
    Metric.TIME_TO_RESTORE.value: "m.time_to_restore_p50_seconds",
}
# A month of a large house takes longer than anybody waits for a page; nobody waits for this one but the next compilation.
LOCK = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(hashtext('metrics.compile'))"


@dataclass
class Outcome:
    """Months of products that were compiled, and how many of them got a new revision."""

    compiled: int = 0
    changed: int = 0

    @property
    def unchanged(self) -> int:
        return self.compiled - self.changed


@transaction.atomic
def compile_cells(cells: Sequence[Cell]) -> Outcome:
    """Compute the cells, one of each product and month. The same events give the same values, so twice changes nothing."""
    if not cells:
        return Outcome()
    policy = MetricsPolicy.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    known = levels(policy.level_set, VALUES, days="m.days")
    changed = 0
    for some in _runs(cells):
        changed += _keep(some, Scope.PRODUCT, Period.MONTH, policy.level_set, known)
        for scope, period, wider in _wider(some):
            _keep(wider, scope, period, policy.level_set, None)
    return Outcome(len(cells), changed)


@transaction.atomic
def compile_groups() -> int:
    """Compute the families and quarters that no longer fit their months; how many got a new revision."""
    policy = MetricsPolicy.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    found: dict[tuple[Scope, Period], list[Cell]] = defaultdict(list)
    held = _held()
    for group in groups_that_differ(policy.level_set, METHOD):
        if (group.product, group.starts_on) in held[group.period]:
            continue
        found[group.scope, group.period].append(Cell(group.product, group.starts_on, SnapshotReason.SCHEDULED))
    return sum(_keep(cells, scope, period, policy.level_set, None) for (scope, period), cells in found.items())


def _runs(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells whose months follow each other are computed together; a gap begins another statement, and so does fullness."""
    runs: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda each: (each.month, each.product)):
        if runs and cell.month <= add_months(runs[-1][-1].month, 1) and not _is_full(runs[-1], cell.month):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _is_full(run: Sequence[Cell], month: date) -> bool:
    """Never in the midst of most departments' quarters, which would then be computed twice."""
    return len(run) >= TOGETHER and run[-1].month < month == quarter_of(month, USUAL_START)


def _keep(cells: Sequence[Cell], scope: Scope, period: Period, level_set: str, known: Levels | None) -> int:
    first, last = min(cell.month for cell in cells), max(cell.month for cell in cells)
    with connection.cursor() as cursor:
        cursor.execute(
            statement(scope, period, known),
            {
                "scopes": [cell.product for cell in cells],
                "starts": [cell.month for cell in cells],
                "reasons": [cell.reason for cell in cells],
                "causes": [cell.cause for cell in cells],
                "step": f"{MONTHS_IN[period]} months",
                "unit": period.value,
                "scope": scope.value,
                "since": _midnight(first) - WIDEST_OFFSET,
                "until": _midnight(add_months(last, MONTHS_IN[period])) + WIDEST_OFFSET,
                "now": clock.now(),
                "level_set": level_set,
                "method": METHOD,
                **(known.params if known else {}),
            },
        )
        return cursor.rowcount


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _wider(cells: Sequence[Cell]) -> list[tuple[Scope, Period, list[Cell]]]:
    """The family months and quarters, and the quarters of heads that stand alone, which these months are part of."""
    rows = Product.objects.filter(pk__in={cell.product for cell in cells})
    heads, starts = {}, {}
    for product, head, start in rows.values_list("pk", "head_id", "head__department__fiscal_start_month"):
        heads[product], starts[head] = head, start
    families = set(
        Product.objects.filter(head__in=set(heads.values()), parent__isnull=False).values_list("head_id", flat=True)
    )
    of_family = [replace(cell, product=heads[cell.product]) for cell in cells if heads[cell.product] in families]
    alone = [cell for cell in cells if heads[cell.product] not in families]
    held = _held()
    wider = [
        (Scope.FAMILY, Period.MONTH, _once(of_family)),
        (Scope.FAMILY, Period.QUARTER, _once(_quarters(of_family, starts))),
        (Scope.PRODUCT, Period.QUARTER, _once(_quarters(alone, starts))),
    ]
    free = [
        (scope, period, [cell for cell in some if (cell.product, cell.month) not in held[period]])
        for scope, period, some in wider
    ]
    return [each for each in free if each[2]]


def _held() -> dict[Period, set[tuple[UUID, date]]]:
    """Months and quarters of families with a month that waits for approval: they wait with it, else they would tell it."""
    waiting = StaleMonth.objects.filter(waits_for_approval=True).values_list(
        "product__head_id", "month", "product__head__department__fiscal_start_month"
    )
    return {
        Period.MONTH: {(head, month) for head, month, _start in waiting},
        Period.QUARTER: {(head, quarter_of(month, start)) for head, month, start in waiting},
    }


def _quarters(cells: Iterable[Cell], starts: dict[UUID, int]) -> list[Cell]:
    """The quarters of the cells in the fiscal year of each one's department."""
    return [replace(cell, month=quarter_of(cell.month, starts[cell.product])) for cell in cells]


def _once(cells: Iterable[Cell]) -> list[Cell]:
    """One cell of each product and start; the first reason stands for all."""
    found: dict[tuple[UUID, date], Cell] = {}
    for cell in cells:
        found.setdefault((cell.product, cell.month), cell)
    return list(found.values())
