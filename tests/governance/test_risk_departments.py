"""A family across two departments: each risk is banded by the grid of its own, and whoever oversees the head reads all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.actions.reviews import begin_review
from governance.gates.package import draft_of
from governance.models import Risk, RiskGrid
from governance.risks.registers import with_register
from people.actions.people import appoint_person
from people.models import Branch
from products.actions.products import register_product
from products.permissions import may_read_risks
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.cast import SINCE
from tests.governance.deciding import gate_of
from tests.governance.risk_world import a_risk


@pytest.fixture
def abroad(cast):
    """A part of the product that another department keeps, where every score is low: (its risk, the head's)."""
    away = cast.other_department
    appoint_person(person=cast.stranger, kind="portfolio_manager", department=away, starts_on=SINCE, by=SYSTEM)
    member = register_product(
        department=away,
        by=cast.stranger,
        code="GUIDE",
        name_en="Guided Matching",
        name_fr="Jumelage guidé",
        level="cio",
        orientation="external",
        sponsoring_branch=Branch.objects.filter(department=away).first(),
        parent=cast.product,
    )
    save(RiskGrid(department=away, starts_on=clock.today() - timedelta(days=1), cells=["low"] * 25), by=SYSTEM)
    return a_risk(cast, product=member), a_risk(cast)


def test_register_bands_each_risk_by_the_grid_of_its_department(cast, abroad, client_of):
    client, page = client_of("product_manager"), reverse("risk-list", args=["JSA"])
    shown = {risk.label: risk.band for risk in client.get(page).context["shown"]}
    assert shown == {"R-001": "low", "R-002": "high"}
    assert [risk.label for risk in client.get(f"{page}?band=high").context["shown"]] == ["R-002"]


def test_checks_ask_for_an_owner_by_the_grid_of_the_department(cast, abroad, client_of):
    found = client_of("product_manager").get(reverse("risk-quality", args=["JSA"])).context["found"]
    assert [each.risk.label for each in found if "nobody owns it" in each.words] == ["R-002"]


def test_package_and_product_page_count_by_the_grid_of_the_department(cast, abroad, client_of):
    review = begin_review(product=cast.product, gate=gate_of(1), by=cast.product_manager)
    told = draft_of(review)["risks"]
    assert told["counts"] == {"high": 1, "medium": 0, "low": 1}
    assert [(each["label"], each["band"]) for each in told["worst"]] == [("R-002", "high"), ("R-001", "low")]
    lines = client_of("product_manager").get("/en/products/JSA/").context["risks"].lines
    assert [(line.band, line.count) for line in lines] == [("high", 1), ("medium", 0), ("low", 1)]


@pytest.mark.parametrize("who", ["product_owner", "sponsor", "portfolio_manager"])
def test_whoever_oversees_the_head_reads_the_family_and_every_count_agrees(cast, abroad, client_of, who):
    client = client_of(who)
    assert Risk.objects.visible_to(cast.people[who]).count() == 2
    assert len(client.get(reverse("risk-list", args=["JSA"])).context["shown"]) == 2
    assert client.get(reverse("risk-matrix", args=["JSA"])).context["matrix"].total == 2
    assert client.get("/en/products/JSA/").context["risks"].open == 2
    assert may_read_risks(cast.people[who], abroad[0].product)


def test_whoever_oversees_a_part_reads_the_risks_of_that_part(cast, abroad, client_of):
    assert [risk.label for risk in Risk.objects.visible_to(cast.stranger)] == ["R-001"]
    assert [product.code for product in with_register(cast.stranger)] == ["GUIDE"]
    assert client_of("stranger").get(reverse("risk-list", args=["JSA"])).status_code == 404
