"""One town for each module of attacks; every test's own transaction lies inside the town's and leaves no trace."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.attack.town import Town, at_november, make_town
from tests.cast import make_cast
from tests.plugins.cast import client_for, kept_world


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[Town]:
    with django_db_blocker.unblock(), at_november():
        whole = transaction.atomic()
        whole.__enter__()
        yield kept_world("everything", lambda: make_town(make_cast()))
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(town) -> dict[str | None, Client]:
    """Signed in once, in the town's own transaction; a failing server comes as an answer, as it does to a browser."""
    found: dict[str | None, Client] = {None: Client(raise_request_exception=False)}
    for name, person in town.cast.people.items():
        found[name] = client_for(person, raise_request_exception=False)
    return found


@pytest.fixture(scope="module")
def as_(clients):
    return clients.__getitem__
