"""Each error page forced: the right status, the reader's language, a way onward, nothing of the inside."""

from uuid import UUID

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import translation

from records.refusals import Busy, Conflict, Refused
from tests.plugins.cast import client_for

WORDS = {
    400: "makes no sense here",
    403: "You cannot do this",
    404: "no such page for you",
    409: "Something else happened first",
    413: "more than fits",
    500: "went wrong on our side",
    503: "database cannot be reached",
}


@pytest.fixture
def failing(client_of, monkeypatch):
    """A page that raises: `failing(error, "fr")` is its answer."""

    def ask(error, language="en", name="colleague"):
        def view(request):
            raise error

        client = client_of(name)
        client.raise_request_exception = False
        monkeypatch.setattr("people.views.account.signed_in", lambda *arguments: view(None))
        with translation.override(language):
            address = reverse("account")
        return client.get(address)

    return ask


ERRORS = [
    (BadRequest("inside"), 400),
    (RequestDataTooBig("inside"), 413),
    (Refused("Only the sponsor."), 403),
    (Conflict("Somebody was quicker."), 409),
    (ZeroDivisionError("inside"), 500),
    (OperationalError("inside"), 503),
]


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=[str(status) for _error, status in ERRORS])
def test_error_pages_say_what_happened(failing, error, status):
    answer = failing(error)
    text = answer.content.decode()
    assert answer.status_code == status
    assert WORDS[status] in text
    assert f'href="{reverse("home")}"' in text
    assert "inside" not in text
    assert "Number of this request" in text


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=[str(status) for _error, status in ERRORS])
def test_error_pages_are_in_the_reader_s_language(failing, error, status):
    text = failing(error, "fr").content.decode()
    assert '<html lang="fr">' in text
    assert 'href="/fr/"' in text


def test_a_refusal_names_its_reason(failing):
    assert "Only the sponsor." in failing(Refused("Only the sponsor.")).content.decode()


def test_a_busy_house_says_what_is_busy_and_when_to_come_again(failing):
    answer = failing(Busy("Other documents are being made."))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Other documents are being made." in answer.content.decode()
    assert "database" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "only takes a form"), ("fr", 'href="/fr/"')])
def test_address_of_a_button_typed_by_hand_has_a_page(client_of, language, words):
    answer = client_of("colleague").get(f"/{language}/notices/{UUID(int=1)}/read/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert words in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_unknown_addresses_lead_onward(client_of, language):
    answer = client_of("colleague").get(f"/{language}/no/such/page/")
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.content.decode()
    assert f'href="/{language}/"' in answer.content.decode()


def test_missing_form_mark_says_the_text_is_kept(cast):
    client = client_for(cast.colleague, enforce_csrf_checks=True)
    answer = client.post("/en/account/", {"language": "fr"})
    assert answer.status_code == 403
    assert "your text is still there" in answer.content.decode()


def test_the_page_about_a_missing_database_asks_nothing_of_it(client_of, monkeypatch):
    client = client_of("colleague")
    client.raise_request_exception = False

    def away(*arguments, **values):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/fr/account/?page=2")
    monkeypatch.undo()
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert '<html lang="fr">' in text
    assert 'href="/en/account/?page=2"' in text


def test_even_a_broken_frame_gives_a_page(failing, monkeypatch):
    def broken(*arguments, **values):
        raise ValueError("no template")

    monkeypatch.setattr("config.errors.render_to_string", broken)
    answer = failing(ZeroDivisionError())
    assert answer.status_code == 500
    assert "de notre côté" in answer.content.decode()


@pytest.mark.django_db
def test_too_many_sign_ins_are_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for _attempt in range(4):
        answer = client.post("/en/account/login/", {"login": "a@home.example", "password": "wrong"})
    assert "Too many" in answer.content.decode()


@pytest.mark.django_db
def test_behind_a_proxy_who_guesses_shuts_out_nobody_else(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "proxy"}}

    def is_shut_out(caller):
        sent = {"login": f"{len(caller)}@home.example", "password": "wrong"}
        page = client.post("/en/account/login/", sent, headers={"X-Forwarded-For": caller})
        return "Too many" in page.content.decode()

    assert [is_shut_out("203.0.113.7") for _ in range(3)] == [False, False, True]
    assert is_shut_out("198.51.100.1, 203.0.113.7"), "what callers say of themselves stands before the proxy's word"
    assert not is_shut_out("203.0.113.88")
