"""Roadmap years: prepared, vetted, endorsed, approved; what approval freezes (domain.md §4, decisions.md §3)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from people.permissions import require
from products.actions.phase import check_mandate
from records import clock
from records.actors import Actor
from records.acts import act
from records.models import Mandate, MandateKind
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save
from roadmaps import events, notices
from roadmaps.actions.roadmap import hold
from roadmaps.models import Baseline, BaselineEntry, Roadmap, RoadmapYear
from roadmaps.permissions import may_edit_roadmap, may_vet_year
from roadmaps.reading.promise import PROMISED, promise_told
from roadmaps.states import YEAR_MOVES, YearState

MANDATE = "roadmap year"  # what a mandate is for that moves a year
Promise = Sequence[Mapping[str, Any]]  # the milestones of a year, as roadmaps.reading.promise tells them


@act
def prepare_year(*, roadmap: Roadmap, year: int, by: Actor, **values: Any) -> RoadmapYear:
    """Begin the plan of a fiscal year as a draft. `values`: theme_en, theme_fr."""
    require(may_edit_roadmap(by, roadmap))
    plan = RoadmapYear(roadmap=roadmap, year=year, **values)
    record(events.YEAR_PREPARED, on=plan, by=by, changes=save(plan, by=by))
    return plan


@act
def change_year(*, year: RoadmapYear, by: Actor, expected: int | None = None, **values: Any) -> RoadmapYear:
    """Change the theme of a year."""
    require(may_edit_roadmap(by, year.roadmap))
    for name, value in values.items():
        setattr(year, name, value)
    changes = save(year, by=by, expected=expected)
    if changes:
        record(events.YEAR_CHANGED, on=year, by=by, changes=changes)
    return year


@act
def vet_year(*, year: RoadmapYear, by: Actor, expected: int | None = None) -> RoadmapYear:
    """The IT Manager confirms that the plan can be done."""
    require(may_vet_year(by, year.roadmap))
    if year.state == YearState.APPROVED:
        raise OutOfTurn(_("This year is approved already."))
    year.vetted_at, year.vetted_by_id, year.vetted_by_name = clock.now(), str(by.pk), by.get_full_name()
    record(events.YEAR_VETTED, on=year, by=by, changes=save(year, by=by, expected=expected))
    return year


@act
def endorse_year(*, year: RoadmapYear, mandate: Mandate, by: Actor, expected: int | None = None) -> RoadmapYear:
    """Endorse a year by the `mandate` of a board's decision. OutOfTurn until the IT Manager has vetted it."""
    check_mandate(mandate, what=MANDATE, subject_id=str(year.pk), by=by, on=year)
    check_move(YEAR_MOVES, year.state, YearState.ENDORSED)
    if year.vetted_at is None:
        raise OutOfTurn(_("The IT Manager vets the year before it is endorsed."))
    year.state, year.endorsed_on = YearState.ENDORSED, clock.today()
    changes = save(year, by=by, expected=expected)
    record(events.YEAR_ENDORSED, on=year, by=by, changes=changes, reason=mandate.reference)
    notices.year_moved(year, by=by)
    return year


@act
def return_year(
    *, year: RoadmapYear, mandate: Mandate, reason: str, by: Actor, expected: int | None = None
) -> RoadmapYear:
    """Send an endorsed year back to the team as a draft, by the `mandate` of the board that returned it. What is amended is
    vetted anew."""
    check_mandate(mandate, what=MANDATE, subject_id=str(year.pk), by=by, on=year)
    check_move(YEAR_MOVES, year.state, YearState.DRAFT)
    year.state, year.endorsed_on = YearState.DRAFT, None
    year.vetted_at, year.vetted_by_id, year.vetted_by_name = None, "", ""
    record(events.YEAR_RETURNED, on=year, by=by, changes=save(year, by=by, expected=expected), reason=reason)
    notices.year_moved(year, by=by, reason=reason)
    return year


@act
def approve_year(
    *,
    year: RoadmapYear,
    mandate: Mandate,
    by: Actor,
    approved_on: date | None = None,
    promised: Promise | None = None,
) -> Baseline:
    """Approve a year and freeze its first baseline in the same act, by a board's decision or the opening position.

    `promised` is what the board had before it; without it, the year as it stands now.
    A board approves what another endorsed: OutOfTurn before. The opening position enters what stood before the system.
    """
    is_opening = _is_opening(year, mandate)
    if not is_opening:
        check_mandate(mandate, what=MANDATE, subject_id=str(year.pk), by=by, on=year)
    roadmap = hold(year.roadmap)
    check_move(YEAR_MOVES, year.state, YearState.APPROVED)
    if year.state == YearState.DRAFT and not is_opening:
        raise OutOfTurn(_("The operations committee endorses the year before it is approved."))
    year.state, year.approved_on, year.mandate = YearState.APPROVED, approved_on or clock.today(), mandate
    record(events.YEAR_APPROVED, on=year, by=by, changes=save(year, by=by), reason=mandate.reference)
    notices.year_moved(year, by=by, reason=mandate.reference)
    return _freeze(roadmap, year, mandate, by, promised)


@act
def rebaseline_year(*, year: RoadmapYear, mandate: Mandate, by: Actor, promised: Promise | None = None) -> Baseline:
    """Freeze an approved year again, by a new decision. The first baseline stays and keeps showing what was promised."""
    check_mandate(mandate, what=MANDATE, subject_id=str(year.pk), by=by, on=year)
    roadmap = hold(year.roadmap)
    if year.state != YearState.APPROVED:
        raise OutOfTurn(_("Only an approved year has a baseline."))
    return _freeze(roadmap, year, mandate, by, promised)


def _is_opening(year: RoadmapYear, mandate: Mandate) -> bool:
    """Whether `mandate` is, in the database, the opening position of this year's product."""
    openings = Mandate.objects.filter(kind=MandateKind.OPENING, what=MANDATE)
    return openings.filter(pk=mandate.pk, subject_id=str(year.roadmap.product_id)).exists()


def _freeze(roadmap: Roadmap, year: RoadmapYear, mandate: Mandate, by: Actor, promised: Promise | None) -> Baseline:
    """Keep what was promised: every milestone as the board had it, else as it stands now."""
    number = (Baseline.objects.filter(year=year).aggregate(highest=Max("number"))["highest"] or 0) + 1
    baseline = Baseline(roadmap=roadmap, year=year, number=number, taken_at=clock.now(), mandate=mandate)
    changes = save(baseline, by=by)
    rows = promise_told(year) if promised is None else promised
    entries = BaselineEntry.objects.bulk_create(
        [
            BaselineEntry(baseline=baseline, milestone_id=row["id"], **{name: row[name] for name in PROMISED})
            for row in rows
        ]
    )
    record(
        events.BASELINE_TAKEN,
        on=baseline,
        by=by,
        changes={**changes, "milestones": [None, len(entries)]},
        reason=mandate.reference,
    )
    return baseline
