"""What is wrong with a file of delivery events, and exactly where: file, line, and the field as a path in its record."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation

MOST_FAULTS = 100
FULL = 10_000  # reading ends there: nobody reads more, and a file may hold millions


@dataclass(frozen=True)
class Place:
    """`line` counts from 1, as editors do; `path` is deployments[3].finished_at, or the column of a table."""

    file: str = ""
    line: int | None = None
    path: str = ""

    def at(self, name: str) -> "Place":
        """The field `name` of what stands here."""
        return replace(self, path=f"{self.path}.{name}" if self.path else name)

    def item(self, number: int) -> "Place":
        """The item `number`, counted from 0, of the list that stands here."""
        return replace(self, path=f"{self.path}[{number}]")

    @property
    def record(self) -> tuple[str, int | None, str]:
        """Which record of the file this place lies in."""
        return self.file, self.line, self.path.partition("]")[0] if "[" in self.path else ""


@dataclass(frozen=True)
class Fault:
    """One fault. Its words are translated when they are asked for, so that a kept fault reads in either language."""

    place: Place
    message: Any
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)

    def in_both(self) -> tuple[str, str]:
        """The reason in English and in French."""
        found = []
        for language in ("en", "fr"):
            with translation.override(language):
                found.append(self.reason)
        return found[0], found[1]


@dataclass
class Faults:
    """The first hundred faults of a reading, how many there are in all, and in which records they lie."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0
    records: set[tuple[str, int | None, str]] = field(default_factory=set)

    def add(self, place: Place, message: Any, **params: Any) -> None:
        self.count += 1
        self.records.add(place.record)
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(Fault(place, message, params))

    @property
    def is_full(self) -> bool:
        return self.count >= FULL

    def extend(self, other: "Faults") -> None:
        """Take over what was found in another file."""
        self.kept = (self.kept + other.kept)[:MOST_FAULTS]
        self.count += other.count
        self.records |= other.records
