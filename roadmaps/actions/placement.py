"""Put milestones where a published change says, one saved row and one audit event each."""

from typing import Any
from uuid import UUID

from people.models import Person
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.models import Milestone, Roadmap
from roadmaps.placing import place_of, spaced_out


def put(roadmap: Roadmap, targets: dict[UUID, dict[str, list[Any]]], *, reason: str, by: Person) -> None:
    """Apply field → [before, after] to each milestone. The roadmap's row must be held."""
    milestones = {each.pk: each for each in Milestone.objects.filter(roadmap=roadmap).select_related("roadmap")}
    places = {key: place_of(each) for key, each in milestones.items()}
    places |= {key: places[key].after(fields) for key, fields in targets.items()}
    wanted = {key: place.rank for key, place in places.items()}
    ranks = spaced_out({key: each.rank for key, each in milestones.items()}, wanted, targets)
    for key in sorted(milestones, key=str):
        if key in targets or ranks[key] != milestones[key].rank:
            _put_one(milestones[key], places[key], ranks[key], by, reason if key in targets else None)
    if ranks is not wanted:
        record(events.ORDER_SPACED, on=roadmap, by=by)


def _put_one(milestone: Milestone, place: Any, rank: int, by: Person, reason: str | None) -> None:
    milestone.move_to(place.planned_year, place.month)
    milestone.goal_id, milestone.rank = place.goal_id, rank
    changes = save(milestone, by=by)
    if changes and reason is not None:
        record(events.MILESTONE_MOVED, on=milestone, by=by, changes=changes, reason=reason)
