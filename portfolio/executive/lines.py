"""Each milestone one year shows, in the lanes the reader chose, numbered: the number ties picture, agenda and table.

What was promised, what moved and what was carried in or out of the year is read in `roadmaps.reading`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, pgettext

from portfolio.executive.facts import Facts
from portfolio.executive.words import capital
from roadmaps.reading import MilestoneAt
from roadmaps.states import MilestoneKind, MilestoneState

OTHER = "other"
LANES = ("goal", "outcome", "kind", "state")
LANE_OF: dict[str, Callable[[MilestoneAt], str]] = {
    "goal": lambda milestone: milestone.letter or OTHER,
    "outcome": lambda milestone: milestone.outcome_codes[0] if milestone.outcome_codes else OTHER,
    "kind": lambda milestone: milestone.kind,
    "state": lambda milestone: milestone.state,
}


@dataclass(frozen=True)
class Lane:
    key: str
    name: str
    letter: str = ""


@dataclass(frozen=True)
class Line:
    milestone: MilestoneAt
    lane: str
    number: int = 0
    reason: str = ""  # why it was cancelled
    is_new: bool = False  # added to a year that was approved without it

    @property
    def is_out(self) -> bool:
        return self.milestone.is_carried_out

    @property
    def is_unscheduled(self) -> bool:
        return self.milestone.month is None and not self.is_out

    @property
    def is_later(self) -> bool:
        """Moved later than promised; so is what left the year without a month."""
        return (self.milestone.moved or 0) > 0 or (self.is_out and self.milestone.month is None)

    @property
    def is_earlier(self) -> bool:
        return (self.milestone.moved or 0) < 0

    @property
    def stands(self) -> date | None:
        """The month under which the year shows it: its own, or, carried out, the month it leaves."""
        return self.milestone.promised_month if self.is_out else self.milestone.month


def lines_of(facts: Facts, by: str = "goal") -> list[Line]:
    """The milestones of the year in the order of their lanes and months, unscheduled ones last."""
    reasons = facts.reasons or {}
    lines = [
        Line(
            each,
            LANE_OF[by](each),
            reason=reasons.get(each.id, "") if each.state == MilestoneState.CANCELLED else "",
            is_new=facts.is_baselined and each.promised_year is None,
        )
        for each in (facts.plan.milestones if facts.plan else ())
    ]
    order = {lane.key: position for position, lane in enumerate(lanes_of(facts, lines, by))}
    lines.sort(key=lambda line: (line.is_unscheduled, order[line.lane], line.stands or date.max, line.milestone.rank))
    return [replace(line, number=number) for number, line in enumerate(lines, start=1)]


def lanes_of(facts: Facts, lines: list[Line], by: str) -> list[Lane]:
    """The lanes that hold something, in their natural order; milestones that fit none come last."""
    used = {line.lane for line in lines}
    if by == "goal":
        wanted = [Lane(goal.letter, goal.name, goal.letter) for goal in facts.goals]
    elif by == "outcome":
        wanted = [Lane(outcome.code, f"{outcome.code} {outcome.name}") for outcome in facts.outcomes]
    else:
        choices = MilestoneKind.choices if by == "kind" else MilestoneState.choices
        wanted = [Lane(value, capital(str(label))) for value, label in choices]
    return [lane for lane in [*wanted, Lane(OTHER, gettext("Other milestones"))] if lane.key in used]


def state_word(state: str) -> str:
    """The state as a word of its own, as the picture's key says it."""
    return {
        MilestoneState.PLANNED: pgettext("milestone", "Planned"),
        MilestoneState.IN_PROGRESS: pgettext("milestone", "In progress"),
        MilestoneState.RELEASED: pgettext("milestone", "Released"),
        MilestoneState.CANCELLED: pgettext("milestone", "Cancelled"),
    }[MilestoneState(state)]
