"""When a business case is reviewed next: told a month before and when overdue, owed at home, shown at the gates."""

from datetime import timedelta

import pytest

from governance.jobs import remind_of_business_cases
from people.models import Notice
from portfolio.duties import duties
from portfolio.facts import with_all_facts
from products.models import Product
from records import clock
from records.acts import performing
from tests.governance.before_board import NOW
from tests.governance.deciding import decided, gate_of, review_for, stand

pytestmark = pytest.mark.django_db
DAY = NOW.date() + timedelta(days=40)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def fixed(town):
    """In operation, its business case confirmed and to be reviewed again by DAY."""
    stand(town.cast.product, "operate")
    decided(review_for(town.cast, gate=gate_of(5)), next_review_on=DAY)
    return town.cast.product


def reminded(on):
    with clock.at(on), performing():
        remind_of_business_cases({})
    return {(each.person.name, each.text_en) for each in Notice.objects.filter(kind="case.due")}


def test_leads_and_secretary_are_told_a_month_before_and_once_overdue(town, fixed):
    assert reminded(NOW) == set()
    soon = f"The business case of Job Seeker Account is to be reviewed by {DAY}."
    late = f"The business case of Job Seeker Account was to be reviewed by {DAY}."
    told = [town.cast.head_of_product.name, town.cast.product_manager.name, town.secretary.name]
    assert reminded(NOW + timedelta(days=10)) == {(name, soon) for name in told}
    assert reminded(NOW + timedelta(days=11)) == {(name, soon) for name in told}
    assert reminded(NOW + timedelta(days=41)) == {(name, text) for name in told for text in (soon, late)}


def owed(product, on):
    with clock.at(on):
        found = duties(with_all_facts(Product.objects.all()).get(pk=product.pk))
    return next(((each.state, each.on) for each in found if each.name == "Business case review"), None)


def test_home_says_what_is_owed(fixed):
    days = {0: "met", 10: "due", 40: "due", 41: "late"}
    assert {count: owed(fixed, NOW + timedelta(days=count))[0] for count in days} == days


def test_returned_case_leaves_no_day_and_a_closed_product_owes_none(town, fixed):
    decided(review_for(town.cast, gate=gate_of(5)), "returned")
    assert owed(fixed, NOW + timedelta(days=41)) is None
    stand(fixed, "retire")
    assert reminded(NOW + timedelta(days=41)) == set()


def test_what_is_before_a_board_is_not_asked_for(town, fixed):
    review_for(town.cast, gate=gate_of(5))
    assert owed(fixed, NOW + timedelta(days=41)) == ("met", DAY)
    assert reminded(NOW + timedelta(days=41)) == set()


def test_gates_page_says_when(fixed, client_of):
    page = client_of("colleague").get("/en/products/JSA/gates/").content.decode()
    assert "The business case is to be reviewed by" in page
    with clock.at(NOW + timedelta(days=41)):
        page = client_of("colleague").get("/en/products/JSA/gates/").content.decode()
        home = client_of("product_manager").get("/en/").content.decode()
    assert "The business case was to be reviewed by" in page
    assert "Overdue: gate 5 reviews the business case" in home
