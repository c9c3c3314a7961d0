"""What a draft would do before it is published: every move, who waits for it, which projects must adjust (ux.md A5)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from roadmaps.clashes import Clash, clashes_of
from roadmaps.models import ChangeSet, Goal, Milestone, MilestoneChange, MilestoneDependency, ProjectExpectation
from roadmaps.placing import place_of
from roadmaps.reading.expectations import mismatch_words
from roadmaps.reading.words import month_words, move_words
from roadmaps.states import MilestoneState

OVER = (MilestoneState.RELEASED, MilestoneState.CANCELLED)


@dataclass(frozen=True)
class PreviewLine:
    line: MilestoneChange
    milestone: Milestone
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """A dependency the draft would break: `waiting` would come before what it needs."""

    waiting: Milestone
    needed: Milestone
    waiting_month: date | None
    needed_month: date | None

    @property
    def words(self) -> str:
        return _("“%(waiting)s” (%(waiting_month)s) waits for “%(needed)s” (%(needed_month)s).") % {
            "waiting": self.waiting.title,
            "waiting_month": month_words(self.waiting_month),
            "needed": self.needed.title,
            "needed_month": month_words(self.needed_month),
        }


@dataclass(frozen=True)
class Preview:
    """`dependants`: milestones that wait for a moved one; `broken`: those that would come too early; `projects`: sentences."""

    change_set: ChangeSet
    lines: tuple[PreviewLine, ...]
    dependants: tuple[Milestone, ...]
    broken: tuple[Broken, ...]
    projects: tuple[str, ...]
    clashes: tuple[Clash, ...]


def preview(change_set: ChangeSet) -> Preview:
    """Look at a draft without changing anything. Six queries however many moves it holds."""
    rows = change_set.changes.select_related("milestone").order_by("milestone__rank")
    lines = list(rows)
    letters = dict(Goal.objects.filter(roadmap=change_set.roadmap_id).values_list("pk", "letter"))
    months = {line.milestone_id: place_of(line.milestone).after(line.fields).month for line in lines}
    links = _links(months)
    return Preview(
        change_set,
        tuple(PreviewLine(line, line.milestone, tuple(move_words(line.fields, letters))) for line in lines),
        _dependants(links, months),
        tuple(_broken(links, months)),
        tuple(_projects(months)),
        tuple(clashes_of(lines)),
    )


def _links(months: dict[UUID, date | None]) -> list[MilestoneDependency]:
    touching = Q(needs__in=months.keys()) | Q(milestone__in=months.keys())
    rows = MilestoneDependency.objects.filter(touching, needs__isnull=False)
    return list(rows.exclude(milestone__state__in=OVER).select_related("milestone", "needs"))


def _dependants(links: list[MilestoneDependency], months: dict[UUID, date | None]) -> tuple[Milestone, ...]:
    found = {link.milestone_id: link.milestone for link in links if link.needs_id in months}
    return tuple(sorted(found.values(), key=lambda each: (each.month or date.max, each.rank)))


def _broken(links: list[MilestoneDependency], months: dict[UUID, date | None]) -> list[Broken]:
    found = []
    for link in links:
        if link.needs is None:
            continue
        waiting = months.get(link.milestone_id, link.milestone.month)
        needed = months.get(link.needs.pk, link.needs.month)
        is_over = link.needs.state == MilestoneState.RELEASED
        if waiting is not None and not is_over and (needed is None or needed > waiting):
            found.append(Broken(link.milestone, link.needs, waiting, needed))
    return found


def _projects(months: dict[UUID, date | None]) -> list[str]:
    rows = (
        ProjectExpectation.objects.filter(milestone__in=months.keys())
        .select_related("project")
        .order_by("project__code")
    )
    words = (
        mismatch_words(row.project.name, row.expected_month, months[row.milestone_id])
        for row in rows
        if row.milestone_id
    )
    return [each for each in words if each]
