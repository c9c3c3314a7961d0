"""A new installation gets its first administrator by command, once."""

import io

import pytest
from django.core.management import CommandError, call_command

from people.models import Person


def run(*arguments):
    out = io.StringIO()
    call_command("first_administrator", *arguments, stdout=out)
    return out.getvalue().strip()


def test_first_administrator_chooses_a_password_by_the_link(db, client):
    link = run("ann@example.org", "Ann Example", "DWS")
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    client.post(
        page.request["PATH_INFO"], {"password1": "quite long enough 1867", "password2": "quite long enough 1867"}
    )
    ann = Person.objects.get()
    assert ann.check_password("quite long enough 1867")
    assert (ann.is_staff, ann.is_superuser, ann.department.code) == (True, True, "DWS")


def test_second_administrator_is_invited_by_the_first(db):
    run("ann@example.org", "Ann Example", "DWS")
    with pytest.raises(CommandError, match="an administrator already"):
        run("bob@example.org", "Bob Example", "DWS")


def test_bad_address_is_said_and_nothing_is_kept(db):
    with pytest.raises(CommandError, match="valid email"):
        run("not an address", "Ann", "DWS")
    assert Person.objects.count() == 0
