"""The home page by who reads it; the history has words for every event of every floor."""

import importlib

import pytest

from portfolio.trail.sentences import SENTENCES, Topic
from records import clock
from roadmaps.actions.milestones import change_milestone
from tests.pages import tight
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, open_with_outcome
from tests.portfolio.test_product_page import count_queries
from tests.products.test_inventory_actions import another


@pytest.mark.parametrize("package", ["records", "products", "roadmaps"])
def test_every_event_of_a_product_has_its_sentence(package):
    events = importlib.import_module(f"{package}.events")
    names = {value for name, value in vars(events).items() if name.isupper()}
    assert names - set(SENTENCES) == set()


def test_sentences_name_who_and_belong_somewhere():
    assert all("%(who)s" in str(sentence.words) for sentence in SENTENCES.values())
    assert {sentence.topic for sentence in SENTENCES.values()} == set(Topic)


def test_team_sees_what_is_due_from_it(client_of):
    text = client_of("product_manager").get("/en/").content.decode()
    assert "5 things are due from your teams" in text
    assert "Never published" in text


def test_executive_sees_the_products_of_the_department(client_of):
    text = client_of("executive").get("/en/").content.decode()
    assert "One product of your department" in text
    assert "Job Seeker Account" in text


def test_executive_reads_first_where_the_year_is_in_trouble(cast, client_of):
    milestone = add_milestones(open_with_outcome(cast), cast, 1)[0]
    reason = {"risk_reason_en": "Nobody tests it", "risk_reason_fr": "Personne ne l’essaie"}
    with clock.at(NOVEMBER):
        change_milestone(milestone=milestone, by=cast.product_manager, is_at_risk=True, **reason)
        texts = [tight(client_of("executive").get(f"/{language}/").content.decode()) for language in ("en", "fr")]
    assert "<h1>One product of your department: one has milestones at risk</h1>" in texts[0]
    assert "a des jalons à risque</h1>" in texts[1]


def test_stranger_sees_no_product_of_another_department(client_of):
    text = client_of("stranger").get("/en/").content.decode()
    assert "No products yet" in text
    assert "Job Seeker" not in text


def test_home_costs_the_same_for_one_and_many_products(cast, client_of):
    client = client_of("product_manager")
    few = count_queries(client, "/en/")
    for number in range(12):
        another(cast, f"P{number}")
    assert count_queries(client, "/en/") == few
