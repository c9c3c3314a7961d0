"""What a board decides on an outcome in delivery: it continues, is adjusted, or stops; by decision and by nothing else."""

import pytest
from django.urls import reverse

from governance.forms.votes import DecisionForm
from governance.states import Outcome as Decided
from people.actions.reference import save_reference
from products.actions.products import change_product
from products.models import AutonomyLevel
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import AuditEvent, MandateKind
from records.refusals import Refused
from records.writing import save
from roadmaps.actions.goals import add_goal
from roadmaps.actions.outcomes import add_outcome, hold_gate, start_outcome
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.models import Outcome, OutcomeGate
from tests.governance.deciding import decided, review_for
from tests.governance.test_carrying_out import carried

PAGE = "/en/products/JSA/roadmap/outcomes/A.1/"


@pytest.fixture
def outcome(cast):
    by = cast.product_manager
    roadmap = open_roadmap(product=cast.product, by=by, horizon_from=2026, horizon_years=3)
    goal = add_goal(roadmap=roadmap, by=by, name_en="Suitable work", name_fr="Un travail qui convient")
    outcome = add_outcome(goal=goal, by=by, name_en="Better matches", name_fr="De meilleurs jumelages")
    return start_outcome(outcome=outcome, by=by)


def at_gate(cast, outcome, result, **values):
    carried(decided(review_for(cast, "outcome_gate", outcome=outcome), result, **values), cast.cfo)
    outcome.refresh_from_db()


@pytest.mark.parametrize(
    ("result", "gates", "state"),
    [
        ("approved", ["continue"], "in_delivery"),
        ("with_conditions", ["adjust"], "in_delivery"),
        ("rejected", ["stop"], "stopped"),
        ("returned", [], "in_delivery"),
        ("deferred", [], "in_delivery"),
    ],
)
def test_decision_on_an_outcome_does_what_it_says(cast, outcome, result, gates, state):
    at_gate(cast, outcome, result)
    assert list(OutcomeGate.objects.values_list("result", flat=True)) == gates
    assert outcome.state == state


def test_stopped_outcome_says_who_stopped_it_and_why(cast, outcome, client_of):
    at_gate(cast, outcome, "approved")
    at_gate(cast, outcome, "rejected", rationale_en="Nobody uses it", rationale_fr="Personne ne l’utilise")
    page = client_of("colleague").get(PAGE).content.decode()
    assert "It was decided on 2 times" in page
    assert "before users could judge it" in page
    assert "Nobody uses it" in page
    assert "Personne ne l’utilise" in client_of("colleague").get(PAGE.replace("/en/", "/fr/")).content.decode()
    assert AuditEvent.objects.filter(event="outcome stopped by a board").count() == 1


def test_only_a_decision_about_this_outcome_holds_its_gate(cast, outcome):
    for kind, about in [(MandateKind.OPENING, outcome), (MandateKind.DECISION, cast.product)]:
        mandate = give_mandate(kind=kind, what="outcome gate", subject=about, reference="Paper", by=SYSTEM)
        with pytest.raises(Refused):
            hold_gate(outcome=outcome, result="stop", mandate=mandate, by=cast.cfo)
    assert Outcome.objects.get(pk=outcome.pk).state == "in_delivery"


def test_team_does_not_close_the_outcome_a_board_has_before_it(cast, outcome, client_of):
    review_for(cast, "outcome_gate", outcome=outcome)
    sent = {"state": "delivered", "verdict": "met", "evidence_en": "They say so", "version": outcome.version}
    client = client_of("product_manager")
    answer = client.post(f"{PAGE}close/", sent)
    assert answer.status_code == 409
    assert "A board has this outcome before it." in answer.content.decode()
    assert "They say so" in answer.content.decode()
    assert f"{PAGE}close/" not in client.get(PAGE).content.decode()
    outcome.refresh_from_db()
    assert outcome.state == "in_delivery"


def test_team_does_not_say_that_a_board_stopped_it(cast, outcome, client_of):
    sent = {"state": "stopped", "verdict": "not_judged", "evidence_en": "So we say", "version": outcome.version}
    assert client_of("product_manager").post(f"{PAGE}close/", sent).status_code == 422


def test_team_leaves_the_gate_to_the_board_that_has_it(cast, outcome, client_of):
    level = AutonomyLevel(department=cast.department, code="L2", name_en="Two", name_fr="Deux", team_may_stop=True)
    level = save_reference(entry=level, by=SYSTEM)
    change_product(product=cast.product, by=cast.product_manager, autonomy_level=level)
    review = review_for(cast, "outcome_gate", outcome=outcome)
    client = client_of("product_manager")
    shown = client.get(PAGE).content.decode()
    assert "A board has this outcome before it." in shown
    assert f"{PAGE}gate/" not in shown
    sent = {"result": "stop", "reason_en": "We say so", "version": outcome.version}
    answer = client.post(reverse("outcome-gate-hold", args=["JSA", "A", 1]), sent)
    assert (answer.status_code, OutcomeGate.objects.count()) == (409, 0)
    assert "A board has this outcome before it." in answer.content.decode()
    review.state = "withdrawn"
    save(review, by=SYSTEM)
    assert client.post(reverse("outcome-gate-hold", args=["JSA", "A", 1]), sent).status_code == 303


def test_chair_reads_what_each_decision_does(cast, outcome):
    review = review_for(cast, "outcome_gate", outcome=outcome)
    choices = DecisionForm(review=review, outcomes=list(Decided)).fields["outcome"].choices
    assert ("rejected", "rejected: the outcome stops") in choices


def test_advice_and_outcome_gates_stand_on_the_product_page(cast, outcome, client_of):
    at_gate(cast, outcome, "approved")
    decided(review_for(cast, "advice", ask_en="One application for both?", ask_fr="Une seule?"))
    decided(review_for(cast, "non_compliance", ask_en="No brief for a year", ask_fr="Aucun dossier"))
    team, others = (
        client_of(who).get("/en/products/JSA/").content.decode() for who in ("product_manager", "colleague")
    )
    assert "One application for both?" in team
    assert "Non-compliance" in team
    assert "Outcome gate" in others
    assert "/decisions/" not in others.split('id="its-gates"')[1].split("</section>")[0]
    assert "Non-compliance" not in others


def test_decision_names_the_outcome_it_is_about(cast, outcome):
    review = review_for(cast, "outcome_gate", outcome=outcome)
    assert review.matter == "outcome gate, A.1 Better matches"
    assert str(review) == "Job Seeker Account: outcome gate, A.1 Better matches"
