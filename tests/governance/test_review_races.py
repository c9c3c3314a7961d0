"""Several people at one review in the same moment: one attempt, one package, nothing attached to what is frozen (R-17, R-20)."""

import pytest

from governance.actions.artefacts import attach_link
from governance.actions.boards import give_competence
from governance.actions.reviews import begin_review, change_review, submit_review, withdraw_review
from governance.gates import package
from governance.models import Package, Review
from governance.states import DecisionKind
from people.actions.reference import save_reference
from products.actions.products import change_product
from products.models import AutonomyLevel
from records.actors import SYSTEM
from records.refusals import Conflict
from roadmaps.actions.goals import add_goal
from roadmaps.actions.outcomes import add_outcome, hold_own_gate, start_outcome
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.models import Outcome
from tests.attack.at_once import at_once, meeting_at
from tests.governance.gate_world import gate, prepared

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_leads_begin_one_attempt(town):
    product, leads = town.cast.product, (town.cast.product_manager, town.cast.head_of_product)
    wanted = gate(1)
    at_once(*[lambda by=by: begin_review(product=product, gate=wanted, by=by) for by in leads])
    assert Review.objects.count() == 1


def test_what_is_submitted_is_what_is_frozen(town):
    lead = town.cast.product_manager
    review = prepared(town.cast.product, 1, lead)
    at_once(
        *[lambda: submit_review(review=Review.objects.get(), by=lead)] * 2,
        lambda: attach_link(review=review, title="Late", link="https://late.example/", by=lead),
        lambda: withdraw_review(review=Review.objects.get(), reason="Not yet", by=town.cast.head_of_product),
    )
    left = Review.objects.select_related("product").get()
    assert left.state in ("submitted", "withdrawn")
    for frozen in Package.objects.all():
        assert frozen.sha256 == package.sha256(frozen.content)
        assert len(frozen.content["artefacts"]) == left.artefacts.count()


def in_delivery(cast):
    """An outcome that the team may stop alone."""
    by = cast.product_manager
    level = AutonomyLevel(department=cast.department, code="L3", name_en="Three", name_fr="Trois", team_may_stop=True)
    level = save_reference(entry=level, by=SYSTEM)
    product = change_product(product=cast.product, by=by, autonomy_level=level)
    roadmap = open_roadmap(product=product, by=by, horizon_from=2026, horizon_years=3)
    goal = add_goal(roadmap=roadmap, by=by, name_en="Suitable work", name_fr="Un travail qui convient")
    outcome = add_outcome(goal=goal, by=by, name_en="Better matches", name_fr="De meilleurs jumelages")
    return start_outcome(outcome=outcome, by=by)


@pytest.mark.parametrize(
    ("team_first", "states"), [(False, ("submitted", "in_delivery")), (True, ("preparing", "stopped"))]
)
def test_the_gate_of_an_outcome_is_the_teams_or_a_boards_but_not_both(town, team_first, states):
    give_competence(board=town.board, kind=DecisionKind.OUTCOME_GATE, by=SYSTEM)
    by, outcome = town.cast.product_manager, in_delivery(town.cast)
    review = begin_review(product=town.cast.product, kind=DecisionKind.OUTCOME_GATE, outcome=outcome, by=by)
    change_review(review=review, by=by, ask_en="Go on?", ask_fr="Continuer?")
    calls = [
        lambda: submit_review(review=Review.objects.get(), by=by),
        lambda: hold_own_gate(outcome=Outcome.objects.get(), result="stop", by=by, reason_en="Nobody came."),
    ]
    answers = meeting_at(town.cast.product, *(reversed(calls) if team_first else calls))
    assert [isinstance(each, Conflict) for each in answers] == [False, True]
    assert (Review.objects.get().state, Outcome.objects.get().state) == states
