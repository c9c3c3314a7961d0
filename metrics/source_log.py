"""What arrived at a source and what became of it, as a person reads it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from metrics.models import DeliveryLogEntry, DeliverySource
from metrics.reasons import detail_of, words_of
from metrics.states import LogOutcome
from people.bilingual import reader
from records import clock

RECENT = timedelta(days=30)
LATELY_SEEN = 500


@dataclass
class Arrivals:
    """What came to a source in the last thirty days, and when last."""

    counts: Counter[str] = field(default_factory=Counter)
    last: datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def accepted(self) -> int:
        return self.counts[LogOutcome.ACCEPTED]

    @property
    def ignored(self) -> int:
        return self.counts[LogOutcome.IGNORED]

    @property
    def refused(self) -> int:
        return self.counts[LogOutcome.REFUSED]


def arrivals_of(sources: Iterable[DeliverySource]) -> dict[UUID, Arrivals]:
    """The arrivals of each source, by its key; one question for all."""
    found = {source.pk: Arrivals() for source in sources}
    recent = DeliveryLogEntry.objects.filter(source__in=list(found), at__gte=clock.now() - RECENT).order_by()
    for row in recent.values("source", "outcome").annotate(count=Count("*"), last=Max("at")):
        arrivals = found[row["source"]]
        arrivals.counts[row["outcome"]] = row["count"]
        arrivals.last = max(filter(None, (arrivals.last, row["last"])))
    return found


@dataclass(frozen=True)
class Line:
    """One line of the log in words."""

    entry: DeliveryLogEntry

    @property
    def reason(self) -> str:
        return words_of(self.entry.reason) if self.entry.reason else ""

    @property
    def detail(self) -> str:
        return detail_of(self.entry.detail, reader())


def reason_of(entry: DeliveryLogEntry) -> str:
    """Reason and detail in one cell of a table."""
    line = Line(entry)
    return " – ".join(part for part in (line.reason, line.detail) if part)


def unmapped_names(source: DeliverySource) -> list[str]:
    """Names of environments that lately arrived and that nobody has said anything of, the latest first."""
    noted = DeliveryLogEntry.objects.filter(source=source, reason="unmapped_environment").order_by("-id")
    known: Any = {name.lower() for name in source.environments.values_list("name", flat=True)}
    names = dict.fromkeys(noted.values_list("detail", flat=True)[:LATELY_SEEN])
    return [name for name in names if name and name.lower() not in known]
