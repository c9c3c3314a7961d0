"""Who is told of a demand and of a roadmap year, and in what words."""

import pytest

from people.models import Notice
from records.actors import SYSTEM
from roadmaps.actions.demand import accept_demand, decline_demand, propose_demand
from roadmaps.actions.years import endorse_year, prepare_year, return_year, vet_year
from roadmaps.notices import DEMAND_DECIDED, DEMAND_RAISED, YEAR_MOVED, asker_of
from tests.roadmaps.conftest import decision_about

pytestmark = pytest.mark.django_db


def asked(roadmap, by):
    return propose_demand(
        roadmap=roadmap, by=by, title_en="A shorter form", title_fr="Un formulaire plus court", origin="users"
    )


def told(kind):
    return {notice.person.name: notice for notice in Notice.objects.filter(kind=kind).select_related("person")}


def test_demand_reaches_those_who_lead_and_its_decision_whoever_asked(cast, roadmap, outcome):
    demand = asked(roadmap, cast.executive)
    raised = told(DEMAND_RAISED)
    assert set(raised) == {cast.head_of_product.name, cast.product_manager.name}
    notice = raised[cast.product_manager.name]
    assert notice.text_en == f"{cast.executive.name} asks of Job Seeker Account: A shorter form"
    assert notice.text_fr.endswith("Un formulaire plus court")
    decline_demand(demand=demand, reason="Too dear\nthis year", by=cast.product_owner)
    answer = told(DEMAND_DECIDED)
    assert set(answer) == {cast.executive.name}
    assert answer[cast.executive.name].text_en == "Job Seeker Account declines “A shorter form”: Too dear this year"
    assert answer[cast.executive.name].path == f"/products/JSA/roadmap/demand/{demand.pk}/"


def test_who_asks_of_the_own_product_is_not_told(cast, roadmap, outcome):
    demand = asked(roadmap, cast.product_manager)
    assert set(told(DEMAND_RAISED)) == {cast.head_of_product.name}
    accept_demand(demand=demand, outcome=outcome, by=cast.product_manager)
    assert told(DEMAND_DECIDED) == {}


def test_demand_that_no_person_entered_has_nobody_to_answer(cast, roadmap):
    demand = asked(roadmap, cast.executive)
    demand.history.update(changed_by_id=SYSTEM.pk)
    assert asker_of(demand) is None


def test_planners_are_told_of_a_year(cast, roadmap, milestone):
    year = prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)
    vet_year(year=year, by=cast.it_manager)
    endorse_year(year=year, mandate=decision_about(year), by=cast.cfo)
    planners = {cast.head_of_product.name, cast.product_manager.name, cast.product_owner.name}
    assert set(told(YEAR_MOVED)) == planners
    return_year(year=year, mandate=decision_about(year), reason="The money is not there", by=cast.cfo)
    texts = Notice.objects.filter(kind=YEAR_MOVED, person=cast.product_owner).values_list("text_en", flat=True)
    assert set(texts) == {
        "The roadmap 2026–27 of Job Seeker Account is endorsed.",
        f"{cast.cfo.name} returned the roadmap 2026–27 of Job Seeker Account: The money is not there",
    }


def test_links_of_notices_open(cast, approved, client_of):
    notice = told(YEAR_MOVED)[cast.head_of_product.name]
    assert client_of("head_of_product").get(f"/fr{notice.path}").status_code == 200
