"""The second factor: right, wrong and used codes, recovery codes, who must have one, and what every change ends."""

import re
import time
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from people import second_factor as factors
from people.actions.capacities import grant_capacity
from people.actions.second_factor import (
    add_key,
    give_up_factor,
    remove_key,
    renew_recovery_codes,
    reset_factor,
    set_up_factor,
    use_recovery_code,
)
from people.models import Notice
from people.states import CapacityKind, ScopeKind
from records.models import AuditEvent
from records.refusals import Refused
from tests.cast import PASSWORD, SINCE
from tests.plugins.cast import client_for

pytestmark = pytest.mark.django_db
SET_UP = "/en/account/second-factor/"
CODES = "/en/account/second-factor/codes/"
STEP = "/en/account/second-factor/sign-in/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Half minutes begin when the test says so: at the beginning of one, and not past, because caches forget by the true
    clock."""
    clock = {"now": 30.0 * (time.time() // 30 + 2)}
    monkeypatch.setattr(time, "time", lambda: clock["now"])
    return clock


def code(steps=0):
    return factors.code_at(SECRET, factors.step_now() + steps)


def with_factor(person):
    return set_up_factor(person=person, secret=SECRET, code=code(-1), by=person, session=None)


def password_given(person):
    client = Client()
    return client, client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})


def seat(person, kind=CapacityKind.BOARD_MEMBER):
    given = {"starts_on": SINCE, "ends_on": None, "source": person}
    grant_capacity(person=person, kind=kind, scope=ScopeKind.BOARD, scope_id=person.pk, **given)


def test_codes_are_those_of_the_standard():
    """RFC 6238, appendix B: the secret 12345678901234567890 at 59 and at 1111111109 seconds."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [factors.code_at(secret, second // 30) for second in (59, 1_111_111_109)] == ["287082", "081804"]


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_for_its_half_minute_and_its_neighbours(noon, steps, counts):
    assert (factors.step_of(SECRET, code(steps)) is not None) is counts


def test_a_code_counts_once_and_none_before_it_counts_after(noon, cast):
    with_factor(cast.colleague)
    noon["now"] += 60
    now, earlier = code(), code(-1)
    assert factors.spend_app_code(cast.colleague, f" {now[:3]} {now[3:]} ")
    assert factors.spend_app_code(cast.colleague, now) is None
    assert factors.spend_app_code(cast.colleague, earlier) is None
    noon["now"] += 59  # its own time is over, the tolerance is not: where a cache would have forgotten it
    assert factors.spend_app_code(cast.colleague, now) is None
    assert factors.spend_app_code(cast.colleague, code())


def test_the_database_tells_neither_secret_nor_codes(cast):
    codes = with_factor(cast.colleague)
    told = str([row.data for row in Authenticator.objects.all()])
    assert SECRET not in told
    assert not any(factors.plain(each) in told or each in told for each in codes)
    assert len(set(codes)) == factors.CODES


def test_a_recovery_code_counts_once(cast):
    first, second, *_others = with_factor(cast.colleague)
    assert use_recovery_code(person=cast.colleague, code=first.upper().replace("-", " "), by=cast.colleague)
    assert use_recovery_code(person=cast.colleague, code=first, by=cast.colleague) is None
    assert AuditEvent.objects.get(event="recovery code used").changes == {"codes": [10, 9]}
    renew_recovery_codes(person=cast.colleague, by=cast.colleague, session=None)
    assert use_recovery_code(person=cast.colleague, code=second, by=cast.colleague) is None


def test_signing_in_takes_the_code_as_well(cast):
    with_factor(cast.colleague)
    client, answer = password_given(cast.colleague)
    assert answer["Location"] == STEP
    assert client.get("/en/account/").status_code == 302, "not in yet"
    wrong = client.post(STEP, {"code": "000000"})
    assert "was used before" in wrong.content.decode()
    assert client.post(STEP, {"code": code()})["Location"] == "/en/"
    again, _answer = password_given(cast.colleague)
    assert "was used before" in again.post(STEP, {"code": code()}).content.decode()


def test_signing_in_takes_a_recovery_code(cast):
    codes = with_factor(cast.colleague)
    client, _answer = password_given(cast.colleague)
    assert client.post(STEP, {"code": codes[3]})["Location"] == "/en/"
    client, _answer = password_given(cast.colleague)
    assert client.post(STEP, {"code": codes[3]}).status_code == 200


