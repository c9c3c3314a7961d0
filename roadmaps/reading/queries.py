"""The queries behind `RoadmapAt`: one each for goals, outcomes, milestones, years and promises."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from roadmaps.models import (
    Baseline,
    BaselineEntry,
    Goal,
    Milestone,
    MilestoneChange,
    MilestoneDependency,
    MilestoneFunding,
    MilestoneOutcome,
    Outcome,
    OutcomeReading,
    ParallelProject,
    Release,
    ReleaseMilestone,
    RoadmapYear,
)
from roadmaps.reading.asof import gathered, states_of
from roadmaps.reading.values import (
    FundingAt,
    GoalAt,
    MeasureAt,
    MilestoneAt,
    OutcomeAt,
    ProjectAt,
    WaitsFor,
    YearAt,
)
from roadmaps.states import ChangeSetState, OutcomeState

SIX_WEEKS = 42


def _copied(row: Any, value: type, **others: Any) -> Any:
    """A value of the dataclass `value` from a row's fields of the same names."""
    names = {field.name for field in fields(value)} - others.keys()
    return value(**{name: getattr(row, name) for name in names if hasattr(row, name)}, **others)


def goals(roadmap_id: UUID, at: datetime | None) -> tuple[GoalAt, ...]:
    rows = states_of(Goal, at).filter(roadmap_id=roadmap_id)
    return tuple(_copied(row, GoalAt) for row in sorted(rows, key=lambda row: (len(row.letter), row.letter)))


def outcomes(roadmap_id: UUID, at: datetime | None, letters: dict[UUID, str], today: date) -> tuple[OutcomeAt, ...]:
    readings = states_of(OutcomeReading, at).filter(outcome_id=OuterRef("id")).order_by("read_on")
    rows = (
        states_of(Outcome, at)
        .filter(roadmap_id=roadmap_id)
        .annotate(measured=gathered(readings, "read_on", "value", "source"))
    )
    made = [
        _copied(
            row,
            OutcomeAt,
            letter=letters.get(row.goal_id, ""),
            is_slow=_is_slow(row, today),
            readings=tuple(map(_measure, row.measured)),
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda each: (len(each.letter), each.letter, each.number)))


def _measure(found: dict[str, Any]) -> MeasureAt:
    return MeasureAt(date.fromisoformat(found["read_on"]), Decimal(str(found["value"])), found["source"])


def _is_slow(row: Any, today: date) -> bool:
    return (
        row.state == OutcomeState.PLANNED and row.state_since is not None and (today - row.state_since).days > SIX_WEEKS
    )


def milestones(
    roadmap_id: UUID, at: datetime | None, which: Q, codes: dict[str, str], letters: dict[UUID, str]
) -> list[MilestoneAt]:
    """The milestones that `which` selects, with what they serve, wait for, are paid from and arrive in."""
    rows = _with_links(states_of(Milestone, at).filter(which, roadmap_id=roadmap_id), at)
    return [
        _copied(
            row,
            MilestoneAt,
            letter=letters.get(row.goal_id, ""),
            outcome_codes=tuple(sorted(codes[str(key)] for key in row.served if str(key) in codes)),
            waits_for=tuple(map(_waits_for, row.waiting)),
            funding=tuple(map(_funding, row.paid)),
            project=_project(row.projects),
            release_number=next(iter(row.numbers), "") or "",
        )
        for row in rows
    ]


