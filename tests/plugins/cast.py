"""The cast as fixtures, and clients signed in as any of its members."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    """A client signed in as a cast member."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
