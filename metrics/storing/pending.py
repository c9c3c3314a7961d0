"""Deliveries that were received and whose records are not yet among the facts."""

import json
from uuid import UUID

from django.db import connection, transaction

from metrics.models import PendingDelivery
from metrics.normal import ProductRecord, Record, from_json
from metrics.storing.store import store

# Taken in order of arrival. Another worker takes the next ones, and waits for the settings of a product that both store.
TAKE = """
SELECT p.delivery, s.product_id, d.records FROM (
    SELECT delivery, source_id FROM metrics_pendingdelivery ORDER BY delivery LIMIT %s FOR UPDATE SKIP LOCKED
) p
JOIN metrics_deliverysource s ON s.id = p.source_id
JOIN metrics_delivery d ON d.id = p.delivery
ORDER BY p.delivery
"""
BATCH = 500


def has_pending() -> bool:
    return PendingDelivery.objects.exists()


def apply_pending() -> int:
    """Store the records of waiting deliveries, batch by batch; how many deliveries."""
    done = 0
    while taken := _apply_batch():
        done += taken
    return done


@transaction.atomic
def _apply_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [BATCH])
        taken = cursor.fetchall()
    if taken:
        told = [(product, record) for _number, product, records in taken for record in _records(records)]
        store(_facts(told), delivery=max(number for number, _product, _records in taken))
        PendingDelivery.objects.filter(delivery__in=[number for number, _product, _records in taken]).delete()
    return len(taken)


def _records(kept: list[dict[str, object]] | str) -> list[Record]:
    return [from_json(each) for each in (json.loads(kept) if isinstance(kept, str) else kept)]


def _facts(told: list[tuple[UUID, Record]]) -> list[tuple[UUID, Record]]:
    """What a pipeline may tell: how a product is measured is settled by people."""
    return [(product, record) for product, record in told if not isinstance(record, ProductRecord)]
