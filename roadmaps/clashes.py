"""Where two authors' changes meet: what moved on since a draft was drawn up, milestone by milestone (ux.md A5)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from records.refusals import Conflict
from roadmaps.models import Milestone, MilestoneChange
from roadmaps.placing import Place, place_of
from roadmaps.states import MilestoneState

CLOSED = (MilestoneState.RELEASED, MilestoneState.CANCELLED)


@dataclass(frozen=True)
class Clash:
    """A drafted line whose milestone no longer stands where the draft found it, or is closed."""

    line: MilestoneChange
    now: Place
    is_closed: bool

    @property
    def milestone(self) -> Milestone:
        return self.line.milestone


class ChangesClash(Conflict):
    """Some moves of a draft meet changes published meanwhile. `clashes` lists them; the rest can be published."""

    def __init__(self, clashes: list[Clash]) -> None:
        titles = ", ".join(f"“{clash.milestone.title}”" for clash in clashes)
        super().__init__(_("Changed by somebody else meanwhile: %(titles)s.") % {"titles": titles})
        self.clashes = clashes


def clashes_of(lines: list[MilestoneChange]) -> list[Clash]:
    """The lines that clash. A changed text or cost is no clash: only where the milestone stands, and whether it is open."""
    found = []
    for line in lines:
        milestone = line.milestone
        moved_on = milestone.version != line.base_version and not _stands(milestone, line.fields, 0)
        if moved_on or milestone.state in CLOSED:
            found.append(Clash(line, place_of(milestone), milestone.state in CLOSED))
    return found


def later_touches(lines: list[MilestoneChange]) -> list[Milestone]:
    """Milestones of a published change that something later moved or closed."""
    return [
        line.milestone
        for line in lines
        if line.milestone.state in CLOSED or not _stands(line.milestone, line.fields, 1)
    ]


def _stands(milestone: Milestone, fields: dict[str, list[Any]], side: int) -> bool:
    """Whether the milestone stands where `fields` have it; its order among neighbours does not count."""
    place = place_of(milestone)
    expected = place.after(fields, side)
    return (place.planned_year, place.month, place.goal_id) == (expected.planned_year, expected.month, expected.goal_id)
