"""The frame in a real browser: nothing for axe to find, nothing wider than the window."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.plugins.browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [1280, 320])
def test_home_is_accessible_and_fits(browser_page, live_server, cast, axe, width, language):
    page = browser_page("product_manager", width=width, language=language)
    with translation.override(language):
        page.goto(live_server.url + reverse("home"))
    assert page.locator("html").get_attribute("lang") == language
    assert axe(page) == []
    assert sideways(page) <= width
