"""People of the demonstration read what they are told about once a month; what came after the last time is unread."""

from datetime import date
from functools import partial

from people.actions.notices import read_all_notices
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import World

READ_ON = tuple(date(2026, month, 27) for month in (4, 7, 10))


def read_now_and_then(world: World, timeline: Timeline) -> None:
    """Let everybody read their notices on a few days, after the other acts of those days."""
    for day in READ_ON:
        for person in world.people.values():
            timeline.add(day, person, partial(read_all_notices, by=person))
