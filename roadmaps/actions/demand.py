"""Demand: proposed, accepted into an outcome, declined with a reason, scheduled by a milestone (domain.md §4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save
from roadmaps import events, notices
from roadmaps.actions.funding import not_counting
from roadmaps.models import Demand, Milestone, MilestoneFunding, Outcome, Roadmap
from roadmaps.permissions import may_accept_demand, may_raise_demand
from roadmaps.states import DEMAND_MOVES, DemandState


@act
def propose_demand(*, roadmap: Roadmap, by: Actor, **values: Any) -> Demand:
    """Ask something of the product. `asked_on` is today unless given; `asked_by` whoever enters it. OutOfTurn for a closed
    product."""
    require(may_raise_demand(by, roadmap))
    if roadmap.product.is_closed:
        raise OutOfTurn(_("The product is closed."))
    values.setdefault("asked_on", clock.today())
    values.setdefault("asked_by", by.get_full_name())
    demand = Demand(roadmap=roadmap, **values)
    _check_roadmap(demand)
    record(events.DEMAND_PROPOSED, on=demand, by=by, changes=save(demand, by=by))
    notices.demand_raised(demand, by=by)
    return demand


def _check_roadmap(demand: Demand) -> None:
    """Project, outcome and milestone belong where the demand does."""
    errors = {}
    if demand.project and demand.project.department_id != demand.roadmap.product.department_id:
        errors["project"] = _("This project belongs to another department.")
    if demand.outcome and demand.outcome.roadmap_id != demand.roadmap_id:
        errors["outcome"] = _("This outcome belongs to another roadmap.")
    if demand.milestone and demand.milestone.roadmap_id != demand.roadmap_id:
        errors["milestone"] = _("This milestone belongs to another roadmap.")
    if errors:
        raise ValidationError(errors)


def _decide(demand: Demand, state: str, event: str, by: Actor, expected: int | None, **values: Any) -> Demand:
    require(may_accept_demand(by, demand.roadmap))
    check_move(DEMAND_MOVES, demand.state, state)
    demand.state, demand.decided_on = state, None if state == DemandState.PROPOSED else clock.today()
    for name, value in values.items():
        setattr(demand, name, value)
    _check_roadmap(demand)
    changes = save(demand, by=by, expected=expected)
    _check_funding(demand, by)
    record(event, on=demand, by=by, changes=changes, reason=demand.decline_reason)
    notices.demand_decided(demand, by=by)
    return demand


def _check_funding(demand: Demand, by: Actor) -> None:
    """Money that counts because of this request goes before the request does."""
    if demand.project is None or demand.project.funds_id is None:
        return
    paid = MilestoneFunding.objects.filter(roadmap=demand.roadmap_id, source=demand.project.funds_id)
    if words := not_counting(paid, by):
        raise ValidationError(words)


@act
def accept_demand(*, demand: Demand, outcome: Outcome, by: Actor, expected: int | None = None) -> Demand:
    """Take the request into an outcome. From then on the asking project's money may count for milestones that serve it."""
    return _decide(demand, DemandState.ACCEPTED, events.DEMAND_ACCEPTED, by, expected, outcome=outcome, milestone=None)


@act
def decline_demand(*, demand: Demand, reason: str, by: Actor, expected: int | None = None) -> Demand:
    """Say no, with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is declined; whoever asked will read it.")})
    return _decide(
        demand, DemandState.DECLINED, events.DEMAND_DECLINED, by, expected, decline_reason=reason, milestone=None
    )


@act
def schedule_demand(*, demand: Demand, milestone: Milestone, by: Actor, expected: int | None = None) -> Demand:
    """Let a milestone answer an accepted request."""
    return _decide(demand, DemandState.SCHEDULED, events.DEMAND_SCHEDULED, by, expected, milestone=milestone)


@act
def propose_again(*, demand: Demand, by: Actor, expected: int | None = None) -> Demand:
    """Put a declined request before the planners again."""
    return _decide(demand, DemandState.PROPOSED, events.DEMAND_REOPENED, by, expected, decline_reason="", outcome=None)
