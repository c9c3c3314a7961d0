"""Who lost a role or an account has lost it at the next click; sessions end where they should; nobody is led astray."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from people.actions.people import deactivate_person
from products.actions.roles import end_role
from products.models import RoleAssignment
from records import clock
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
WRITING = "/en/products/JSA/budget/add/"


def test_ended_role_is_gone_at_the_next_click(cast, client_of):
    client = client_of("product_manager")
    assert client.get(WRITING).status_code == 200
    role = RoleAssignment.objects.get(product=cast.product, person=cast.product_manager)
    end_role(assignment=role, ends_on=clock.today() - timedelta(days=1), by=cast.portfolio_manager)
    assert client.get(WRITING).status_code == 403


def test_deactivated_person_is_out_at_the_next_click(cast, client_of):
    client = client_of("product_manager")
    deactivate_person(person=cast.product_manager, by=cast.admin, reason="Left")
    assert client.get("/en/products/JSA/").status_code == 302


def test_superuser_has_no_business_rights(cast, client_of):
    cast.admin.is_superuser = True
    cast.admin.save(update_fields=["is_superuser"])
    assert client_of("admin").get(WRITING).status_code == 403


ELSEWHERE = ["//evil.example", "\\\\evil.example", "https://evil.example/", "/\\evil.example"]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_signing_in_confirming_and_signing_out_never_lead_off_the_site(client_of, back):
    client, ask = client_of("colleague"), "/en/account/reauthenticate/"
    given = {"next": back, "password": PASSWORD}
    answers = [
        client.get("/en/account/login/", {"next": back}),
        client.post(ask, given),
        client.post(f"{ask}?{urlencode({'next': back})}", {"password": PASSWORD}),
        client.get(f"/en/account/session/{back}", headers={"referer": f"http://testserver/{back}"}),
        client.post("/en/account/logout/", given),
        client.post("/en/account/login/", {**given, "login": "colleague@home.example"}),
    ]
    led = [urlsplit(answer["Location"].replace("\\", "/")).netloc for answer in answers if "Location" in answer]
    assert len(led) > 3
    assert set(led) == {""}


@pytest.mark.parametrize("back", ELSEWHERE)
def test_a_saved_view_never_leads_off_the_site(client_of, back):
    given = {"page": "product-list", "name": "Mine", "query": "q=a", "back": back}
    assert client_of("colleague").post("/en/views/", given)["Location"] == "/en/?q=a"


def test_ended_session_of_a_fragment_leads_to_sign_in(db):
    answer = Client().get("/en/products/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/en/account/login/?next=")


def test_unknown_host_and_endless_cookie_are_no_failure(db):
    client = Client(raise_request_exception=False)
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400
    client.cookies["session"] = "x" * 20_000
    assert client.get("/en/").status_code == 302
