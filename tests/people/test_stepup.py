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
from tests.people.test_delegations import hand_over

ASK = "/en/account/reauthenticate/"
REASON = "Leave in August; « à revoir » – see note"


@pytest.fixture
def handed(cast):
    """The CIO's authority, handed over to a colleague; ending that is the act that asks who is there."""
    return hand_over(cast.cio, cast.colleague)


def end_of(handed):
    return f"/en/account/delegations/{handed.pk}/end/"


def sent(handed, **more):
    return {"reason": REASON, "version": handed.version} | more


def is_ended(handed):
    handed.refresh_from_db()
    return handed.ended_on is not None


def test_who_signed_in_just_now_acts_at_once(handed, client_of):
    client_of("cio", minutes_ago=9).post(end_of(handed), sent(handed))
    assert is_ended(handed)


def test_what_was_typed_waits_while_one_confirms_and_is_sent_only_by_oneself(handed, client_of):
    client = client_of("cio", minutes_ago=11)
    asked = client.post(end_of(handed), sent(handed, form_token="f" * 20))
    assert (asked.status_code, unquote(asked["Location"])) == (302, f"{ASK}?next={end_of(handed)}")
    key = client.session.session_key
    back = client.post(ASK, {"password": PASSWORD, "next": end_of(handed)})
    assert back["Location"] == end_of(handed)
    assert not is_ended(handed)
    assert client.session.session_key != key
    page = client.get(end_of(handed)).content.decode()
    assert page.count(REASON) == 1
    assert "Press the button once more" in page
    client.post(end_of(handed), sent(handed))
    assert is_ended(handed)
    assert REASON not in client.get(end_of(handed)).content.decode()


def test_a_page_that_asked_before_the_confirmation_and_is_answered_after_it_signs_nobody_out(client_of):
    client = client_of("cio", minutes_ago=60)
    before = client.session.session_key
    client.post(ASK, {"password": PASSWORD, "next": "/en/account/"})
    now = client.session.session_key
    client.cookies["session"] = before
    late = client.get("/en/account/", headers={"HX-Request": "true"})
    assert (late.status_code, late.cookies) == (204, {})
    client.cookies["session"] = now
    assert client.get(late["HX-Redirect"])["Location"] == "/en/account/"
    assert client.post("/en/account/logout/").cookies["session"]["max-age"] == 0


def test_a_wrong_password_confirms_nothing(handed, client_of):
    client = client_of("cio", minutes_ago=60)
    client.post(end_of(handed), sent(handed))
    assert client.post(ASK, {"password": "not this one, sorry", "next": end_of(handed)}).status_code == 200
    assert REASON not in client.get(end_of(handed)).content.decode()
    assert client.post(end_of(handed), sent(handed)).status_code == 302
    assert not is_ended(handed)


def test_what_is_kept_is_for_one_session_and_a_short_time(handed, client_of):
    client = client_of("cio", minutes_ago=60)
    client.post(end_of(handed), sent(handed))
    assert REASON not in client_of("cio").get(end_of(handed)).content.decode()
    session = client.session
    session[stepup.KEPT] |= {"at": time.time() - stepup.KEPT_SECONDS - 1}
    session.save()
    client.post(ASK, {"password": PASSWORD, "next": end_of(handed)})
    assert REASON not in client.get(end_of(handed)).content.decode()


def test_more_than_a_session_holds_is_refused_openly(handed, client_of):
    client = client_of("cio", minutes_ago=60)
    client.raise_request_exception = False
    assert client.post(end_of(handed), sent(handed, reason="x" * stepup.LONGEST)).status_code == 413


def test_in_french_the_confirmation_leads_back_to_the_french_page(handed, client_of):
    client = client_of("cio", minutes_ago=60)
    there = end_of(handed).replace("/en/", "/fr/")
    asked = client.post(there, sent(handed))
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