def test_guessing_is_slowed_down(cast):
    cache.clear()  # guesses of others from this address would use up its minute
    with_factor(cast.colleague)
    client, _answer = password_given(cast.colleague)
    for guess in range(5):
        client.post(STEP, {"code": f"{guess:06}"})
    for other in range(400):
        cache.set(f"other-{other}", 1)  # what others do meanwhile makes nobody forget the guesses
    assert client.post(STEP, {"code": code()}).status_code == 200


def test_the_code_is_asked_in_french(cast):
    with_factor(cast.colleague)
    client, _answer = password_given(cast.colleague)
    page = client.get(STEP.replace("/en/", "/fr/")).content.decode()
    assert '<html lang="fr">' in page
    assert 'autocomplete="one-time-code"' in page


def test_setting_up_shows_the_square_and_then_the_codes_until_they_are_kept(cast, client_of):
    client = client_of("colleague")
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert '<svg class="square"' in page
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert secret in client.get(SET_UP.replace("/en/", "/fr/")).content.decode().replace(" ", ""), "the same secret"
    right, key = factors.code_at(secret, factors.step_now()), client.session.session_key
    answer = client.post(SET_UP, {"code": right, "next": "/en/products/"})
    assert client.session.session_key != key, "what the session may do now is more than it was"
    assert unquote(answer["Location"]) == f"{CODES}?next=/en/products/"
    shown = [client.get(answer["Location"]).content.decode() for _look in range(2)]
    assert [len(re.findall(r"<li><code>[a-z2-9-]{19}</code>", page)) for page in shown] == [10, 10]
    assert client.post(CODES, {"next": "/en/products/"})["Location"] == "/en/products/"
    assert client.get(CODES).status_code == 302
    assert AuditEvent.objects.filter(event="second factor set up", subject_id=str(cast.colleague.pk)).exists()


def test_nobody_is_sent_to_another_site_afterwards(client_of):
    assert client_of("colleague").post(CODES, {"next": "https://evil.example/"})["Location"] == "/en/account/"


def test_a_new_app_takes_the_place_of_the_old_one(noon, cast):
    with_factor(cast.colleague)
    other = factors.new_secret()
    noon["now"] += 90
    given = {"secret": other, "code": factors.code_at(other, factors.step_now()), "by": cast.colleague}
    assert set_up_factor(person=cast.colleague, session=None, **given) == [], "the recovery codes stay"
    assert factors.spend_app_code(cast.colleague, code()) is None
    assert factors.factor_of(cast.colleague).codes_left == 10


@pytest.mark.parametrize("change", ["set up", "moved", "codes", "given up"])
def test_every_change_of_the_factor_ends_the_other_sessions(cast, client_of, change):
    if change != "set up":
        with_factor(cast.colleague)
    elsewhere, here = client_of("colleague"), client_of("colleague")
    own = {"person": cast.colleague, "by": cast.colleague, "session": here.session.session_key}
    if change == "codes":
        renew_recovery_codes(**own)
    elif change == "given up":
        give_up_factor(**own)
    else:
        set_up_factor(secret=SECRET, code=code(), **own)
    assert Notice.objects.filter(kind="factor.changed", person=cast.colleague).exists()
    assert elsewhere.get("/en/account/").status_code == 302
    assert here.get("/en/account/").status_code == 200


def test_nobody_changes_the_factor_of_another(cast):
    with_factor(cast.colleague)
    for act in (give_up_factor, renew_recovery_codes):
        with pytest.raises(Refused):
            act(person=cast.colleague, by=cast.sponsor, session=None)


def test_who_must_have_a_factor_keeps_it(cast, client_of):
    with_factor(cast.admin)
    client = client_of("admin")
    assert "give-up" not in client.get("/en/account/").content.decode()
    assert client.post(f"{SET_UP}give-up/").status_code == 403
    assert factors.factor_of(cast.admin)
    client = client_of("colleague")
    with_factor(cast.colleague)
    client = client_of("colleague")
    assert client.post(f"{SET_UP}give-up/").status_code == 303
    assert factors.factor_of(cast.colleague) is None


def test_a_change_of_the_factor_asks_who_is_there_first(cast, client_of):
    with_factor(cast.colleague)
    client = client_of("colleague", minutes_ago=11)
    answer = client.post(f"{CODES}renew/")
    assert unquote(answer["Location"]) == "/en/account/reauthenticate/?next=/en/account/"
    assert factors.factor_of(cast.colleague).codes_left == 10
    page = client.get(answer["Location"]).content.decode()
    way = unquote(re.search(r'href="([^"]+/confirm/[^"]+)"', page)[1])
    assert client.post(way, {"code": code(), "next": "/en/account/"})["Location"] == "/en/account/"
    assert client.post(f"{CODES}renew/").status_code == 303


