"""Signing in and one's own account: uniform answers, language, sessions."""

import re
import time
from urllib.parse import unquote

import pytest
from django.core import mail
from django.test import Client

from people.actions.people import choose_language, deactivate_person
from people.sessions import device_name, signed_in
from records.jobs import run_due
from records.models import AuditEvent, Job
from records.refusals import Refused
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(person, **values):
    client = Client(headers={"user-agent": FIREFOX})
    values = {"login": person.email, "password": PASSWORD, **values}
    return client, client.post("/en/account/login/", values)


def test_signing_in_leads_to_the_home_page_in_one_s_own_language(cast):
    choose_language(person=cast.colleague, language="fr", by=cast.colleague)
    _client, answer = sign_in(cast.colleague)
    assert answer["Location"] == "/fr/"


@pytest.mark.parametrize(("asked_for", "greeting"), [({}, "Connexion avec"), ({"next": "/en/products/"}, "signed in")])
def test_greeting_is_in_the_language_of_the_page_that_follows(cast, asked_for, greeting):
    choose_language(person=cast.colleague, language="fr", by=cast.colleague)
    client, answer = sign_in(cast.colleague, **asked_for)
    assert greeting in client.get(answer["Location"]).content.decode()


def test_signing_in_returns_to_where_one_was_sent_from(cast):
    client = Client()
    first = client.get("/en/account/")
    assert unquote(first["Location"]) == "/en/account/login/?next=/en/account/"
    page = client.get(first["Location"])
    assert 'value="/en/account/"' in page.content.decode()


def test_unknown_people_and_wrong_passwords_get_the_same_answer(cast):
    texts = []
    for values in ({"password": "not this one, sorry"}, {"login": "nobody@home.example"}):
        answer = sign_in(cast.colleague, **values)[1].content.decode()
        texts.append(re.search(r'<div class="problems".*?</div>', answer, re.S)[0])
    assert texts[0] == texts[1]
    assert 'href="#id_login"' in texts[0]


def test_sign_in_fields_are_named_for_password_keepers(client):
    page = client.get("/en/account/login/").content.decode()
    assert 'autocomplete="email"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page
    assert "onpaste" not in page


def test_a_form_that_came_too_late_leads_back_to_its_page(client):
    answer = client.post("/en/account/sessions/end/", headers={"referer": "http://testserver/en/account/?x=1"})
    assert unquote(answer["Location"]).endswith("next=/en/account/?x=1")
    answer = client.post("/en/account/sessions/end/", headers={"referer": "https://evil.example/en/"})
    assert unquote(answer["Location"]).endswith("next=/")


def test_choosing_a_language_moves_to_it_and_leaves_a_trace(cast, client_of):
    answer = client_of("colleague").post("/en/account/", {"language": "fr"})
    cast.colleague.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/fr/account/")
    assert cast.colleague.language == "fr"
    assert AuditEvent.objects.get(event="language chosen").changes == {"language": ["en", "fr"]}


def test_a_language_there_is_not_is_refused_with_the_choice_shown_again(client_of):
    answer = client_of("colleague").post("/en/account/", {"language": "de"})
    assert answer.status_code == 422
    assert 'class="problems"' in answer.content.decode()


def test_nobody_chooses_for_another(cast):
    with pytest.raises(Refused):
        choose_language(person=cast.colleague, language="fr", by=cast.admin)


def test_sessions_are_listed_and_ended_one_by_one(cast):
    here, _answer = sign_in(cast.colleague)
    there, _answer = sign_in(cast.colleague)
    there.get("/en/account/")
    page = here.get("/en/account/").content.decode()
    assert page.count("Firefox, Windows") >= 2
    reference = re.search(r'name="session" value="(\w+)"', page)[1]
    assert reference not in there.session.session_key
    here.post("/en/account/sessions/end/", {"session": reference})
    assert there.get("/en/account/").status_code == 302
    assert here.get("/en/account/").status_code == 200


