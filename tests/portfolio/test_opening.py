"""Opening positions: once, with a mandate for each thing, checked before they are entered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portfolio.actions.opening import open_position
from products.models import Product, ProductStatus
from records.models import AuditEvent, Mandate
from records.refusals import Conflict, Refused
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from roadmaps.models import Baseline, RoadmapYear
from tests.products.test_inventory_actions import another

PAGE, DONE = "/en/products/JSA/opening/", "/en/products/JSA/opening/done/"
STANDS = {"phase": "operate", "phase_since": date(2023, 4, 1), "reason": "Investment board, 2023-03-14, item 7"}
TYPED = {"phase": "operate", "phase_since": "2023-04-01", "reason": "Investment board, 2023-03-14, item 7"}
STATUS = {"granted_on": date(2024, 4, 1), "expires_on": date(2027, 3, 31)}


def test_everything_it_sets_has_its_own_mandate(cast):
    roadmap = open_roadmap(product=cast.product, horizon_from=2024, by=cast.product_manager)
    year = prepare_year(roadmap=roadmap, year=2024, by=cast.product_manager)
    open_position(
        product=cast.product,
        by=cast.portfolio_manager,
        year=year,
        approved_on=date(2024, 3, 20),
        paper_mou_location="Cabinet 4",
        **STANDS,
        **STATUS,
    )
    product = Product.objects.get(pk=cast.product.pk)
    assert (product.phase, product.paper_mou_location) == ("operate", "Cabinet 4")
    assert ProductStatus.objects.get().mandate_id
    assert RoadmapYear.objects.get().approved_on == date(2024, 3, 20)
    assert Baseline.objects.count() == 1
    assert sorted(Mandate.objects.values_list("what", flat=True)) == ["phase", "product status", "roadmap year"]


def test_it_is_entered_once(cast):
    open_position(product=cast.product, by=cast.portfolio_manager, **STANDS)
    with pytest.raises(Conflict):
        open_position(product=cast.product, by=cast.portfolio_manager, **STANDS)
    assert Mandate.objects.count() == 1


def test_product_manager_may_not_enter_it(cast):
    with pytest.raises(Refused):
        open_position(product=cast.product, by=cast.product_manager, **STANDS)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phase": "rejected"}, "phase"),
        ({"phase_since": date(2999, 1, 1)}, "phase_since"),
        ({"reason": " "}, "reason"),
        ({"granted_on": date(2024, 4, 1)}, "expires_on"),
        ({"granted_on": date(2024, 4, 1), "expires_on": date(2024, 4, 1)}, "expires_on"),
    ],
)
def test_impossible_positions_are_named_and_leave_nothing(cast, values, field):
    with pytest.raises(ValidationError) as raised:
        open_position(product=cast.product, by=cast.portfolio_manager, **STANDS | values)
    assert field in raised.value.message_dict
    assert not Mandate.objects.exists()


def test_member_of_a_family_has_none(cast):
    with pytest.raises(ValidationError):
        open_position(product=another(cast, "API", parent=cast.product), by=cast.portfolio_manager, **STANDS)


def test_year_of_another_product_is_refused_whole(cast):
    other = another(cast, "PAY")
    roadmap = open_roadmap(product=cast.product, horizon_from=2024, by=cast.product_manager)
    year = prepare_year(roadmap=roadmap, year=2024, by=cast.product_manager)
    with pytest.raises(ValidationError):
        open_position(product=other, by=cast.portfolio_manager, year=year, **STANDS)


def test_answers_are_checked_before_anything_is_entered(cast, client_of):
    client = client_of("portfolio_manager")
    check = client.post(PAGE, TYPED | {"step": "check"})
    assert "cannot be taken back" in check.content.decode()
    assert not Mandate.objects.exists()
    assert "item 7" in client.post(PAGE, TYPED | {"step": "change"}).content.decode()
    confirmed = client.post(PAGE, TYPED | {"step": "confirm"})
    assert (confirmed.status_code, confirmed["Location"]) == (303, DONE)
    event = AuditEvent.objects.get(event="opening position entered")
    assert f"JSA-{event.number}" in client.get(DONE).content.decode()
    assert client.post(PAGE, TYPED | {"step": "confirm"}).status_code == 409


def test_wrong_answers_come_back(client_of):
    answer = client_of("portfolio_manager").post(PAGE, TYPED | {"phase_since": "2023-02-31", "granted_on": "soon"})
    assert answer.status_code == 422
    assert "item 7" in answer.content.decode()


def test_who_may_not_is_refused_and_a_stranger_finds_nothing(client_of):
    assert client_of("product_manager").get(PAGE).status_code == 403
    assert client_of("stranger").get(PAGE).status_code == 404
    assert client_of("portfolio_manager").get(DONE).status_code == 404


def test_a_member_stands_in_the_phase_of_its_family(cast, client_of):
    another(cast, "JSA-API", parent=cast.product)
    open_position(product=cast.product, by=cast.portfolio_manager, **STANDS)
    text = client_of("colleague").get("/en/products/?phase=operate").content.decode()
    assert ">JSA-API<" in text
    assert text.count("<td>Operate</td>") == 2
