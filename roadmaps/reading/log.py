"""The log of a roadmap: published changes, read like a history (domain.md §4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from roadmaps.models import ChangeSet, Goal, MilestoneChange, Roadmap
from roadmaps.reading.words import move_words
from roadmaps.states import ChangeSetState


@dataclass(frozen=True)
class LogLine:
    """One milestone in a change: its title now, and what happened to it."""

    milestone: object
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class LogEntry:
    """One published change, with its reason in the words of whoever gave it."""

    change_set: ChangeSet
    lines: tuple[LogLine, ...]

    @property
    def number(self) -> int:
        return self.change_set.number or 0

    @property
    def at(self) -> datetime | None:
        return self.change_set.published_at

    @property
    def is_undone(self) -> bool:
        return self.change_set.state == ChangeSetState.UNDONE


def published(roadmap: Roadmap, at: datetime | None = None) -> QuerySet[ChangeSet]:
    """The published changes by `at`, newest first, with their lines."""
    lines = MilestoneChange.objects.select_related("milestone").order_by("milestone__rank")
    rows = ChangeSet.objects.filter(roadmap=roadmap).exclude(state=ChangeSetState.DRAFT)
    if at is not None:
        rows = rows.filter(published_at__lte=at)
    return rows.select_related("undoes").prefetch_related(Prefetch("changes", lines)).order_by("-number")


def entries(roadmap: Roadmap, rows: list[ChangeSet]) -> list[LogEntry]:
    """The rows as entries in words; two queries however many there are."""
    letters = dict(Goal.objects.filter(roadmap=roadmap).values_list("pk", "letter"))
    return [
        LogEntry(
            row, tuple(LogLine(line.milestone, tuple(move_words(line.fields, letters))) for line in row.changes.all())
        )
        for row in rows
    ]
