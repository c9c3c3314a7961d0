"""Register and change a product in the browser's way: right, wrong, too late, not allowed, in French."""

import pytest

from products.models import Product
from tests.portfolio.test_product_page import member, publish_a_brief

NEW, CHANGE = "/en/products/new/", "/en/products/JSA/change/"


def typed(cast, **values):
    base = {
        "code": "PAY",
        "name_en": "Payments",
        "name_fr": "Paiements",
        "level": "cio",
        "orientation": "internal",
        "sponsoring_branch": str(cast.branch.pk),
        "way_of_working": "agile",
    }
    return base | values


def changed(cast, **values):
    return typed(
        cast,
        code="JSA",
        name_en="Job Seeker Account",
        name_fr="Compte",
        orientation="external",
        version=cast.product.version,
        **values,
    )


def test_portfolio_manager_registers_a_product(cast, client_of):
    answer = client_of("portfolio_manager").post(NEW, typed(cast, code="pay", reason="New need"))
    assert (answer.status_code, answer["Location"]) == (303, "/en/products/PAY/")
    assert Product.objects.get(code="PAY").is_head


def test_wrong_form_comes_back_with_everything_typed(cast, client_of):
    answer = client_of("portfolio_manager").post(
        NEW, typed(cast, code="JSA", name_en="Typed with care", orientation="")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Another product has this code." in text
    assert "Typed with care" in text
    assert text.count("There are 2 problems") == 1


def test_colleague_is_told_who_registers(client_of):
    answer = client_of("colleague").get(NEW)
    assert answer.status_code == 403
    assert "portfolio manager" in answer.content.decode()


def test_stranger_cannot_change_what_is_not_there(client_of):
    assert client_of("stranger").post(CHANGE, {}).status_code == 404


def test_change_is_saved_with_its_reason(cast, client_of):
    client = client_of("product_manager")
    assert client.post(CHANGE, changed(cast, support_contact="Help desk", reason="Desk moved")).status_code == 303
    assert "Desk moved" in client.get("/en/products/JSA/history/").content.decode()


def test_second_writer_sees_both_texts_and_may_save_again(cast, client_of):
    first, second = client_of("product_manager"), client_of("head_of_product")
    first.post(CHANGE, changed(cast, support_contact="First desk"))
    late = second.post(CHANGE, changed(cast, support_contact="Second desk"))
    text = late.content.decode()
    assert late.status_code == 409
    assert "First desk" in text
    assert "Second desk" in text
    assert f'name="version" value="{cast.product.version + 1}"' in text
    cast.product.refresh_from_db()
    assert second.post(CHANGE, changed(cast, support_contact="Second desk")).status_code == 303


def test_family_with_a_brief_is_not_put_under_another(cast, client_of):
    publish_a_brief(cast.product)
    client = client_of("portfolio_manager")
    client.post(NEW, typed(cast, code="SUITE"))
    suite = Product.objects.get(code="SUITE")
    answer = client.post(CHANGE, changed(cast, parent=str(suite.pk)))
    assert answer.status_code == 409
    assert "a published brief" in answer.content.decode()


def test_parent_from_another_department_is_no_choice(cast, client_of):
    answer = client_of("portfolio_manager").post(NEW, typed(cast, parent="3f1c2d68-0000-4000-8000-000000000000"))
    assert answer.status_code == 422


@pytest.mark.parametrize("value", ["", "x", "-1", "99999999999999999999"])
def test_malformed_version_is_no_server_error(cast, client_of, value):
    assert client_of("product_manager").post(CHANGE, changed(cast) | {"version": value}).status_code in (303, 409, 422)


def test_family_page_shows_the_tree(cast, client_of):
    member(cast)
    text = client_of("colleague").get("/fr/products/JSA-API/family/").content.decode()
    assert "JSA-API" in text
    assert "Compte du chercheur" in text
