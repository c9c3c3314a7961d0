"""One fiscal year drawn up from its milestones and what was promised: numbers, moves, carries, quiet quarters."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from products import fiscal
from roadmaps.reading.values import GoalAt, MilestoneAt
from roadmaps.states import MilestoneState

Promise = dict[str, Any]


def promise_of(promises: Iterable[Promise], year: int, baseline: int | None) -> dict[UUID, Promise]:
    """What each milestone is measured against in `year`.

    The first baseline of the earliest year up to `year` that promised it, so that a later approval never erases a slip; with
    `baseline` chosen, the entry of that baseline of `year` goes before.
    """
    found: dict[UUID, Promise] = {}
    for promise in promises:
        key, is_chosen = promise["milestone_id"], promise["year"] == year and promise["number"] == baseline
        is_first = promise["number"] == 1 and promise["year"] <= year
        if is_chosen or (is_first and key not in found):
            found[key] = promise
    return found


def promised_in(promises: Iterable[Promise], year: int) -> set[UUID]:
    """The milestones that any baseline of `year` holds."""
    return {promise["milestone_id"] for promise in promises if promise["year"] == year}


def against(milestone: MilestoneAt, promise: Promise | None, year: int) -> MilestoneAt:
    """The milestone measured against its promise, from the point of view of `year`."""
    is_out = milestone.planned_year != year
    if promise is None:
        return replace(milestone, is_carried_out=is_out, carried_to=milestone.planned_year if is_out else None)
    approved, current = promise["month"], milestone.month
    return replace(
        milestone,
        promised_month=approved,
        promised_year=promise["year"],
        moved=fiscal.months_between(approved, current) if approved and current else None,
        carried_from=promise["year"] if promise["year"] < year else None,
        is_carried_out=is_out,
        carried_to=milestone.planned_year if is_out else None,
    )


def numbered(milestones: Iterable[MilestoneAt], goals: Iterable[GoalAt]) -> tuple[MilestoneAt, ...]:
    """1..n by lane, month, rank; those without a lane after the lanes, the unscheduled last."""
    lanes: dict[UUID | None, int] = {goal.id: position for position, goal in enumerate(goals)}
    none = len(lanes)

    def place(each: MilestoneAt) -> tuple[Any, ...]:
        waits = each.month is None and not each.is_carried_out
        return (waits, lanes.get(each.goal_id, none), each.month or date.max, each.rank, str(each.id))

    return tuple(replace(each, number=number) for number, each in enumerate(sorted(milestones, key=place), 1))


def quiet_quarters(milestones: Iterable[MilestoneAt], start_month: int) -> tuple[int, ...]:
    """Quarters, 1 to 4, in which no milestone that is not cancelled delivers an outcome."""
    busy = {
        fiscal.quarter_of(each.month, start_month)
        for each in milestones
        if each.month and each.outcome_codes and not each.is_carried_out and each.state != MilestoneState.CANCELLED
    }
    return tuple(quarter for quarter in (1, 2, 3, 4) if quarter not in busy)
