"""Reference data: the one act by which an administrator keeps an entry, and the one that takes entries out of use."""

from collections.abc import Iterable
from typing import TypeVar

from people import events
from people.actions.people import by_administrator
from people.permissions import require
from records.actors import Actor
from records.acts import act
from records.models import Governed
from records.trail import record
from records.writing import save

G = TypeVar("G", bound=Governed)


@act
def save_reference(*, entry: G, by: Actor, expected: int | None = None, reason: str = "") -> G:
    """Add or change an entry. `expected` is the version the person saw; Stale when it moved on."""
    require(by_administrator(by, entry))
    event = events.REFERENCE_ADDED if entry._state.adding else events.REFERENCE_CHANGED
    changes = save(entry, by=by, expected=expected)
    if changes:
        record(event, on=entry, by=by, changes=changes, reason=reason)
    return entry


@act
def put_in_use(*, entries: Iterable[Governed], in_use: bool, by: Actor, reason: str) -> None:
    """Take entries out of use (they stay where they were chosen, and are offered no more), or back into it."""
    for entry in entries:
        entry.is_active = in_use  # type: ignore[attr-defined]
        save_reference(entry=entry, by=by, reason=reason)
