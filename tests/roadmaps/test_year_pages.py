"""An endorsed year goes back to the team with a reason, by whoever may endorse it."""

import pytest

from records.models import AuditEvent

PLAN = "/en/products/JSA/roadmap/2027/plan/"
RETURN = "/en/products/JSA/roadmap/2027/return/"


def test_endorsed_year_goes_back_with_its_reason(endorsed, client_of):
    client = client_of("portfolio_manager")
    assert RETURN in client.get(PLAN).content.decode()
    assert client.get(RETURN).status_code == 200
    assert client.post(RETURN, {"reason": "Costs are missing"})["Location"] == PLAN
    endorsed.refresh_from_db()
    assert (endorsed.state, endorsed.endorsed_on) == ("draft", None)
    assert AuditEvent.objects.get(event="roadmap year returned").reason == "Costs are missing"
    assert RETURN not in client.get(PLAN).content.decode()


def test_year_does_not_go_back_without_a_reason(endorsed, client_of):
    answer = client_of("portfolio_manager").post(RETURN, {"reason": "  "})
    assert answer.status_code == 422
    endorsed.refresh_from_db()
    assert endorsed.state == "endorsed"


def test_year_that_is_not_endorsed_has_nowhere_to_go_back_to(endorsed, client_of):
    client = client_of("portfolio_manager")
    client.post(RETURN, {"reason": "Costs are missing"})
    assert client.post(RETURN, {"reason": "Once more"}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("product_manager", 403), ("it_manager", 403), ("stranger", 404)])
def test_others_do_not_send_a_year_back(endorsed, client_of, who, status):
    client = client_of(who)
    assert client.get(RETURN).status_code == status
    assert client.post(RETURN, {"reason": "Costs are missing"}).status_code == status
    assert status == 404 or RETURN not in client.get(PLAN).content.decode()


def test_refusal_says_who_may_and_the_french_page_stands(endorsed, client_of):
    refused = client_of("product_manager").get(RETURN).content.decode()
    assert "Portfolio Manager" in refused or "portfolio manager" in refused
    assert client_of("portfolio_manager").get(RETURN.replace("/en/", "/fr/")).status_code == 200
