"""Goals, outcomes, milestones, years, demand, projects, releases, feedback: every move, each refusal, the funding rule."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from products.models import FundingSource
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from records.writing import save
from roadmaps.actions import milestones as acts
from roadmaps.actions.demand import accept_demand, decline_demand, propose_again, propose_demand, schedule_demand
from roadmaps.actions.dependencies import add_dependency, drop_dependency
from roadmaps.actions.feedback import action_feedback, keep_feedback
from roadmaps.actions.funding import drop_funding, fund_milestone
from roadmaps.actions.goals import add_goal, letter_at, retire_goal
from roadmaps.actions.outcomes import add_outcome, change_outcome, close_outcome, record_reading, start_outcome
from roadmaps.actions.projects import confirm_expectation, register_project, state_expectation
from roadmaps.actions.releases import (
    make_release,
    plan_release,
    withdraw_release,
)
from roadmaps.actions.roadmap import confirm_order, open_roadmap
from roadmaps.actions.years import approve_year, endorse_year, prepare_year, rebaseline_year, return_year, vet_year
from roadmaps.models import BaselineEntry, MilestoneFunding
from roadmaps.reading import RoadmapAt
from roadmaps.states import (
    DEMAND_MOVES,
    MILESTONE_MOVES,
    OUTCOME_MOVES,
    RELEASE_MOVES,
    YEAR_MOVES,
    DemandState,
    MilestoneState,
    OutcomeState,
    ReleaseState,
    YearState,
)
from tests.roadmaps.analysing import autonomy
from tests.roadmaps.conftest import decision_about, mandate_for


def pairs(states):
    return [(before, after) for before in states for after in states]


def in_state(row, state, cast, **values):
    """The row as if it had come to `state`, so that every pair of the table can be tried."""
    row.state = state
    for name, value in values.items():
        setattr(row, name, value)
    save(row, by=cast.product_manager)
    return row


MILESTONE_ACTS = {
    "in_progress": acts.start_milestone,
    "released": acts.release_milestone,
    "cancelled": lambda **given: acts.cancel_milestone(reason="No longer needed", **given),
}


@pytest.mark.parametrize(("before", "after"), [pair for pair in pairs(MilestoneState) if pair[1] != "planned"])
def test_milestone_moves_as_the_table_says(milestone, cast, before, after):
    in_state(milestone, before, cast, released_on=date(2026, 9, 1) if before == "released" else None)
    act = MILESTONE_ACTS[after]
    if after in MILESTONE_MOVES[before]:
        assert act(milestone=milestone, by=cast.product_manager).state == after
    else:
        with pytest.raises(Conflict):
            act(milestone=milestone, by=cast.product_manager)


@pytest.mark.parametrize(("before", "act"), [(b, a) for b in MilestoneState for a in ("pause", "restore")])
def test_milestone_returns_to_planned_only_from_where_it_may(milestone, cast, before, act):
    in_state(milestone, before, cast, released_on=date(2026, 9, 1) if before == "released" else None)
    allowed = {"pause": "in_progress", "restore": "cancelled"}[act]
    todo = {"pause": acts.pause_milestone, "restore": acts.restore_milestone}[act]
    if before == allowed:
        assert todo(milestone=milestone, by=cast.product_manager).state == "planned"
    else:
        with pytest.raises(Conflict):
            todo(milestone=milestone, by=cast.product_manager)


@pytest.mark.parametrize(("before", "after"), [pair for pair in pairs(OutcomeState) if pair[1] != "planned"])
def test_outcome_moves_as_the_table_says(outcome, cast, before, after):
    closed = (
        {"verdict": "met", "evidence_en": "They say so", "closed_on": date(2026, 9, 1)}
        if before in ("delivered", "stopped")
        else {}
    )
    in_state(outcome, before, cast, **closed)
    autonomy(cast, "stop")
    outcome.refresh_from_db()

    def act():
        if after == "in_delivery":
            return start_outcome(outcome=outcome, by=cast.product_manager)
        return close_outcome(
            outcome=outcome, state=after, verdict="met", evidence_en="They say so", by=cast.product_manager
        )

    if after in OUTCOME_MOVES[before]:
        assert act().state == after
    else:
        with pytest.raises(Conflict):
            act()


def a_demand(roadmap, cast, **values):
    return propose_demand(
        roadmap=roadmap,
        by=cast.product_manager,
        title_en="Faster",
        title_fr="Plus rapide",
        **{"origin": "users", **values},
    )


def test_nothing_is_asked_of_a_closed_product(roadmap, cast):
    roadmap.product.phase = "phased_out"
    with pytest.raises(Conflict, match="closed"):
        a_demand(roadmap, cast)


@pytest.mark.parametrize(("before", "after"), pairs(DemandState))
def test_demand_moves_as_the_table_says(roadmap, milestone, outcome, cast, before, after):
    decided = {} if before == "proposed" else {"decided_on": date(2026, 9, 1)}
    demand = in_state(
        a_demand(roadmap, cast),
        before,
        cast,
        outcome=outcome,
        milestone=milestone if before == "scheduled" else None,
        decline_reason="No" if before == "declined" else "",
        **decided,
    )
    todo = {
        "proposed": lambda: propose_again(demand=demand, by=cast.product_owner),
        "accepted": lambda: accept_demand(demand=demand, outcome=outcome, by=cast.product_owner),
        "declined": lambda: decline_demand(demand=demand, reason="Too dear", by=cast.product_owner),
        "scheduled": lambda: schedule_demand(demand=demand, milestone=milestone, by=cast.product_owner),
    }[after]
    if after in DEMAND_MOVES[before]:
        assert todo().state == after
    else:
        with pytest.raises(Conflict):
            todo()


@pytest.mark.parametrize(("before", "after"), [pair for pair in pairs(ReleaseState) if pair[1] != "planned"])
def test_release_moves_as_the_table_says(roadmap, cast, before, after):
    release = plan_release(
        roadmap=roadmap, by=cast.product_owner, number="1.0", goal_en="G", goal_fr="B", planned_on=date(2026, 12, 1)
    )
    made = {"released_on": date(2026, 11, 1), "authorisation": "CAB 7"} if before == "released" else {}
    in_state(release, before, cast, **made)
    todo = {
        "released": lambda: make_release(release=release, authorisation="CAB 9", by=cast.change_coordinator),
        "withdrawn": lambda: withdraw_release(release=release, reason="Not ready", by=cast.change_coordinator),
    }[after]
    if after in RELEASE_MOVES[before]:
        assert todo().state == after
    else:
        with pytest.raises(Conflict):
            todo()


def test_years_move_as_the_table_says(roadmap, cast):
    assert set(YEAR_MOVES) == set(YearState)
    year = prepare_year(roadmap=roadmap, year=2027, by=cast.product_manager)
    by_board = {"year": year, "by": cast.cfo}
    with pytest.raises(Conflict, match="IT Manager"):
        endorse_year(mandate=decision_about(year), **by_board)
    vet_year(year=year, by=cast.it_manager)
    with pytest.raises(Conflict, match="endorses the year before"):
        approve_year(mandate=decision_about(year), **by_board)
    assert endorse_year(mandate=decision_about(year), **by_board).state == "endorsed"
    assert return_year(mandate=decision_about(year), reason="Costs are missing", **by_board).state == "draft"
    with pytest.raises(Conflict, match="IT Manager"):
        endorse_year(mandate=decision_about(year), **by_board)
    vet_year(year=year, by=cast.it_manager)
    endorse_year(mandate=decision_about(year), **by_board)
    approve_year(mandate=decision_about(year), **by_board)
    for again in (
        lambda: endorse_year(mandate=decision_about(year), **by_board),
        lambda: return_year(mandate=decision_about(year), reason="Too late", **by_board),
        lambda: vet_year(year=year, by=cast.it_manager),
    ):
        with pytest.raises(Conflict):
            again()


def test_year_is_vetted_by_the_it_manager_only(roadmap, cast):
    year = prepare_year(roadmap=roadmap, year=2027, by=cast.product_manager)
    with pytest.raises(Refused):
        vet_year(year=year, by=cast.product_manager)


def test_approval_freezes_the_year_in_the_same_act(roadmap, milestone, approved, cast):
    [entry] = BaselineEntry.objects.all()
    assert (entry.milestone, entry.month, entry.baseline.number) == (milestone, date(2027, 2, 1), 1)
    assert {"roadmap year approved", "roadmap baseline taken"} <= set(
        AuditEvent.objects.values_list("event", flat=True)
    )


def test_later_baseline_leaves_the_first_as_it_was(roadmap, milestone, approved, cast):
    second = rebaseline_year(year=approved, mandate=decision_about(approved), by=cast.cfo)
    assert (second.number, BaselineEntry.objects.count()) == (2, 2)


def test_nobody_moves_a_year_without_a_board(roadmap, endorsed, cast):
    """Whoever it is: an opening position approves a draft once and does no more, another year's decision does nothing."""
    other = prepare_year(roadmap=roadmap, year=2028, by=cast.product_manager)
    opening, elsewhere = mandate_for(cast.product, cast), decision_about(other)
    for by in (cast.portfolio_manager, cast.admin, cast.cfo):
        for mandate in (opening, elsewhere):
            with pytest.raises(Refused):
                return_year(year=endorsed, mandate=mandate, reason="I say so", by=by)
            with pytest.raises(Refused):
                rebaseline_year(year=endorsed, mandate=mandate, by=by)
        with pytest.raises(Refused):
            endorse_year(year=other, mandate=opening, by=by)
        with pytest.raises(Refused):
            approve_year(year=endorsed, mandate=elsewhere, by=by)
    endorsed.refresh_from_db()
    assert endorsed.state == "endorsed"


