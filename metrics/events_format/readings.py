"""What came of reading a file: its records with their places, and its faults."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from metrics.events_format.faults import Faults, Place
from metrics.normal import Record


@dataclass(frozen=True)
class Found:
    """One sound record and where it stands."""

    kind: str
    place: Place
    record: Record


@dataclass
class Readings:
    """All of a file: its sound records in their order, and what is wrong with the others."""

    found: list[Found] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def extend(self, other: "Readings") -> None:
        """Take over what came of another file."""
        self.found += other.found
        self.faults.extend(other.faults)

    def refuse_all(self, message: str) -> None:
        """Note a fault of the file as a whole, in words that are translated already."""
        self.faults.add(Place(), "%(words)s", words=message)

    @property
    def records(self) -> list[Record]:
        return [each.record for each in self.found]

    @property
    def refused(self) -> int:
        """How many records are refused; what is wrong with the file as a whole counts as one."""
        return len(self.faults.records)

    def counts(self) -> Counter[str]:
        """How many sound records of each kind."""
        return Counter(each.kind for each in self.found)


def instants(records: Iterable[Record]) -> list[datetime]:
    """The times by which records fall into months: when deployments finished and incidents ended."""
    named = ("finished_at", "resolved_at")
    return [at for each in records for name in named if (at := getattr(each, name, None)) is not None]
