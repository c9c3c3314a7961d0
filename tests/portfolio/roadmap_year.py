"""A roadmap year to look at, reached by walking the actions: goals, outcomes, milestones, approval, a move."""

from datetime import UTC, date, datetime
from decimal import Decimal

from products import fiscal
from records import clock
from records.actions.mandates import give_mandate
from records.models import MandateKind
from roadmaps.actions.change_sets import reprioritise
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import approve_year, prepare_year
from roadmaps.models import Milestone, Outcome, Roadmap
from roadmaps.placing import Move
from tests.cast import Cast

APRIL = datetime(2026, 4, 2, 14, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 7, 14, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)
TITLES = [
    ("Alerts by text", "Alertes par texto"),
    ("Shared sign-in", "Connexion commune"),
    ("Nightly batch", "Lot de nuit"),
]


def open_with_outcome(cast: Cast) -> Outcome:
    """A roadmap 2026 to 2028 of the family with goal A and outcome A.1."""
    with clock.at(APRIL):
        roadmap = open_roadmap(
            product=cast.product,
            horizon_from=2026,
            by=cast.product_manager,
            vision_en="Find work sooner. Nobody asks twice.",
            vision_fr="Trouver du travail plus tôt. On ne demande pas deux fois.",
        )
        goal = add_goal(
            roadmap=roadmap, by=cast.product_manager, name_en="Suitable work", name_fr="Un travail convenable"
        )
        return add_outcome(
            goal=goal,
            by=cast.product_manager,
            name_en="Better matches",
            name_fr="De meilleurs jumelages",
            metric_en="interviews",
            metric_fr="entrevues",
            baseline=Decimal(9),
            target=Decimal(14),
            target_on=date(2027, 3, 31),
        )


def add_milestones(outcome: Outcome, cast: Cast, count: int, year: int = 2026) -> list[Milestone]:
    """`count` milestones over the months of the year, every ninth without a month."""
    with clock.at(APRIL):
        return [_add(outcome, cast, number, year) for number in range(count)]


def _add(outcome: Outcome, cast: Cast, number: int, year: int) -> Milestone:
    english, french = TITLES[number % len(TITLES)]
    return add_milestone(
        roadmap=outcome.roadmap,
        by=cast.product_manager,
        outcomes=[outcome],
        title_en=f"{english} {number + 1}",
        title_fr=f"{french} {number + 1}",
        summary_en="Seekers hear of it within the hour",
        summary_fr="On l’apprend dans l’heure",
        planned_year=year,
        month=None if number % 9 == 8 else fiscal.months_of(year)[number % 12],
        cost_salary=Decimal(100_000),
    )


def approve(outcome: Outcome, cast: Cast, year: int = 2026) -> None:
    """The year's plan, approved in April with its milestones as they stand."""
    with clock.at(APRIL):
        plan = prepare_year(roadmap=outcome.roadmap, year=year, by=cast.product_manager)
        mandate = give_mandate(
            kind=MandateKind.OPENING,
            what="roadmap year",
            subject=cast.product,
            reference="Decision 12",
            by=cast.oversight,
        )
        approve_year(year=plan, by=cast.oversight, mandate=mandate)


def move(milestone: Milestone, month: date, cast: Cast, reason: str) -> None:
    with clock.at(OCTOBER):
        roadmap = Roadmap.objects.select_related("product__department").get(pk=milestone.roadmap_id)
        move = Move(Milestone.objects.get(pk=milestone.pk), month=month)
        reprioritise(roadmap=roadmap, moves=[move], reason_kind="capacity", reason=reason, by=cast.product_manager)
