"""Sent from elsewhere: without our token, or with it but from another origin. Refused, and nothing is kept (S-06)."""

import pytest
from django.conf import settings

from products.models import BriefBuffer
from tests.attack.everything import governed_rows
from tests.attack.test_refused import SENDABLE, takers
from tests.plugins.cast import client_for

pytestmark = pytest.mark.django_db
AUTOSAVE = "/en/products/JSA/brief/product/autosave/"
TYPED = {"version": "0", "summary_en": "From elsewhere"}
FOREIGN = {
    "another site": {"origin": "https://evil.example"},
    "no site at all": {"origin": "null"},
    "a look-alike": {"origin": "http://testserver.evil.example"},
    "another port": {"origin": "http://testserver:8443"},
}


@pytest.fixture
def strict(cast):
    """A browser of the Product Manager that has our token in its cookie, as every page gives it."""
    client = client_for(cast.product_manager, enforce_csrf_checks=True)
    client.get("/en/products/JSA/brief/product/")
    return client


def token(client):
    return client.cookies[settings.CSRF_COOKIE_NAME].value


def test_autosave_from_our_own_page_is_kept(strict):
    own = {"origin": "http://testserver", "x-csrftoken": token(strict)}
    assert strict.post(AUTOSAVE, TYPED, headers=own).status_code == 200
    assert BriefBuffer.objects.count() == 1


@pytest.mark.parametrize("origin", FOREIGN)
def test_autosave_from_elsewhere_is_refused_even_with_the_token(strict, origin):
    answer = strict.post(AUTOSAVE, TYPED, headers=FOREIGN[origin] | {"x-csrftoken": token(strict)})
    assert answer.status_code == 403
    assert not BriefBuffer.objects.exists()


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_autosave_without_the_token_is_refused_in_every_dress(strict, kind):
    answer = strict.post(AUTOSAVE, b'{"version": "0"}', content_type=kind, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert not BriefBuffer.objects.exists()


def test_no_form_is_taken_from_elsewhere(town):
    before = governed_rows()
    for name in SENDABLE:
        client = client_for(town.cast.people[sorted(takers(name))[0]], enforce_csrf_checks=True)
        answer = client.post(town.address(name), {"version": "1"}, headers=FOREIGN["another site"])
        assert answer.status_code == 403, name
    assert governed_rows() == before
