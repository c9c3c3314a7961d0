"""What the corpus keeps for good: versions of briefs, and an audit trail whose chains hold. Streamed, never held in memory."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from portfolio.corpus.counts import Counts
from portfolio.corpus.rows import BY, BY_NAME
from products.brief.canonical import brief_content
from products.models import BriefVersion, Product
from records import trail
from records.models import AuditEvent, ChainHead

FIRST = datetime(2021, 1, 4, 15, 0, tzinfo=UTC)
BETWEEN = timedelta(days=30)
EVENT = (*AuditEvent.HASHED, "previous_hash", "hash")
VERSION = (
    *("id", "product_id", "number", "schema", "content", "sha256", "note"),
    *("published_at", "published_by_id", "published_by_name"),
)


def write_papers(counts: Counts) -> None:
    """Brief versions dealt to the heads in turn; an event for each registration and each publication."""
    heads = list(
        Product.objects.filter(changed_by_id=BY, parent__isnull=True)
        .order_by("code")
        .values_list("pk", "code", "name_en")
    )
    _write_versions(counts, heads)
    _write_trail(counts, heads)


def key_of(kind: str, *parts: object) -> UUID:
    """As `rows.key`, computed here."""
    text = ":".join(str(part) for part in parts)
    return UUID(hashlib.md5(f"corpus:{kind}:{text}".encode(), usedforsecurity=False).hexdigest())


def versions_of(counts: Counts, heads: int, h: int) -> int:
    """How many versions head number `h` has."""
    return counts.brief_versions // heads + (h < counts.brief_versions % heads)


def published_at(number: int) -> datetime:
    """Version after version, a month apart."""
    return FIRST + BETWEEN * number


def _write_versions(counts: Counts, heads: list[Any]) -> None:
    template = brief_content(Product.objects.get(pk=heads[0][0]))
    _copy(BriefVersion, VERSION, _versions(counts, heads, template))


def _versions(counts: Counts, heads: list[Any], template: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for h, (pk, code, name) in enumerate(heads):
        for number in range(1, versions_of(counts, len(heads), h) + 1):
            content = template | {
                "code": code,
                "name": {"en": name, "fr": name.replace("Product", "Produit")},
                "summary": {"en": f"Wording {number}", "fr": f"Libellé {number}"},
            }
            text = trail.canonical(content)
            yield (
                key_of("brief version", pk, number),
                pk,
                number,
                1,
                text.decode(),
                hashlib.sha256(text).hexdigest(),
                f"Version {number}",
                published_at(number),
                BY,
                BY_NAME,
            )


def _write_trail(counts: Counts, heads: list[Any]) -> None:
    last: dict[str, tuple[int, str]] = {}
    _copy(AuditEvent, EVENT, _events(counts, heads, last))
    _copy(ChainHead, ("chain", "number", "hash"), ((chain, *head) for chain, head in last.items()))


def _events(counts: Counts, heads: list[Any], last: dict[str, tuple[int, str]]) -> Iterator[tuple[Any, ...]]:
    for h, (pk, code, name) in enumerate(heads):
        chain = f"product:{pk}"
        told = [("product registered", "products.product", pk, name, FIRST, {"code": [None, code]})]
        for number in range(1, versions_of(counts, len(heads), h) + 1):
            subject = key_of("brief version", pk, number)
            changes = {"number": [number - 1 or None, number]}
            told.append(
                ("brief published", "products.briefversion", subject, f"{name} {number}", published_at(number), changes)
            )
        for event in _chained(chain, told):
            last[chain] = (event.number, event.hash)
            values = [getattr(event, field) for field in EVENT]
            values[EVENT.index("changes")] = json.dumps(event.changes)
            yield tuple(values)


def _chained(chain: str, told: list[tuple[Any, ...]]) -> Iterator[AuditEvent]:
    previous = trail.GENESIS
    for number, (event, kind, subject, name, at, changes) in enumerate(told, start=1):
        row = AuditEvent(
            chain=chain,
            number=number,
            at=at,
            event=event,
            actor_id=BY,
            actor_name=BY_NAME,
            subject_kind=kind,
            subject_id=str(subject),
            subject_name=name,
            changes=changes,
            previous_hash=previous,
        )
        row.hash = previous = trail.digest(row)
        yield row


def _copy(model: Any, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
