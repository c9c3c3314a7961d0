"""Taking a delivery: what is known of its source in one statement, what becomes of it in another (scale.md: 3 at most).

Receipt, bytes, records, the promise to apply them and the line in the source's log stand or fall together, because they are
one statement. The receipt's unique key is what makes a delivery count once, however many copies arrive at the same time. The
line says when by the business clock, as everything people read.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from metrics.adapters.envelope import Feed
from metrics.normal import Reading, to_json
from metrics.sealing import unseal
from metrics.states import LogOutcome
from records import clock

SOURCE = """
SELECT s.product_id, s.kind, s.is_active, s.name, s.repository, s.default_branch, s.incident_label, s.counts_releases,
    p.code, k.key,
    (SELECT json_agg(x.sealed) FROM metrics_sourcesecret x
        WHERE x.source_id = s.id AND (x.retires_at IS NULL OR x.retires_at > %(now)s)),
    (SELECT json_object_agg(e.name, e.environment) FROM metrics_environmentmapping e WHERE e.source_id = s.id),
    (SELECT json_object_agg(w.name, w.environment) FROM metrics_workflowmapping w WHERE w.source_id = s.id)
FROM metrics_deliverysource s
JOIN products_product p ON p.id = s.product_id
LEFT JOIN metrics_deliverysettings k ON k.product_id = s.product_id
WHERE s.id = %(id)s
"""
# A copy finds the receipt taken (or waits until whoever is taking it is done): then only the log grows.
STORE = """
WITH receipt AS (
    INSERT INTO metrics_deliveryreceipt (source_id, key, delivery)
    VALUES (%(source)s, %(key)s, nextval('metrics_delivery_id_seq'))
    ON CONFLICT (source_id, key) DO NOTHING RETURNING delivery
), raw AS (
    INSERT INTO metrics_delivery (id, product_id, source_id, event, body, records)
    SELECT delivery, %(product)s, %(source)s, %(event)s, %(body)s, %(records)s::jsonb FROM receipt
), pending AS (
    INSERT INTO metrics_pendingdelivery (delivery, source_id)
    SELECT delivery, %(source)s FROM receipt WHERE %(is_used)s
), logged AS (
    INSERT INTO metrics_deliverylogentry (source_id, at, outcome, event, key, reason, detail, delivery)
    SELECT %(source)s, %(now)s, CASE WHEN r.delivery IS NULL THEN 'duplicate' ELSE %(outcome)s END, %(event)s, %(key)s,
        CASE WHEN r.delivery IS NULL THEN '' ELSE %(reason)s END, CASE WHEN r.delivery IS NULL THEN '' ELSE %(detail)s END,
        r.delivery
    FROM (SELECT 1) once LEFT JOIN receipt r ON true
)
SELECT delivery FROM receipt
"""
FIRST = "SELECT delivery FROM metrics_deliveryreceipt WHERE source_id = %(source)s AND key = %(key)s"
# What anybody can send without a secret must neither fill the log nor cost more the longer the log is: so many lines a
# minute among the latest of a source.
REFUSALS_A_MINUTE, LATEST = 60, 200
REFUSE = """
INSERT INTO metrics_deliverylogentry (source_id, at, outcome, event, key, reason, detail)
SELECT %(source)s, %(now)s, 'refused', %(event)s, %(key)s, %(reason)s, %(detail)s
WHERE (SELECT count(*) FROM (
    SELECT outcome, at FROM metrics_deliverylogentry WHERE source_id = %(source)s ORDER BY id DESC LIMIT %(latest)s
) lately WHERE outcome = 'refused' AND at > %(now)s::timestamptz - interval '1 minute') < %(most)s
"""


@dataclass(frozen=True)
class Known:
    """A source as the endpoint needs it. Its secrets are still sealed."""

    id: UUID
    product_id: UUID
    is_active: bool
    feed: Feed
    sealed: tuple[str, ...]

    def secrets(self) -> list[str]:
        """Every secret in force. Raises Unsealable."""
        return [unseal(each) for each in self.sealed]


@dataclass(frozen=True)
class Taken:
    """What became of a delivery: its number, and whether it had been received before."""

    delivery: int
    is_new: bool


def find_source(number: UUID) -> Known | None:
    """The source of an address, read anew for every delivery so that a replaced secret counts at once."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCE, {"id": number, "now": clock.now()})
        row = cursor.fetchone()
    if row is None:
        return None
    product, kind, is_active, name, repository, branch, label, releases, code, key, sealed, environments, workflows = (
        row
    )
    feed = Feed(
        name=name,
        kind=kind,
        repository=repository,
        default_branch=branch,
        incident_label=label,
        counts_releases=releases,
        keys=tuple(each for each in (key, code) if each),
        environments=_parsed(environments, {}),
        workflows=_parsed(workflows, {}),
    )
    return Known(number, product, is_active, feed, tuple(_parsed(sealed, [])))


def _parsed(value: Any, default: Any) -> Any:
    return (json.loads(value) if isinstance(value, str) else value) or default


def take(source: Known, key: str, body: bytes, reading: Reading) -> Taken:
    """Store a genuine delivery once; a copy is only noted."""
    values: dict[str, Any] = {
        "source": source.id,
        "now": clock.now(),
        "product": source.product_id,
        "key": key,
        "body": body,
        "records": json.dumps([to_json(record) for record in reading.records]),
        "is_used": bool(reading.records),
        "outcome": LogOutcome.ACCEPTED if reading.records else LogOutcome.IGNORED,
        "event": reading.event[:100],
        "reason": reading.reason,
        "detail": reading.detail[:500],
    }
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        row = cursor.fetchone()
        if row is not None:
            return Taken(row[0], True)
        cursor.execute(FIRST, values)
        return Taken(cursor.fetchone()[0], False)


def note_refusal(source: UUID, *, event: str, key: str, reason: str, detail: str) -> None:
    """A line in the source's log about a delivery that was not taken, within reason."""
    values: dict[str, Any] = {
        "source": source,
        "now": clock.now(),
        "event": event[:100],
        "key": key[:200],
        "reason": reason,
        "detail": detail[:500],
    }
    with connection.cursor() as cursor:
        cursor.execute(REFUSE, values | {"most": REFUSALS_A_MINUTE, "latest": LATEST})
