"""The second factor in a real browser: pages that read well everywhere, and a security key that answers."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import translation

from tests.cast import PASSWORD
from tests.people.test_second_factor import seat
from tests.plugins.browser import ALL, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("factor-set-up", "key-add", "mfa_reauthenticate", "delegation-list", "delegation-give", "account")
VIRTUAL = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
           "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


def key_in(page):
    """Plug a key into the browser of `page`."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})


def test_a_key_is_added_lets_in_confirms_and_goes(browser_page, live_server, cast):
    page = browser_page("cio")
    key_in(page)
    page.goto(live_server.url + reverse("key-add"))
    page.get_by_label("Name of the key").fill("Blue")
    page.get_by_role("button", name="Ask the key").click()
    page.get_by_role("button", name="I have kept them").click()
    assert page.get_by_text("Blue, in use since").is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(cast.cio.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use your security key").click()
    page.wait_for_url(live_server.url + "/en/")
    page.goto(live_server.url + reverse("mfa_reauthenticate_webauthn") + "?next=/en/account/")
    page.get_by_role("button", name="Use your security key").click()
    page.wait_for_url(live_server.url + "/en/account/")
    page.get_by_role("button", name="Remove the key Blue").click()
    assert page.get_by_text("The key no longer opens your account.").is_visible()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(("language", "width"), ALL)
def test_pages_are_accessible_and_fit(browser_page, live_server, cast, axe, language, width):
    seat(cast.cio)
    page = browser_page("cio", width=width, language=language)
    for name in PAGES:
        with translation.override(language):
            page.goto(live_server.url + reverse(name))
        assert axe(page) == [], name
        assert sideways(page) <= width, name
