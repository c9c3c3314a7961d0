"""Deliveries that were received and whose records are not yet among the facts."""

import json
from typing import Any
from uuid import UUID

import structlog
from django.db import OperationalError, connection, transaction

from metrics.models import DeliveryLogEntry, PendingDelivery
from metrics.normal import ProductRecord, Record, from_json
from metrics.states import LogOutcome
from metrics.storing.store import store
from records import clock

log = structlog.get_logger(__name__)
Taken = tuple[int, UUID, UUID, Any]  # number, product, source, records
# Taken in order of arrival. Another worker takes the next ones, and waits for the settings of a product that both store.
TAKE = """
SELECT p.delivery, s.product_id, p.source_id, d.records FROM (
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
        taken: list[Taken] = cursor.fetchall()
    if taken:
        try:
            _store(taken)
        except OperationalError:
            raise  # the database is busy or away: the same deliveries will do another time
        except Exception:
            log.exception("batch of deliveries not stored; each is tried alone", deliveries=len(taken))
            _store_one_by_one(taken)
        PendingDelivery.objects.filter(delivery__in=[number for number, *_rest in taken]).delete()
    return len(taken)


@transaction.atomic
def _store(taken: list[Taken]) -> None:
    told = [(product, record) for _number, product, _source, records in taken for record in _records(records)]
    store(_facts(told), delivery=max(number for number, *_rest in taken))


def _store_one_by_one(taken: list[Taken]) -> None:
    """What cannot be stored is said in its source's log and holds nobody else up; its bytes stay among the deliveries."""
    for one in taken:
        try:
            _store([one])
        except OperationalError:
            raise
        except Exception as error:
            number, _product, source, _records = one
            log.exception("delivery not stored", delivery=number)
            DeliveryLogEntry.objects.create(
                source_id=source,
                at=clock.now(),
                outcome=LogOutcome.REFUSED,
                reason="not_stored",
                detail=type(error).__name__,
                delivery=number,
            )


def _records(kept: list[dict[str, object]] | str) -> list[Record]:
    return [from_json(each) for each in (json.loads(kept) if isinstance(kept, str) else kept)]


def _facts(told: list[tuple[UUID, Record]]) -> list[tuple[UUID, Record]]:
    """What a pipeline may tell: how a product is measured is settled by people."""
    return [(product, record) for product, record in told if not isinstance(record, ProductRecord)]
