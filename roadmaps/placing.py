"""Where a milestone stands (year, month, lane, order), and where a move takes it. Writes nothing.

Order is a sparse rank: a move lands between two neighbours, so it changes one row. Where no room is left it takes its
neighbour's rank; publishing sees the tie and spaces the whole order out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import EllipsisType
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products import fiscal
from roadmaps.models import RANK_STEP, ChangeSet, Goal, Milestone, MilestoneChange, Roadmap

ORDERS = ("top", "up", "down", "bottom")


@dataclass(frozen=True)
class Place:
    """Year by its first calendar year, month as its first day; None means unscheduled, or in no year yet."""

    planned_year: int | None
    month: date | None
    goal_id: UUID | None
    rank: int

    def after(self, fields: dict[str, list[Any]], side: int = 1) -> "Place":
        """This place with the new (`side` 1) or the old (`side` 0) values of a change's fields."""
        return replace(self, **{name: _from_json(name, pair[side]) for name, pair in fields.items()})

    def group(self) -> tuple[Any, ...]:
        """What is shown together in one cell of the plan."""
        return (self.goal_id, self.planned_year, self.month)


@dataclass(frozen=True)
class Move:
    """One wish: what is left out (`...`) stays. `months` counts from where it stands; `order` is one of ORDERS.

    A month brings its fiscal year with it. A year alone means: unscheduled in that year; year None: in no year yet.
    """

    milestone: Milestone
    year: int | EllipsisType | None = ...
    month: date | EllipsisType | None = ...
    goal: Goal | EllipsisType | None = ...
    months: int = 0
    order: str = ""


def place_of(milestone: Milestone) -> Place:
    """Where the milestone stands now."""
    return Place(milestone.planned_year, milestone.month, milestone.goal_id, milestone.rank)


def difference(before: Place, after: Place) -> dict[str, list[Any]]:
    """Field → [before, after] as JSON, for what differs."""
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in Place.__dataclass_fields__}
    return {name: [_to_json(old), _to_json(new)] for name, (old, new) in pairs.items() if old != new}


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def _from_json(name: str, value: Any) -> Any:
    if value is None:
        return None
    readers: dict[str, Callable[[Any], Any]] = {"month": date.fromisoformat, "goal_id": UUID}
    return readers.get(name, int)(value)


def drafted_places(roadmap: Roadmap, change_set: ChangeSet | None) -> dict[UUID, Place]:
    """Where every milestone would stand if the draft were published now."""
    places = {each.pk: place_of(each) for each in Milestone.objects.filter(roadmap=roadmap)}
    if change_set is not None:
        for line in MilestoneChange.objects.filter(change_set=change_set):
            places[line.milestone_id] = places[line.milestone_id].after(line.fields)
    return places


def destination(roadmap: Roadmap, places: dict[UUID, Place], move: Move) -> Place:
    """Where `move` leads from the drafted `places`. ValidationError for a place that cannot be."""
    here = places[move.milestone.pk]
    there = _in_lane(roadmap, _in_time(roadmap, here, move), move)
    if there.group() != here.group() and not move.order:
        return there
    return replace(there, rank=_rank(places, move, there)) if move.order else there


def _in_time(roadmap: Roadmap, here: Place, move: Move) -> Place:
    year, month = here.planned_year, here.month
    if move.months:
        if month is None:
            raise ValidationError({"month": _("This milestone has no month yet. Give it one first.")})
        month = fiscal.add_months(month, move.months)
        year = fiscal.fiscal_year_of(month, roadmap.start_month)
    if move.month is not ...:
        month = move.month
        if isinstance(month, date):
            year = fiscal.fiscal_year_of(month, roadmap.start_month)
    if move.year is not ...:
        if move.month is ... or move.year is None:
            month = None
        year = move.year
    _check_time(roadmap, year, month)
    return replace(here, planned_year=year, month=month)


def _check_time(roadmap: Roadmap, year: int | None, month: date | None) -> None:
    if year is not None and not fiscal.is_possible(year):
        raise ValidationError({"year": _("There is no such fiscal year here.")})
    if month is not None and month.day != 1:
        raise ValidationError({"month": _("Months are given by their first day.")})
    if month is not None and fiscal.fiscal_year_of(month, roadmap.start_month) != year:
        raise ValidationError({"month": _("This month lies outside the fiscal year.")})


def _in_lane(roadmap: Roadmap, place: Place, move: Move) -> Place:
    if move.goal is ...:
        return place
    if move.goal is not None and (move.goal.roadmap_id != roadmap.pk or move.goal.retired_on):
        raise ValidationError({"goal": _("Choose a goal of this roadmap that is still pursued.")})
    return replace(place, goal_id=move.goal.pk if move.goal else None)


def _rank(places: dict[UUID, Place], move: Move, there: Place) -> int:
    """The rank that puts the milestone where `order` says among those shown in the same cell."""
    if move.order not in ORDERS:
        raise ValidationError({"order": _("Choose to the top, up, down or to the bottom.")})
    others = {key: place for key, place in places.items() if key != move.milestone.pk}
    standing = Milestone.objects.filter(roadmap_id=move.milestone.roadmap_id).values_list("rank", flat=True)
    ranks = sorted({place.rank for place in others.values()} | set(standing))
    cell = sorted(place.rank for place in others.values() if place.group() == there.group())
    above = [rank for rank in cell if rank < there.rank]
    below = [rank for rank in cell if rank > there.rank]
    if move.order in ("top", "up"):
        target = cell[:1] if move.order == "top" else above[-1:]
        return _before(ranks, target[0]) if target and above else there.rank
    target = cell[-1:] if move.order == "bottom" else below[:1]
    return _behind(ranks, target[0]) if target and below else there.rank


def _before(ranks: list[int], rank: int) -> int:
    lower = max((each for each in ranks if each < rank), default=rank - 2 * RANK_STEP)
    return (lower + rank) // 2 if rank - lower > 1 else rank


def _behind(ranks: list[int], rank: int) -> int:
    higher = min((each for each in ranks if each > rank), default=rank + 2 * RANK_STEP)
    return (rank + higher) // 2 if higher - rank > 1 else higher


def spaced_out(current: dict[UUID, int], wanted: dict[UUID, int], moved: Iterable[UUID]) -> dict[UUID, int]:
    """`wanted` itself when nobody stands on anybody's rank; else new ranks for all, above every old one, moved before unmoved."""
    holder = {rank: key for key, rank in current.items()}
    alone = len(set(wanted.values())) == len(wanted)
    if alone and all(holder.get(rank, key) == key for key, rank in wanted.items()):
        return wanted
    first = set(moved)
    order = sorted(wanted, key=lambda key: (wanted[key], key not in first, str(key)))
    base = max([*wanted.values(), *current.values()])
    return {key: base + RANK_STEP * (position + 1) for position, key in enumerate(order)}
