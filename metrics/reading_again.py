"""Reading kept deliveries anew after the team said what a source's names mean: the bytes are there, nobody sends them again."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from metrics import adapters
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.generic import Faulty
from metrics.normal import Record
from metrics.receiving import find_source
from metrics.states import SnapshotReason
from metrics.storing import store

# By the receipts of the source, because the deliveries themselves lie in partitions by month and not by source.
NEXT = """
SELECT d.id, d.event, d.body FROM metrics_deliveryreceipt r JOIN metrics_delivery d ON d.id = r.delivery
WHERE r.source_id = %s AND r.delivery > %s ORDER BY r.delivery LIMIT %s
"""
BATCH = 500


@transaction.atomic
def read_again(source: UUID) -> int:
    """Store what the source's deliveries tell as it reads now; how many deliveries. In their order, so that the same wins."""
    known = find_source(source)
    if known is None:
        return 0
    done = last = 0
    while rows := _next(source, last):
        told = [(known.product_id, record) for _id, event, body in rows for record in _records(known.feed, event, body)]
        if told:
            store(told, reason=SnapshotReason.CORRECTION, detail=known.feed.name)
        done, last = done + len(rows), rows[-1][0]
    return done


def _next(source: UUID, after: int) -> list[tuple[int, str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [source, after, BATCH])
        return [(number, event, bytes(body)) for number, event, body in cursor.fetchall()]


def _records(feed: Feed, event: str, body: bytes) -> Iterator[Record]:
    """The records of a kept delivery; it was readable when it came, and stays as it was where it no longer is."""
    try:
        payload = adapters.payload_of(feed.kind, body)
        yield from adapters.read(Arrival({"x-github-event": event}, body, payload), feed).records
    except (adapters.InvalidJson, Faulty):
        return
