"""The roadmap part of the world: one goal, outcome, milestone, year, release, demand, project and change."""

from datetime import UTC, date, datetime
from typing import Any

from records import clock
from records.actions.mandates import give_mandate
from records.models import MandateKind
from roadmaps.actions.change_sets import reprioritise
from roadmaps.actions.demand import propose_demand
from roadmaps.actions.feedback import keep_feedback
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.projects import state_expectation
from roadmaps.actions.releases import plan_release
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import approve_year, prepare_year
from roadmaps.models import ParallelProject, Roadmap
from roadmaps.placing import Move
from tests.cast import Cast

APRIL = datetime(2026, 4, 2, 14, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)
YEAR = 2026


def add_roadmap(cast: Cast, project: ParallelProject) -> dict[str, Any]:
    """The rows by the names that addresses use for them."""
    by = cast.product_manager
    with clock.at(APRIL):
        roadmap = open_roadmap(product=cast.product, horizon_from=YEAR, by=by, vision_en="Sooner", vision_fr="Plus tôt")
        goal = add_goal(roadmap=roadmap, by=by, name_en="Suitable work", name_fr="Un travail qui convient")
        outcome = add_outcome(goal=goal, by=by, name_en="Better matches", name_fr="De meilleurs jumelages")
        milestone = add_milestone(roadmap=roadmap, by=by, outcomes=[outcome], planned_year=YEAR, month=date(2027, 2, 1),
                                  title_en="Alerts", title_fr="Alertes")  # fmt: skip
        approved(roadmap, cast)
    things = {"milestone": milestone, **beside(roadmap, milestone, project, by)}
    things["change"] = reprioritise(
        roadmap=roadmap, moves=[Move(milestone, months=1)], by=by, reason_kind="learned", reason="Users asked."
    )
    return things


def approved(roadmap: Roadmap, cast: Cast) -> None:
    year = prepare_year(roadmap=roadmap, year=YEAR, by=cast.product_manager)
    mandate = give_mandate(kind=MandateKind.OPENING, what="roadmap year", subject=cast.product, reference="Decision 12",
                           by=cast.portfolio_manager)  # fmt: skip
    approve_year(year=year, by=cast.portfolio_manager, mandate=mandate)


def beside(roadmap: Roadmap, milestone: Any, project: ParallelProject, by: Any) -> dict[str, Any]:
    asked = {"roadmap": roadmap, "by": by}
    return {
        "demand": propose_demand(**asked, title_en="Faster", title_fr="Plus vite", origin="project", project=project),
        "feedback": keep_feedback(**asked, text="Too slow", language="en", source="Survey"),
        "expectation": state_expectation(**asked, project=project, expected_month=date(2026, 9, 1),
                                         milestone=milestone, what_en="Alerts", what_fr="Alertes"),
        "release": plan_release(**asked, number="4.1", goal_en="Alerts", goal_fr="Alertes",
                                planned_on=date(2027, 2, 9), milestones=[milestone]),
    }  # fmt: skip
