"""The audit trail: who did what to what, when, from what to what, why (domain.md §11; trust.md S-25).

Events are append-only (the database refuses UPDATE, DELETE and TRUNCATE) and hash-chained per product, else per
department, else for the installation. The hash of an event covers the previous hash and the event's canonical JSON, so a
changed, removed, added or reordered row breaks the chain at a row that `verify` names.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

from records import clock
from records.actors import Actor
from records.models import AuditEvent, ChainHead

GENESIS = "0" * 64
INSTALLATION = "installation"
BATCH = 2_000


def as_json(value: Any) -> Any:
    """The value as it stands in the trail: dates ISO, money and keys as text, records as their name."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Promise | Model | float):
        return str(value)
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(each) for each in value]
    raise TypeError(f"No place in the trail for a {type(value).__name__}.")


def canonical(content: Any) -> bytes:
    """The one byte form of `content` that is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def record(
    event: str, *, on: Any, by: Actor, changes: dict[str, Any] | None = None, reason: str = "", chain: str | None = None
) -> None:
    """Note `event` on the record `on` by `by`, inside the running act. Written when the act commits.

    `changes` maps a field to [before, after]. The chain is the record's own (`on.chain()`) unless given.
    Raises RuntimeError outside an act: an event without its act would prove nothing.
    """
    from records.acts import running

    current = running()
    if current is None:
        raise RuntimeError(f"'{event}' must be recorded inside an act.")
    current.events.append(
        AuditEvent(
            chain=chain or on.chain(),
            at=clock.now(),
            event=event,
            actor_id=str(by.pk),
            actor_name=by.get_full_name(),
            subject_kind=on._meta.label_lower,
            subject_id=str(on.pk),
            subject_name=str(on)[:300],
            changes=as_json(changes or {}),
            reason=str(reason),
        )
    )


def write_events(events: Iterable[AuditEvent]) -> None:
    """Append the events to their chains, heads locked in sorted order."""
    by_chain: dict[str, list[AuditEvent]] = {}
    for event in events:
        by_chain.setdefault(event.chain, []).append(event)
    for chain in sorted(by_chain):
        _append(chain, by_chain[chain])


def _append(chain: str, events: list[AuditEvent]) -> None:
    head = _locked_head(chain)
    for event in events:
        head.number += 1
        event.number, event.previous_hash = head.number, head.hash
        event.hash = head.hash = digest(event)
    AuditEvent.objects.bulk_create(events)
    head.save()


def _locked_head(chain: str) -> ChainHead:
    """The head of the chain, which begins with its first event."""
    heads = ChainHead.objects.select_for_update().filter(chain=chain)
    if (head := heads.first()) is None:
        ChainHead.objects.bulk_create([ChainHead(chain=chain, number=0, hash=GENESIS)], ignore_conflicts=True)
        head = heads.get()
    return head


def digest(event: AuditEvent) -> str:
    """SHA-256 over the previous hash and the event's canonical content, as 64 hexadecimal digits."""
    content = {name: as_json(getattr(event, name)) for name in AuditEvent.HASHED}
    return hashlib.sha256(event.previous_hash.encode() + canonical(content)).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain stops being true."""

    chain: str
    number: int
    event_id: int | None
    why: str


def verify(chain: str) -> Break | None:
    """The first bad row of `chain`, or None when every row follows from the one before up to the head."""
    previous, expected = GENESIS, 1
    for event in AuditEvent.objects.filter(chain=chain).order_by("number", "pk").iterator(chunk_size=BATCH):
        if event.number != expected:
            return Break(chain, expected, event.pk, f"number {event.number} stands where {expected} should")
        if event.previous_hash != previous:
            return Break(chain, event.number, event.pk, "does not follow from the row before")
        if digest(event) != event.hash:
            return Break(chain, event.number, event.pk, "content does not match its hash")
        previous, expected = event.hash, expected + 1
    head = ChainHead.objects.filter(chain=chain).values_list("number", "hash").first() or (0, GENESIS)
    if head != (expected - 1, previous):
        return Break(chain, expected, None, f"the head says {head[0]} rows, the chain holds {expected - 1}")
    return None


def chains() -> Iterator[str]:
    """Every chain there is, by name, whether its head or only its rows are left."""
    names = set(ChainHead.objects.values_list("chain", flat=True))
    yield from sorted(names | set(AuditEvent.objects.values_list("chain", flat=True).distinct()))
