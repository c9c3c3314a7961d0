"""Milestones: added, described, started, released, cancelled, marked at risk (domain.md §4).

Where a milestone stands (year, month, lane, order) moves only by a change of the roadmap (roadmaps.actions.change_sets).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.trail import record
from records.writing import remove, save
from roadmaps import events
from roadmaps.actions.funding import not_counting
from roadmaps.actions.outcomes import take_into_delivery
from roadmaps.actions.roadmap import hold
from roadmaps.actions.speed import note_speed
from roadmaps.models import RANK_STEP, Milestone, MilestoneFunding, MilestoneOutcome, Outcome, Roadmap
from roadmaps.permissions import may_edit_roadmap
from roadmaps.states import MILESTONE_MOVES, MilestoneState

PLACE_FIELDS = frozenset({"planned_year", "month", "goal", "rank", "state", "released_on"})


@act
def add_milestone(*, roadmap: Roadmap, by: Actor, outcomes: Iterable[Outcome] = (), **values: Any) -> Milestone:
    """Add a milestone at the end of the order. `values` are fields of Milestone; without a goal it takes its first outcome's.

    Year and month may be left out: wanted, not placed. ValidationError names what does not belong to this roadmap.
    """
    require(may_edit_roadmap(by, roadmap))
    roadmap, outcomes = hold(roadmap), list(outcomes)
    if not values.get("goal") and outcomes:
        values["goal"] = outcomes[0].goal
    milestone = Milestone(roadmap=roadmap, rank=last_rank(roadmap) + RANK_STEP, **values)
    check_belongings(milestone, outcomes)
    changes = save(milestone, by=by)
    changes |= _serve(milestone, outcomes, by)
    record(events.MILESTONE_ADDED, on=milestone, by=by, changes=changes)
    return milestone


def last_rank(roadmap: Roadmap) -> int:
    """The highest place given out so far."""
    return Milestone.objects.filter(roadmap=roadmap).aggregate(highest=Max("rank"))["highest"] or 0


def check_belongings(milestone: Milestone, outcomes: Iterable[Outcome] = ()) -> None:
    """Goal and outcomes are of the same roadmap, the project of the same department."""
    errors = {}
    if milestone.goal and milestone.goal.roadmap_id != milestone.roadmap_id:
        errors["goal"] = _("This goal belongs to another roadmap.")
    if any(outcome.roadmap_id != milestone.roadmap_id for outcome in outcomes):
        errors["outcomes"] = _("An outcome belongs to another roadmap.")
    if milestone.project and milestone.project.department_id != milestone.roadmap.product.department_id:
        errors["project"] = _("This project belongs to another department.")
    if errors:
        raise ValidationError(errors)


def _serve(milestone: Milestone, outcomes: Iterable[Outcome], by: Actor) -> dict[str, list[Any]]:
    """Let the milestone serve exactly these outcomes; returns the change as codes."""
    wanted = {outcome.pk: outcome for outcome in outcomes}
    links = MilestoneOutcome.objects.filter(milestone=milestone).select_related("outcome__goal")
    present = {link.outcome_id: link for link in links}
    for key in present.keys() - wanted.keys():
        remove(present[key], by=by)
    for key in wanted.keys() - present.keys():
        save(MilestoneOutcome(roadmap=milestone.roadmap, milestone=milestone, outcome=wanted[key]), by=by)
    if wanted.keys() == present.keys():
        return {}
    before = sorted(link.outcome.code for link in present.values())
    return {"outcomes": [before, sorted(outcome.code for outcome in wanted.values())]}


@act
def change_milestone(
    *,
    milestone: Milestone,
    by: Actor,
    expected: int | None = None,
    outcomes: Iterable[Outcome] | None = None,
    **values: Any,
) -> Milestone:
    """Change texts, costs, size, kind, marks, project and outcomes served. TypeError for a field that says where it stands."""
    require(may_edit_roadmap(by, milestone.roadmap))
    if PLACE_FIELDS & values.keys():
        raise TypeError("Where a milestone stands is moved by a change of the roadmap.")
    for name, value in values.items():
        setattr(milestone, name, value)
    chosen = None if outcomes is None else list(outcomes)
    check_belongings(milestone, chosen or ())
    changes = save(milestone, by=by, expected=expected)
    if chosen is not None:
        changes |= _serve(milestone, chosen, by)
        if words := not_counting(MilestoneFunding.objects.filter(milestone=milestone), by):
            raise ValidationError({"outcomes": words})
    if changes:
        record(events.MILESTONE_CHANGED, on=milestone, by=by, changes=changes)
    return milestone


def _become(
    milestone: Milestone, state: str, event: str, by: Actor, expected: int | None, reason: str = "", **values: Any
) -> Milestone:
    require(may_edit_roadmap(by, milestone.roadmap))
    check_move(MILESTONE_MOVES, milestone.state, state)
    milestone.state = state
    for name, value in values.items():
        setattr(milestone, name, value)
    record(event, on=milestone, by=by, changes=save(milestone, by=by, expected=expected), reason=reason)
    return milestone


@act
def start_milestone(*, milestone: Milestone, by: Actor, expected: int | None = None) -> Milestone:
    """From planned to in progress; the outcomes it serves are in delivery with it."""
    _become(milestone, MilestoneState.IN_PROGRESS, events.MILESTONE_STARTED, by, expected)
    take_into_delivery(milestone=milestone, by=by, reason=_("%(what)s is begun") % {"what": milestone.title})
    return milestone


@act
def pause_milestone(*, milestone: Milestone, by: Actor, reason: str = "", expected: int | None = None) -> Milestone:
    """From in progress back to planned."""
    return _become(
        milestone, _only_from(milestone, MilestoneState.IN_PROGRESS), events.MILESTONE_PAUSED, by, expected, reason
    )


@act
def restore_milestone(*, milestone: Milestone, by: Actor, reason: str = "", expected: int | None = None) -> Milestone:
    """From cancelled back to planned."""
    return _become(
        milestone, _only_from(milestone, MilestoneState.CANCELLED), events.MILESTONE_RESTORED, by, expected, reason
    )


def _only_from(milestone: Milestone, state: str) -> str:
    """Planned, but only for a milestone in `state`; Conflict otherwise."""
    check_move({state: {MilestoneState.PLANNED}}, milestone.state, MilestoneState.PLANNED)
    return MilestoneState.PLANNED


@act
def release_milestone(
    *, milestone: Milestone, by: Actor, released_on: date | None = None, expected: int | None = None
) -> Milestone:
    """The milestone is in production since `released_on` (today), and stands in that month. The mark "at risk" goes with it;
    the outcomes it serves are in delivery at the latest now."""
    day = released_on or clock.today()
    if day > clock.today():
        raise ValidationError({"released_on": _("A release in the future is a plan. Enter it when it happened.")})
    require(may_edit_roadmap(by, milestone.roadmap))
    milestone.came_on(day)
    _become(
        milestone,
        MilestoneState.RELEASED,
        events.MILESTONE_RELEASED,
        by,
        expected,
        is_at_risk=False,
        risk_reason_en="",
        risk_reason_fr="",
    )
    reason = _("%(what)s is in production") % {"what": milestone.title}
    take_into_delivery(milestone=milestone, by=by, reason=reason)
    note_speed(milestone.roadmap, day, reason, by)
    return milestone


@act
def cancel_milestone(*, milestone: Milestone, reason: str, by: Actor, expected: int | None = None) -> Milestone:
    """Give a milestone up, with the reason. It stays visible, struck through."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is cancelled.")})
    return _become(
        milestone,
        MilestoneState.CANCELLED,
        events.MILESTONE_CANCELLED,
        by,
        expected,
        reason,
        is_at_risk=False,
        risk_reason_en="",
        risk_reason_fr="",
    )


@act
def mark_at_risk(
    *, milestone: Milestone, by: Actor, risk_reason_en: str = "", risk_reason_fr: str = "", expected: int | None = None
) -> Milestone:
    """Mark an open milestone at risk, with why in a few words. Marking again changes the words."""
    require(may_edit_roadmap(by, milestone.roadmap))
    if milestone.state not in (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS):
        raise ValidationError(_("Only a milestone that is planned or in progress can be at risk."))
    milestone.is_at_risk, milestone.risk_reason_en, milestone.risk_reason_fr = True, risk_reason_en, risk_reason_fr
    record(events.MILESTONE_AT_RISK, on=milestone, by=by, changes=save(milestone, by=by, expected=expected))
    return milestone


@act
def clear_risk(*, milestone: Milestone, by: Actor, expected: int | None = None) -> Milestone:
    """Take the mark "at risk" away."""
    require(may_edit_roadmap(by, milestone.roadmap))
    milestone.is_at_risk, milestone.risk_reason_en, milestone.risk_reason_fr = False, "", ""
    changes = save(milestone, by=by, expected=expected)
    if changes:
        record(events.MILESTONE_NOT_AT_RISK, on=milestone, by=by, changes=changes)
    return milestone
