"""Goals: the lanes of a roadmap, lettered in the order they came (domain.md §4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.actions.roadmap import hold
from roadmaps.models import Goal, Outcome, Roadmap
from roadmaps.permissions import may_edit_roadmap
from roadmaps.states import OutcomeState


def letter_at(position: int) -> str:
    """A to Z, then AA to ZZ."""
    first, last = divmod(position, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


@act
def add_goal(*, roadmap: Roadmap, by: Actor, **values: Any) -> Goal:
    """Add a lane with the next letter. `values`: name_en, name_fr."""
    require(may_edit_roadmap(by, roadmap))
    roadmap = hold(roadmap)
    count = Goal.objects.filter(roadmap=roadmap).count()
    goal = Goal(roadmap=roadmap, letter=letter_at(count), **values)
    record(events.GOAL_ADDED, on=goal, by=by, changes=save(goal, by=by))
    return goal


@act
def change_goal(*, goal: Goal, by: Actor, expected: int | None = None, **values: Any) -> Goal:
    """Rename a goal. Its letter stays: people quote it."""
    require(may_edit_roadmap(by, goal.roadmap))
    for name, value in values.items():
        setattr(goal, name, value)
    changes = save(goal, by=by, expected=expected)
    if changes:
        record(events.GOAL_CHANGED, on=goal, by=by, changes=changes)
    return goal


@act
def retire_goal(*, goal: Goal, by: Actor, reason: str, retired_on: date | None = None) -> Goal:
    """Stop pursuing a goal. ValidationError while one of its outcomes is in delivery."""
    require(may_edit_roadmap(by, goal.roadmap))
    open_codes = [each.code for each in Outcome.objects.filter(goal=goal, state=OutcomeState.IN_DELIVERY)]
    if open_codes:
        raise ValidationError(_("Close these outcomes first: %(codes)s.") % {"codes": ", ".join(open_codes)})
    goal.retired_on = retired_on or clock.today()
    record(events.GOAL_RETIRED, on=goal, by=by, changes=save(goal, by=by), reason=reason)
    return goal
