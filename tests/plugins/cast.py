"""The cast as fixtures, and clients signed in as any of its members.

The cast is reached by walking the actions, once per test process; the rows those actions wrote are then put back for each
further test, because walking some seventy acts again and again would be most of what the suite does.
"""

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.cast import Cast, make_cast
from tests.governance.town import Town, make_town
from tests.plugins.rows import Rows, all_rows, put_rows


@dataclass(frozen=True)
class Kept:
    """A world and the rows it consists of, table by table, in PostgreSQL's copy format."""

    world: Any
    rows: Rows


_kept: dict[str, Kept] = {}


def kept_world(name: str, make: Callable[[], Any]) -> Any:
    """The world of this name: made by `make` the first time in a process, later put back as it was then."""
    if name not in _kept:
        _kept[name] = _walk(make)
    else:
        put_rows(_kept[name].rows)
    return copy.deepcopy(_kept[name].world)


def _walk(make: Callable[[], Any]) -> Kept:
    before = all_rows()
    made = make()
    after = all_rows()
    rows = {}
    for table, lines in after.items():
        known = set(before[table])
        assert known <= set(lines), (
            f"The cast changed rows of {table} that were there before; it can only be put back if it adds."
        )
        added = [line for line in lines if line not in known]
        if added:
            rows[table] = added
    return Kept(copy.deepcopy(made), rows)


def _cast_in_town() -> Cast:
    cast = make_cast()
    make_town(cast)
    return cast


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """The cast, with its boards when the test asks for the town as well."""
    if "town" in request.fixturenames:
        return kept_world("town", _cast_in_town)
    return kept_world("cast", make_cast)


@pytest.fixture
def town(cast: Cast) -> Town:
    """The boards of the cast's department; who sits on them is in `cast.people` too, so `client_of("chair")` works."""
    return cast.__dict__["town"]


@pytest.fixture
def client_of(cast: Cast) -> Callable[..., Client]:
    """A client signed in as a cast member, just now or `minutes_ago`."""
    return lambda name, minutes_ago=0: client_for(cast.people[name], minutes_ago=minutes_ago)


def client_for(person: Any, *, minutes_ago: float = 0, **options: Any) -> Client:
    """A client, with the `options` of Django's, in which `person` gave password and second factor `minutes_ago`."""
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person, minutes_ago=minutes_ago)
    return client


def session_of(person: Any, *, minutes_ago: float = 0) -> str:
    """The key of a session that stands as if `person` had signed in with password and second factor `minutes_ago`."""
    at = time.time() - 60 * minutes_ago
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at}, {"method": "mfa", "at": at}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(person)
    session.create()
    return session.session_key
