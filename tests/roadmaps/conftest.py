"""A roadmap every test can begin from, reached by walking the actions."""

from datetime import UTC, date, datetime

import pytest

from products.models import Product
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from roadmaps.actions.analyses import begin_analysis, publish_analysis, save_analysis
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome, change_outcome
from roadmaps.actions.releases import make_release, plan_release
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import MANDATE, approve_year, endorse_year, prepare_year, vet_year
from roadmaps.models import Goal, Milestone, Outcome, Roadmap, RoadmapYear
from tests.cast import Cast
from tests.roadmaps.analysing import FOUND

APRIL = datetime(2026, 4, 2, 14, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 1, 14, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    """Every test of this floor lives on 2026-11-18."""
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    with clock.at(APRIL):
        return open_roadmap(
            product=cast.product,
            horizon_from=2025,
            by=cast.product_manager,
            vision_en="Find work sooner",
            vision_fr="Trouver du travail plus tôt",
        )


@pytest.fixture
def goal(roadmap: Roadmap, cast: Cast) -> Goal:
    with clock.at(APRIL):
        return add_goal(
            roadmap=roadmap, by=cast.product_manager, name_en="Suitable work", name_fr="Un travail qui convient"
        )


@pytest.fixture
def outcome(goal: Goal, cast: Cast) -> Outcome:
    with clock.at(APRIL):
        return add_outcome(
            goal=goal, by=cast.product_manager, name_en="Better matches", name_fr="De meilleurs jumelages"
        )


@pytest.fixture
def milestone(roadmap: Roadmap, outcome: Outcome, cast: Cast) -> Milestone:
    """Planned for February 2027, serving A.1."""
    with clock.at(APRIL):
        return add_milestone(
            roadmap=roadmap,
            by=cast.product_manager,
            outcomes=[outcome],
            title_en="Alerts by text",
            title_fr="Alertes par texto",
            planned_year=2026,
            month=date(2027, 2, 1),
        )


@pytest.fixture
def approved(roadmap: Roadmap, milestone: Milestone, cast: Cast) -> RoadmapYear:
    """2026–27, approved in April 2026 with the milestone in February."""
    with clock.at(APRIL):
        year = prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)
        approve_year(year=year, by=cast.portfolio_manager, mandate=mandate_for(cast.product, cast))
    return year


def decision_about(year: RoadmapYear):
    """A board's mandate for `year`."""
    return give_mandate(kind=MandateKind.DECISION, what=MANDATE, subject=year, reference="RC 2026-14", by=SYSTEM)


def mandate_for(product: Product, cast: Cast):
    """The opening position of `product`."""
    return give_mandate(
        kind=MandateKind.OPENING,
        what=MANDATE,
        subject=product,
        reference="Decision 12",
        by=cast.portfolio_manager,
    )


@pytest.fixture
def endorsed(roadmap: Roadmap, cast: Cast) -> RoadmapYear:
    year = prepare_year(roadmap=roadmap, year=2027, by=cast.product_manager)
    vet_year(year=year, by=cast.it_manager)
    return endorse_year(year=year, mandate=decision_about(year), by=SYSTEM)


@pytest.fixture
def release(roadmap, milestone, outcome, cast):
    """In production since 2026-09-01, with a milestone that serves A.1."""
    by = cast.product_manager
    change_outcome(
        outcome=outcome, by=by, believe_en="alerts", believe_fr="des alertes", result_en="more interviews",
        result_fr="plus d’entrevues", metric_en="interviews per 100 seekers", metric_fr="entrevues par 100 chercheurs",
        baseline=12, target=18, target_on=date(2027, 3, 31),
    )  # fmt: skip
    with clock.at(SEPTEMBER):
        planned = plan_release(
            roadmap=roadmap, by=by, number="4.1", goal_en="Alerts", goal_fr="Alertes", planned_on=date(2026, 9, 1),
            milestones=[milestone],
        )  # fmt: skip
        return make_release(release=planned, authorisation="CAB 9", by=cast.change_coordinator)


@pytest.fixture
def analysis(release, cast):
    return begin_analysis(release=release, by=cast.product_manager)


@pytest.fixture
def published(analysis, cast):
    values = {"analysed_on": date(2026, 11, 2), "analysis_en": "Fewer than hoped", "analysis_fr": "Moins qu’espéré"}
    save_analysis(analysis=analysis, by=cast.product_manager, findings={"A1": FOUND}, **values)
    return publish_analysis(analysis=analysis, by=cast.product_manager)
