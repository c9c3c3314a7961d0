"""The demonstration's second factors: given to who must have one, and their codes printed there and nowhere else."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portfolio.demonstration.factors import code_for, give_factors, with_factor
from portfolio.management.commands import demo_code
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def printed(email):
    call_command("demo_code", email, stdout=(out := StringIO()), stderr=StringIO())
    return out.getvalue().strip()


def test_who_must_have_a_factor_signs_in_with_the_printed_code(cast, settings):
    settings.MODE = "demo"
    assert printed(cast.admin.email), "given to who must have one and has none"
    assert give_factors() == 0
    assert with_factor() == {cast.admin.email}
    client = Client()
    answer = client.post("/en/account/login/", {"login": cast.admin.email, "password": PASSWORD})
    assert "demo_code" in client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"], {"code": printed(cast.admin.email)})["Location"] == "/en/"
    assert client.get("/en/products/").status_code == 200


def test_a_code_that_was_used_is_not_printed_again(cast, settings, monkeypatch):
    settings.MODE = "demo"
    now = {"is": 30.0 * (time.time() // 30 + 2)}
    monkeypatch.setattr(time, "time", lambda: now["is"])
    monkeypatch.setattr(demo_code.time, "sleep", lambda seconds: now.update({"is": now["is"] + seconds}))
    give_factors()
    client = Client()
    first = printed(cast.admin.email)
    for _sign_in in range(2):
        answer = client.post("/en/account/login/", {"login": cast.admin.email, "password": PASSWORD})
        client.post(answer["Location"], {"code": printed(cast.admin.email)})
        client.post("/en/account/logout/")
    assert code_for(cast.admin.email) is None
    assert printed(cast.admin.email) != first


def test_codes_are_printed_in_the_demonstration_only(cast):
    give_factors()
    with pytest.raises(CommandError, match="only"):
        call_command("demo_code", cast.admin.email)


def test_without_a_factor_the_password_is_enough(cast, settings):
    settings.MODE = "demo"
    with pytest.raises(CommandError, match="password"):
        call_command("demo_code", cast.colleague.email)
