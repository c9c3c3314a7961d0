"""What the measures of delivery cost on five million rows, beside one statement written by hand (dora.md §5).

Everything is computed in transactions that are taken back, so that a run leaves the database as it found it and the next
one measures the same. The promises to other tables are asked for before, as at the end of a transaction that stays.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from statistics import median
from uuid import UUID

from django.db import connection, transaction

from metrics.compiling import Cell, compile_cells, months_between
from metrics.models import DeliverySettings
from metrics.states import SnapshotReason
from portfolio.bench.backend import Cost, observed, timed
from portfolio.bench.by_hand import BY_HAND, DIFFERENT
from portfolio.bench.line import Line
from portfolio.corpus.deliveries import NOW
from products.fiscal import add_months
from records import clock

LAST = add_months(NOW.date().replace(day=1), -1)
FIRST = add_months(LAST, -59)
ROUNDS = 7
# Last digits of the numbers of products that deploy as often as each other: since a year, and since five.
YOUNG, OLD = "9", "4"
PRODUCT_MONTHS = ("product", "month")


def deliveries() -> Iterator[Line]:
    """Every measurement, the short ones first. The database holds a corpus with deliveries of five years."""
    products = dict(DeliverySettings.objects.order_by("key").values_list("key", "product_id"))
    with clock.at(NOW):
        yield _month(list(products.values()))
        yield _history(products)
        yield _product_month(next(iter(products.values())))
        yield from _five_years(list(products.values()))


def _month(products: Sequence[UUID]) -> Line:
    with observed() as cost, _taken_back():
        compile_cells(_cells(products, LAST, LAST))
    what = f"A month of {len(products):,} products, quarters and families too"
    return Line(what, cost.seconds * 1000, "ms", 5_000)


def _history(products: dict[str, UUID]) -> Line:
    """The same month of as many products with as many events in it, by turns."""
    took: dict[str, list[float]] = {YOUNG: [], OLD: []}
    for _round in range(ROUNDS):
        for group, times in took.items():
            times.append(_seconds(_cells([pk for key, pk in products.items() if key.endswith(group)], LAST, LAST)))
    # The least of several: the other processes of a machine only ever add.
    short, long = (min(took[group]) * 1000 for group in (YOUNG, OLD))
    what = f"A month with 60 months of history; with 12 it takes {short:,.0f} ms"
    return Line(what, long, "ms", short * 1.25)


def _product_month(product: UUID) -> Line:
    took = median(_seconds(_cells([product], LAST, LAST)) for _round in range(ROUNDS))
    return Line("A month of one product, after a late event", took * 1000, "ms", 100)


def _five_years(products: Sequence[UUID]) -> Iterator[Line]:
    """Rebuilt, and held to the statement by hand: seconds, memory, and every figure."""
    with observed() as by_hand, _taken_back():
        _ask(BY_HAND)
    with observed() as running, _taken_back():
        compile_cells(_cells(products, FIRST, LAST))
        cost = replace(running, by_kind=dict(running.by_kind))
        _ask(BY_HAND)
        different = _ask(DIFFERENT)
    yield Line(f"Five years rebuilt, {60 * len(products):,} months of products", cost.seconds, "s", 60)
    yield _beside(cost, by_hand)
    if by_hand.megabytes:
        what = f"Memory of the database for five years; by hand {by_hand.megabytes:,.0f} MB"
        yield Line(what, cost.megabytes, "MB", by_hand.megabytes * 1.1)
        what = f"Processor of the database for five years; by hand {by_hand.processor:,.0f} s, one pass"
        yield Line(what, cost.processor, "s", 60)
    yield Line("Months whose figures are not those of the statement by hand", different, "months", 0)


def _beside(cost: Cost, by_hand: Cost) -> Line:
    """Months of products alone, which is what the statement by hand computes."""
    alone, floor = cost.by_kind[PRODUCT_MONTHS], by_hand.seconds
    what = f"Of them the months alone; by hand {floor:,.0f} s"
    return Line(what, alone, "s", floor * 1.5, alone / floor)


def _cells(products: Sequence[UUID], first: date, last: date) -> list[Cell]:
    return [Cell(pk, month, SnapshotReason.SCHEDULED) for month in months_between(first, last) for pk in products]


def _seconds(cells: Sequence[Cell]) -> float:
    with timed() as cost, _taken_back():
        compile_cells(cells)
    return cost.seconds


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        _ask("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def _ask(sql: str) -> int:
    """Run it over the five years; the number it answers with, if it answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": FIRST, "last": LAST} if "%(" in sql else None)
        return int(cursor.fetchone()[0]) if cursor.description else 0
