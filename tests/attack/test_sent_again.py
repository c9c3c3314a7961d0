"""The same sending once more: a second click finds the first result, an old form meets the record as it stands now (S-04)."""

import pytest

from people.models import SavedView
from products.models import Product
from records.models import FormToken
from tests.attack.everything import governed_rows
from tests.attack.forms_found import forms_of

pytestmark = pytest.mark.django_db
CHANGE = "/en/products/JSA/change/"


def test_second_click_finds_the_whole_address_of_the_first_result(client_of):
    query = "q=" + "x" * 900
    given = {"page": "product-list", "name": "Mine", "query": query, "back": "/en/products/", "form_token": "one"}
    answers = [client_of("colleague").post("/en/views/", given) for _click in range(2)]
    assert [each["Location"] for each in answers] == [f"/en/products/?{query}"] * 2
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    ("pressed", "page"),
    [
        ("/en/products/JSA/roadmap/order/confirm/", "/en/products/JSA/"),
        ("/fr/products/JSA/roadmap/order/confirm/", "/fr/products/JSA/"),
        ("/en/products/JSA/budget/add/", "/en/products/JSA/"),
        ("/en/views/", "/en/"),
        ("/en/no/such/page/", "/en/"),
    ],
)
def test_second_click_without_a_first_result_leads_to_a_page(cast, client_of, pressed, page):
    FormToken.objects.create(token=f"{cast.product_owner.pk}:one")
    client = client_of("product_owner")
    answer = client.post(pressed, {"form_token": "one"})
    assert (answer.status_code, answer["Location"]) == (303, page)
    landed = client.get(page)
    assert landed.status_code == 200
    assert "alert" in landed.content.decode() or "message" in landed.content.decode()


def test_the_old_form_meets_the_record_as_it_stands(cast, client_of):
    client = client_of("product_manager")
    form = dict(forms_of(client.get(CHANGE).content.decode()))[""]
    first = client.post(CHANGE, form | {"name_en": "First"})
    before = governed_rows()
    again = client.post(CHANGE, form | {"name_en": "Second, with a text to keep"})
    assert (first.status_code, again.status_code) == (303, 409)
    assert "Second, with a text to keep" in again.content.decode()
    assert governed_rows() == before
    assert Product.objects.get(pk=cast.product.pk).name_en == "First"