def test_letters_go_on_after_z():
    assert [letter_at(position) for position in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_goals_are_lettered_and_outcomes_numbered(roadmap, goal, outcome, cast):
    second = add_goal(roadmap=roadmap, by=cast.product_owner, name_en="Second", name_fr="Deuxième")
    other = add_outcome(goal=second, by=cast.product_owner, name_en="Other", name_fr="Autre")
    assert [outcome.code, other.code] == ["A.1", "B.1"]


def test_goal_with_an_outcome_in_delivery_is_not_retired(goal, outcome, cast):
    start_outcome(outcome=outcome, by=cast.product_manager)
    with pytest.raises(ValidationError, match=r"A\.1"):
        retire_goal(goal=goal, reason="Done", by=cast.product_manager)


def test_closing_wants_verdict_and_evidence_and_ends_changes(outcome, cast):
    start_outcome(outcome=outcome, by=cast.product_manager)
    with pytest.raises(ValidationError):
        close_outcome(outcome=outcome, state="delivered", verdict="met", by=cast.product_manager)
    outcome.refresh_from_db()
    close_outcome(
        outcome=outcome, state="delivered", verdict="met", evidence_fr="Ils le disent", by=cast.product_manager
    )
    with pytest.raises(ValidationError):
        change_outcome(outcome=outcome, by=cast.product_manager, name_en="Other")


def test_outcome_shows_its_way_and_flags_slow_planning(roadmap, outcome, cast):
    change_outcome(outcome=outcome, by=cast.product_manager, baseline=Decimal(10), target=Decimal(20))
    record_reading(outcome=outcome, value=Decimal(13), source="Survey", by=cast.product_manager)
    [found] = RoadmapAt(roadmap).outcomes
    assert (found.progress, found.latest.value, found.is_slow) == (30, Decimal(13), True)


def test_project_money_wants_an_accepted_requirement(roadmap, milestone, outcome, cast):
    source = FundingSource(department=cast.department, code="PRJ", name_en="Project money", name_fr="Argent du projet")
    save(source, by=cast.portfolio_manager)
    project = register_project(
        department=cast.department,
        by=cast.portfolio_manager,
        code="P1",
        name_en="Renewal",
        name_fr="Renouveau",
        kind="investment",
        sponsor="A",
        manager="B",
        funds=source,
    )
    pay = {"milestone": milestone, "source": source, "amount": Decimal(500), "by": cast.product_manager}
    demand = a_demand(roadmap, cast, origin="project", project=project)
    with pytest.raises(Refused, match=r"Renewal.*A\.1"):
        fund_milestone(**pay)
    accept_demand(demand=demand, outcome=outcome, by=cast.product_manager)
    assert fund_milestone(**pay).amount == 500
    assert RoadmapAt(roadmap).milestones[0].funding[0].amount == 500
    # What the money counts by does not go before the money does.
    with pytest.raises(ValidationError, match="Take that money off"):
        decline_demand(demand=demand, reason="No", by=cast.product_manager)
    with pytest.raises(ValidationError, match="Take that money off"):
        acts.change_milestone(milestone=milestone, outcomes=[], by=cast.product_manager)
    drop_funding(funding=MilestoneFunding.objects.get(), by=cast.product_manager)
    demand.refresh_from_db()
    assert decline_demand(demand=demand, reason="No", by=cast.product_manager).state == "declined"


def test_dependencies_never_make_a_circle(roadmap, milestone, cast):
    other = acts.add_milestone(roadmap=roadmap, by=cast.product_manager, title_en="Other", title_fr="Autre")
    link = add_dependency(milestone=milestone, needs=other, by=cast.product_manager)
    with pytest.raises(ValidationError, match="circle"):
        add_dependency(milestone=other, needs=milestone, by=cast.product_manager)
    drop_dependency(dependency=link, by=cast.product_manager)
    assert RoadmapAt(roadmap).milestones[0].dependency_count == 0


def test_order_is_confirmed_by_the_product_owner_only(roadmap, cast):
    with pytest.raises(Refused):
        confirm_order(roadmap=roadmap, by=cast.product_manager)
    assert confirm_order(roadmap=roadmap, by=cast.product_owner).order_confirmed_on == date(2026, 11, 18)


def test_feedback_is_kept_and_actioned(roadmap, milestone, cast):
    feedback = keep_feedback(
        roadmap=roadmap, text="Trop lent", language="fr", source="Sondage", by=cast.support_manager
    )
    assert action_feedback(feedback=feedback, milestone=milestone, by=cast.product_owner).milestone == milestone


def test_expectation_is_confirmed_and_compared(roadmap, milestone, cast):
    project = register_project(
        beside=cast.product,
        by=cast.product_manager,
        code="P1",
        name_en="Renewal",
        name_fr="Renouveau",
        kind="programme",
        sponsor="A",
        manager="B",
    )
    stated = state_expectation(
        roadmap=roadmap,
        project=project,
        expected_month=date(2026, 12, 1),
        milestone=milestone,
        by=cast.product_manager,
        what_en="Alerts",
        what_fr="Alertes",
        confirmed_on=date(2026, 9, 1),
    )
    confirm_expectation(expectation=stated, by=cast.product_manager)
    [found] = RoadmapAt(roadmap).expectations
    assert found.confirmed_on == date(2026, 11, 18)
    assert found.mismatch == "Renewal expects 2026-12, roadmap says 2027-02: project to adjust"


def test_roadmap_belongs_to_the_head_and_to_planners(cast):
    with pytest.raises(Refused):
        open_roadmap(product=cast.product, horizon_from=2026, by=cast.colleague)
    with pytest.raises(ValidationError):
        open_roadmap(product=cast.product, horizon_from=1492, by=cast.product_manager)


def test_quiet_quarters_are_named(roadmap, milestone):
    plan = RoadmapAt(roadmap).year(2026)
    assert plan.quiet_quarters == (1, 2, 3)
    assert plan.cadence_warning() == "Q1, Q2, Q3 deliver no outcome. Every quarter should."
