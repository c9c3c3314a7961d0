"""Which version of a record counts: the greatest `updated_at`, on a tie the last to arrive (dora.md §2.1)."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar


class Versioned(Protocol):
    @property
    def updated_at(self) -> datetime: ...


V = TypeVar("V", bound=Versioned)
N = TypeVar("N", bound=Hashable)


@dataclass
class Counts:
    """What became of the records of one delivery."""

    new: int = 0
    newer: int = 0
    older: int = 0
    duplicate: int = 0

    def add(self, other: "Counts") -> None:
        self.new += other.new
        self.newer += other.newer
        self.older += other.older
        self.duplicate += other.duplicate


def latest(
    told: Iterable[tuple[N, V]], kept: Mapping[N, V], merge: Callable[[V, V], V] | None = None
) -> tuple[dict[N, V], Counts]:
    """The versions to write, by name, and what became of each record. `kept` holds the current versions as records.

    `merge(old, new)` joins two tellings where the source tells one moment at a time, whatever their order.
    """
    current, found, counts = dict(kept), {}, Counts()
    for name, record in told:
        before = current.get(name)
        if before is not None and merge is not None:
            record = merge(before, record)
        if before is None:
            counts.new += 1
        elif record == before:
            counts.duplicate += 1
            continue
        elif record.updated_at < before.updated_at:
            counts.older += 1
            continue
        else:
            counts.newer += 1
        current[name] = found[name] = record
    return found, counts