def test_all_other_sessions_end_at_once_and_only_one_s_own(cast, client_of):
    here, _answer = sign_in(cast.colleague)
    others = [sign_in(cast.colleague)[0] for _number in range(2)]
    neighbour = client_of("sponsor")
    here.post("/en/account/sessions/end/")
    assert len(signed_in(cast.colleague, here.session)) == 1
    assert [other.get("/en/account/").status_code for other in others] == [302, 302]
    assert neighbour.get("/en/account/").status_code == 200
    assert AuditEvent.objects.get(event="session ended").changes == {"sessions": [2, 0]}


@pytest.mark.parametrize(("since", "minutes", "status"), [("seen", 31, 302), ("seen", 29, 204), ("began", 721, 302)])
def test_idle_and_very_long_sessions_end(cast, since, minutes, status):
    client, _answer = sign_in(cast.colleague)
    client.get("/en/account/")
    session = client.session
    session[since] -= minutes * 60
    session.save()
    assert client.get("/en/account/session/").status_code == status


def test_a_page_that_renews_itself_keeps_nobody_signed_in(cast):
    client, _answer = sign_in(cast.colleague)
    session = client.session
    session["seen"] = asleep = int(time.time()) - 29 * 60
    session.save()
    assert client.get("/en/account/", headers={"Renews-Itself": "yes"}).status_code == 200
    assert client.session["seen"] == asleep
    client.get("/en/account/")
    assert client.session["seen"] > asleep


def test_staying_signed_in_answers_quietly(client_of):
    assert client_of("colleague").get("/en/account/session/").status_code == 204


def test_a_forgotten_password_is_chosen_anew_by_mail(cast, client):
    Job.objects.all().delete()
    client.post("/fr/account/password/reset/", {"email": cast.colleague.email}, headers={"host": "127.0.0.1"})
    assert cast.colleague.email not in str(Job.objects.get().payload)
    run_due()
    link = re.search(r"http://localhost:8000(/fr/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    given = {"password1": "une phrase bien longue 1867", "password2": "une phrase bien longue 1867"}
    answer = client.post(page.request["PATH_INFO"], given)
    cast.colleague.refresh_from_db()
    assert answer.status_code == 302
    assert cast.colleague.check_password("une phrase bien longue 1867")
    assert AuditEvent.objects.filter(event="password chosen", subject_id=str(cast.colleague.pk)).exists()


def test_no_mail_goes_to_addresses_that_are_not_known(client):
    answer = client.post("/en/account/password/reset/", {"email": "nobody@else.example"})
    assert answer.status_code == 302
    assert not Job.objects.filter(kind="people.mail_password").exists()


def test_asking_for_a_password_does_not_need_a_mail_server(cast, client, mailbox):
    Job.objects.all().delete()
    mailbox.stop()
    answer = client.post("/en/account/password/reset/", {"email": cast.colleague.email})
    assert answer.status_code == 302
    run_due()
    mailbox.start()
    Job.objects.update(run_after="2000-01-01T00:00Z")
    run_due()
    assert [message["Subject"] for message in mailbox.messages] == ["Choose a new password for Gatehouse"]


def test_used_links_say_so(client):
    page = client.get("/en/account/password/reset/key/1-abc/")
    assert "no longer works" in page.content.decode()


def test_changing_the_password_ends_the_other_sessions(cast):
    here, _answer = sign_in(cast.colleague)
    there, _answer = sign_in(cast.colleague)
    new = "quite another sentence 1982"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/en/account/password/change/", given).status_code == 302
    assert there.get("/en/account/").status_code == 302


@pytest.mark.parametrize("address", ["/en/about/", "/fr/about/", "/en/accessibility/", "/fr/accessibility/"])
def test_help_and_accessibility_are_open_to_everybody(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit Version/18 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("", ""),
    ],
)
def test_devices_have_names_people_know(agent, name):
    assert device_name(agent) == name


def test_closed_accounts_are_told_so_only_with_the_right_password(cast):
    deactivate_person(person=cast.colleague, by=cast.admin, reason="Left")
    client, answer = sign_in(cast.colleague)
    assert "account is closed" in client.get(answer["Location"]).content.decode()
    assert sign_in(cast.colleague, password="not the right one")[1].status_code == 200


def test_the_library_page_for_addresses_leads_to_the_account(client_of):
    assert client_of("colleague").get("/en/account/email/")["Location"] == "/en/account/"
