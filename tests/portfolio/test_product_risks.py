"""Risks on the page of a product and among what its team owes: reviews by their day, acceptances that lapse, who reads what."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.actions.risk_acceptances import accept_risk
from governance.actions.risks import close_risk
from portfolio.duties import duties
from portfolio.facts import with_all_facts
from products.models import Product
from records import clock
from tests.governance.risk_world import DIT, a_risk

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
PAGE = "/en/products/JSA/"


@pytest.fixture
def risk(cast):
    """High, so that its review is due on 2026-12-18."""
    with clock.at(NOW):
        return a_risk(cast, **DIT)


def owed(cast, days=0, name="Risk register"):
    """State and words of the duty so many days later."""
    with clock.at(NOW + timedelta(days=days)):
        product = with_all_facts(Product.objects.filter(pk=cast.product.pk)).get()
        return [(duty.state, duty.words, duty.on) for duty in duties(product) if duty.name == name]


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (0, "met", "1 open risk, reviewed"),
        (16, "due", "The next review is due within two weeks"),
        (30, "due", "The next review is due within two weeks"),
        (31, "late", "1 review is overdue"),
    ],
)
def test_review_of_a_risk_is_due_by_the_cadence_of_its_band(cast, risk, days, state, words):
    assert owed(cast, days) == [(state, words, date(2026, 12, 18))]


def test_register_without_an_open_risk_is_still_owed(cast, risk):
    with clock.at(NOW):
        close_risk(risk=risk, reason="Over", by=cast.product_manager)
    assert owed(cast) == [("due", "No risk is open in it", None)]


def test_acceptance_is_seen_lapsing_and_lapsed(cast, risk):
    with clock.at(NOW):
        small = a_risk(cast, strategy="monitor", scores={"current": (2, 1)})
        accept_risk(risk=small, until=date(2027, 1, 29), justification_en="Cheap", by=cast.product_manager)
    name = "Acceptance of a risk"
    assert owed(cast, 0, name) == []
    assert owed(cast, 60, name) == [("due", "It lapses within a month", date(2027, 1, 29))]
    assert owed(cast, 73, name) == [("late", "It has lapsed: decide anew how to treat the risk", date(2027, 1, 29))]


def test_page_of_a_product_shows_its_risks_to_their_readers_only(cast, risk, client_of):
    with clock.at(NOW):
        team, others = (client_of(who).get(PAGE).content.decode() for who in ("product_owner", "colleague"))
        french = client_of("sponsor").get(PAGE.replace("/en/", "/fr/")).content.decode()
    assert "1 of 1 open risks is high" in team
    assert "French matches are poorer than English ones" in team
    assert "Le jumelage soit moins bon en français" in french
    assert "its-risks" not in others
    assert "poorer" not in others
    assert "1 open risk, reviewed" in others
