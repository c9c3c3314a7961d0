"""The roadmap part of the world: one goal, outcome, milestone, year, release, demand, project and change."""

from datetime import UTC, date, datetime
from typing import Any

from records import clock
from records.actions.mandates import give_mandate
from records.models import MandateKind
from roadmaps.actions.analyses import begin_analysis, publish_analysis, save_analysis
from roadmaps.actions.change_sets import reprioritise
from roadmaps.actions.demand import propose_demand
from roadmaps.actions.feedback import keep_feedback
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.projects import state_expectation
from roadmaps.actions.releases import make_release, plan_release
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import approve_year, prepare_year
from roadmaps.models import ImpactAnalysis, ParallelProject, Release, Roadmap
from roadmaps.placing import Move
from tests.cast import Cast

APRIL = datetime(2026, 4, 2, 14, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)
YEAR = 2026
FOUND = {"observed_en": "More", "verdict": "met", "effect": "positive", "evidence_en": "Survey"}


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
    things |= analysed(roadmap, outcome, by)
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


def analysed(roadmap: Roadmap, outcome: Any, by: Any) -> dict[str, Any]:
    """A release with a published impact analysis, and one whose analysis is being written."""
    made = [_made(roadmap, outcome, number, by) for number in ("3.9", "4.0")]
    for release in made:
        begin_analysis(release=release, by=by)
    told = {"analysis": ImpactAnalysis.objects.get(release=made[0]), "by": by}
    save_analysis(**told, analysed_on=clock.today(), analysis_en="Better", findings={"A1": FOUND})
    publish_analysis(**told)
    return {"analysed": made[0], "analysing": made[1]}


def _made(roadmap: Roadmap, outcome: Any, number: str, by: Any) -> Release:
    brought = add_milestone(
        roadmap=roadmap, by=by, outcomes=[outcome], title_en=f"Part {number}", title_fr=f"Lot {number}"
    )
    release = plan_release(roadmap=roadmap, by=by, number=number, goal_en="Alerts", goal_fr="Alertes",
                           planned_on=date(2026, 4, 1), milestones=[brought])  # fmt: skip
    return make_release(release=release, authorisation="CAB 7", by=by)