@pytest.mark.parametrize("name", ["admin", "colleague", "cio", "board_chair", "board_member", "board_secretary"])
def test_seats_and_administrators_are_led_to_the_second_factor(cast, name):
    must = name == "admin" or name.startswith("board")
    person = cast.people.get(name) or cast.executive
    if name.startswith("board"):
        seat(person, name)
    client, answer = password_given(person)
    assert answer["Location"] == "/en/"
    answer = client.get("/en/products/")
    assert unquote(answer.get("Location", "")) == (f"{SET_UP}?next=/en/products/" if must else "")
    page = client.get(SET_UP).content.decode()
    assert ("Before anything else" in page) is must
    if must:
        assert client.post("/en/account/", {"language": "fr"}).status_code == 302
        assert client.get("/en/account/", headers={"HX-Request": "true"})["HX-Redirect"].startswith(SET_UP)
        assert client.get(SET_UP.replace("/en/", "/fr/")).status_code == 200
        assert client.post("/en/account/logout/")["Location"] == "/en/account/login/"


def test_a_seat_given_meanwhile_asks_for_the_code_of_a_factor_there_is(cast):
    client, _answer = password_given(cast.executive)
    with_factor(cast.executive)
    client, _answer = password_given(cast.executive)
    seat(cast.executive)
    assert client.post(STEP, {"code": code()})["Location"] == "/en/"
    assert client.get("/en/products/").status_code == 200


def test_a_session_without_the_code_is_asked_for_it(cast):
    seat(cast.executive)
    with_factor(cast.executive)
    client = client_for(cast.executive)
    session = client.session
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()
    answer = client.get("/en/products/")
    assert unquote(answer["Location"]) == "/en/account/second-factor/confirm/?next=/en/products/"
    assert client.post(answer["Location"], {"code": code()})["Location"] == "/en/products/"
    assert client.get("/en/products/").status_code == 200


def test_an_installation_may_leave_it_to_everybody(cast, settings):
    settings.SECOND_FACTOR = "optional"
    client, _answer = password_given(cast.admin)
    assert client.get("/en/products/").status_code == 200


def test_an_administrator_takes_away_what_is_lost_and_leaves_a_trace(cast, client_of):
    with_factor(cast.colleague)
    there = client_of("colleague")
    client = client_of("admin")
    address = f"/en/admin/people/person/act/reset-factor/?pk={cast.colleague.pk}"
    assert client.post(address, {"reason": "Lost the phone"}).status_code == 302
    assert factors.factor_of(cast.colleague) is None
    assert there.get("/en/account/").status_code == 302
    assert AuditEvent.objects.get(event="second factor taken away").reason == "Lost the phone"
    with pytest.raises(ValidationError):
        reset_factor(person=cast.colleague, by=cast.admin, reason="Again")


def test_a_factor_outlives_a_new_secret_key(cast, settings):
    with_factor(cast.colleague)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of fifty letters", [settings.SECRET_KEY]
    call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []
    assert factors.spend_app_code(cast.colleague, code())


def test_the_shell_of_the_server_helps_the_last_administrator(cast):
    with_factor(cast.admin)
    call_command("reset_factor", cast.admin.email, "Lost the phone")
    assert factors.factor_of(cast.admin) is None
    for email in (cast.admin.email, "nobody@home.example"):
        with pytest.raises(CommandError):
            call_command("reset_factor", email, "Lost the phone")


def test_a_key_that_was_not_asked_opens_nothing(cast, client_of):
    client = client_of("colleague")
    client.get(f"{SET_UP}keys/new/")
    for answer in ("", "{}", '{"id": "x"}', "[]", '{"id": 1, "rawId": "AA", "response": {}, "type": "public-key"}'):
        assert client.post(f"{SET_UP}keys/new/", {"name": "Blue", "credential": answer}).status_code == 422
    assert not Authenticator.objects.exists()


def test_the_last_key_stays_with_who_must_have_a_factor(cast):
    for person in (cast.admin, cast.colleague):
        own = {"person": person, "by": person, "session": None}
        assert len(add_key(name="Blue", credential={}, **own)) == factors.CODES
        key = Authenticator.objects.get(user=person, type="webauthn").pk
        if person == cast.admin:
            with pytest.raises(Refused, match="keeps a second factor"):
                remove_key(key=key, **own)
            with_factor(person)
        remove_key(key=key, **own)
        assert (factors.factor_of(person) is not None) is (person == cast.admin)
        with pytest.raises(ValidationError):
            remove_key(key=key, **own)