def _with_links(rows: QuerySet[Any], at: datetime | None) -> QuerySet[Any]:
    mine = {"milestone_id": OuterRef("id")}
    needed = states_of(Milestone, at).filter(id=OuterRef("needs_id"))
    waiting = (
        states_of(MilestoneDependency, at)
        .filter(**mine)
        .annotate(
            needed_en=Subquery(needed.values("title_en")[:1]),
            needed_fr=Subquery(needed.values("title_fr")[:1]),
            needed_month=Subquery(needed.values("month")[:1]),
        )
    )
    release = states_of(Release, at).filter(id=OuterRef("release_id")).values("number")[:1]
    return rows.annotate(
        served=ArraySubquery(states_of(MilestoneOutcome, at).filter(**mine).values("outcome_id")),
        waiting=gathered(waiting, "needs_id", "outside_en", "outside_fr", "needed_en", "needed_fr", "needed_month"),
        paid=gathered(
            states_of(MilestoneFunding, at).filter(**mine), "source_id", "source__name_en", "source__name_fr", "amount"
        ),
        projects=gathered(
            states_of(ParallelProject, at).filter(id=OuterRef("project_id")), "id", "code", "name_en", "name_fr"
        ),
        numbers=ArraySubquery(
            states_of(ReleaseMilestone, at).filter(**mine).annotate(number=Subquery(release)).values("number")
        ),
    )


def _waits_for(found: dict[str, Any]) -> WaitsFor:
    month = found["needed_month"]
    return WaitsFor(
        UUID(found["needs_id"]) if found["needs_id"] else None,
        found["needed_en"] or found["outside_en"],
        found["needed_fr"] or found["outside_fr"],
        date.fromisoformat(month) if month else None,
    )


def _funding(found: dict[str, Any]) -> FundingAt:
    return FundingAt(
        UUID(found["source_id"]), found["source__name_en"], found["source__name_fr"], Decimal(str(found["amount"]))
    )


def _project(found: list[dict[str, Any]]) -> ProjectAt | None:
    return next((ProjectAt(UUID(each["id"]), each["code"], each["name_en"], each["name_fr"]) for each in found), None)


def years(roadmap_id: UUID, at: datetime | None) -> dict[int, YearAt]:
    """The years begun so far; `changes_since` counts published changes that touched the year after its first baseline."""
    frozen = Baseline.objects.filter(year_id=OuterRef("id"), **({"taken_at__lte": at} if at else {})).order_by("number")
    rows = (
        states_of(RoadmapYear, at)
        .filter(roadmap_id=roadmap_id)
        .annotate(frozen_at=Subquery(frozen.values("taken_at")[:1]), numbers=ArraySubquery(frozen.values("number")))
    )
    rows = rows.annotate(changes=Coalesce(Subquery(_changes(at)), 0)).order_by("year")
    return {row.year: _copied(row, YearAt, baselines=tuple(row.numbers), changes_since=row.changes) for row in rows}


def _changes(at: datetime | None) -> QuerySet[Any]:
    """How many published changes, after the first baseline, have a line that left, reached or stayed in the year."""
    until = Q(change_set__published_at__lte=at) if at else Q()
    lines = MilestoneChange.objects.filter(
        ~Q(change_set__state=ChangeSetState.DRAFT),
        until,
        roadmap_id=OuterRef("roadmap_id"),
        change_set__published_at__gt=OuterRef("frozen_at"),
    )
    lines = lines.annotate(left=KT("fields__planned_year__0"), reached=KT("fields__planned_year__1"))
    year = Cast(OuterRef("year"), TextField())
    touched = Q(left=year) | Q(reached=year) | Q(left__isnull=True, milestone__planned_year=OuterRef("year"))
    counted = lines.filter(touched).order_by().values("roadmap_id")
    return counted.annotate(count=Count("change_set_id", distinct=True)).values("count")


def promises(roadmap_id: UUID, at: datetime | None) -> list[dict[str, Any]]:
    """Every entry of every baseline frozen by then: milestone_id, month, year, number."""
    until = Q(baseline__taken_at__lte=at) if at else Q()
    entries = BaselineEntry.objects.filter(until, baseline__roadmap_id=roadmap_id).order_by(
        "baseline__year__year", "baseline__number"
    )
    found = entries.values("milestone_id", "month", year=F("baseline__year__year"), number=F("baseline__number"))
    return [dict(row) for row in found]
