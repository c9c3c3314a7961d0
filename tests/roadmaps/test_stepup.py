"""Before an act that binds: who it is is confirmed, nothing typed is lost, and nothing is done unasked."""

import time
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from people import stepup
from people.stepup import confirmed_identity, typed
from tests.cast import PASSWORD

RETURN = "/en/products/JSA/roadmap/2027/return/"
ASK = "/en/account/reauthenticate/"
REASON = "Costs are missing; « à revoir » – see note"


def state(year):
    year.refresh_from_db()
    return year.state


def test_who_signed_in_just_now_acts_at_once(endorsed, client_of):
    client_of("portfolio_manager", minutes_ago=9).post(RETURN, {"reason": REASON})
    assert state(endorsed) == "draft"


def test_what_was_typed_waits_while_one_confirms_and_is_sent_only_by_oneself(endorsed, client_of):
    client = client_of("portfolio_manager", minutes_ago=11)
    asked = client.post(RETURN, {"reason": REASON, "form_token": "f" * 20})
    assert (asked.status_code, unquote(asked["Location"])) == (302, f"{ASK}?next={RETURN}")
    key = client.session.session_key
    back = client.post(ASK, {"password": PASSWORD, "next": RETURN})
    assert back["Location"] == RETURN
    assert state(endorsed) == "endorsed"
    assert client.session.session_key != key
    page = client.get(RETURN).content.decode()
    assert page.count(REASON) == 1
    assert "Press the button once more" in page
    client.post(RETURN, {"reason": REASON})
    assert state(endorsed) == "draft"
    assert REASON not in client.get(RETURN).content.decode()


def test_a_wrong_password_confirms_nothing(endorsed, client_of):
    client = client_of("portfolio_manager", minutes_ago=60)
    client.post(RETURN, {"reason": REASON})
    assert client.post(ASK, {"password": "not this one, sorry", "next": RETURN}).status_code == 200
    assert REASON not in client.get(RETURN).content.decode()
    assert client.post(RETURN, {"reason": REASON}).status_code == 302
    assert state(endorsed) == "endorsed"


def test_what_is_kept_is_for_one_session_and_a_short_time(endorsed, client_of):
    client = client_of("portfolio_manager", minutes_ago=60)
    client.post(RETURN, {"reason": REASON})
    assert REASON not in client_of("portfolio_manager").get(RETURN).content.decode()
    session = client.session
    session[stepup.KEPT] |= {"at": time.time() - stepup.KEPT_SECONDS - 1}
    session.save()
    client.post(ASK, {"password": PASSWORD, "next": RETURN})
    assert REASON not in client.get(RETURN).content.decode()


def test_more_than_a_session_holds_is_refused_openly(endorsed, client_of):
    client = client_of("portfolio_manager", minutes_ago=60)
    client.raise_request_exception = False
    assert client.post(RETURN, {"reason": "x" * stepup.LONGEST}).status_code == 413


def test_in_french_the_confirmation_leads_back_to_the_french_page(endorsed, client_of):
    client = client_of("portfolio_manager", minutes_ago=60)
    there = RETURN.replace("/en/", "/fr/")
    asked = client.post(there, {"reason": REASON})
    assert unquote(asked["Location"]) == f"{ASK.replace('/en/', '/fr/')}?next={there}"
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert '<html lang="fr">' in page
    assert REASON in page


def held_up(**headers):
    """A request of somebody who signed in long ago, sent to an address that answers to POST only."""
    request = RequestFactory().post(
        "/en/act/", {"note": "kept", "file": SimpleUploadedFile("a.pdf", b"%PDF")}, headers=headers
    )
    request.session = {}
    return request


@pytest.mark.parametrize(
    ("page", "referrer", "back"),
    [
        (lambda request, key: f"/en/gate/{key}/", "http://testserver/en/else/", "/en/gate/7/"),
        (None, "http://testserver/en/gate/7/?tab=2", "/en/gate/7/?tab=2"),
        (None, "https://evil.example/", "/en/act/"),
        (None, "", "/en/act/"),
    ],
)
def test_the_way_back_is_the_page_named_else_the_one_the_form_was_on(cast, page, referrer, back):
    request = held_up(referer=referrer)
    request.user = cast.colleague
    answer = confirmed_identity(page=page)(lambda request, key: HttpResponse())(request, key=7)
    assert unquote(answer["Location"]) == f"{ASK}?next={back}"
    assert request.session[stepup.KEPT]["files"]


def test_pieces_of_pages_are_sent_on_whole(cast):
    request = held_up(HX_REQUEST="true")
    request.user = cast.colleague
    answer = confirmed_identity(lambda request: HttpResponse())(request)
    assert (answer.status_code, unquote(answer["HX-Redirect"])) == (204, f"{ASK}?next=/en/act/")


def test_a_form_is_bound_to_what_was_sent(cast):
    assert typed(held_up())["note"] == "kept"
