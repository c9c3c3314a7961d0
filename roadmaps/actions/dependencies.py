"""What a milestone waits for: a milestone of any roadmap, or something outside (domain.md §4)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import remove, save
from roadmaps import events
from roadmaps.models import Milestone, MilestoneDependency
from roadmaps.permissions import may_edit_roadmap


@act
def add_dependency(
    *, milestone: Milestone, by: Actor, needs: Milestone | None = None, outside_en: str = "", outside_fr: str = ""
) -> MilestoneDependency:
    """Let a milestone wait for another one or for something outside. ValidationError for a circle."""
    require(may_edit_roadmap(by, milestone.roadmap))
    if needs is not None and _leads_to(needs, milestone):
        raise ValidationError(
            {"needs": _("“%(title)s” waits for this milestone already; a circle never ends.") % {"title": needs.title}}
        )
    link = MilestoneDependency(
        roadmap=milestone.roadmap, milestone=milestone, needs=needs, outside_en=outside_en, outside_fr=outside_fr
    )
    save(link, by=by)
    record(events.DEPENDENCY_ADDED, on=milestone, by=by, changes={"dependencies": [None, str(link)]})
    return link


@act
def drop_dependency(*, dependency: MilestoneDependency, by: Actor) -> None:
    """The milestone waits no longer."""
    require(may_edit_roadmap(by, dependency.roadmap))
    record(events.DEPENDENCY_DROPPED, on=dependency.milestone, by=by, changes={"dependencies": [str(dependency), None]})
    remove(dependency, by=by)


def _leads_to(start: Milestone, goal: Milestone) -> bool:
    """Whether `start` waits, over any number of steps, for `goal`."""
    seen: set[UUID] = set()
    front = {start.pk}
    while front:
        if goal.pk in front:
            return True
        seen |= front
        needed = MilestoneDependency.objects.filter(milestone__in=front, needs__isnull=False)
        front = set(needed.values_list("needs_id", flat=True)) - seen
    return False
