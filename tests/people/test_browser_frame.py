"""The frame and its pages in a real browser: nothing for axe to find, nothing wider than the window, warnings that work."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.plugins.browser import ALL, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = """Math.min(...[...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => e.offsetWidth > 2 && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
PAGES = {
    "sign-in": (None, "account_login"),
    "forgotten": (None, "account_reset_password"),
    "accessibility": (None, "accessibility"),
    "about": ("colleague", "about"),
    "rights": ("colleague", "rights"),
    "account": ("colleague", "account"),
    "password": ("colleague", "account_change_password"),
    "home": ("product_manager", "home"),
}


@pytest.mark.parametrize(("language", "width"), ALL)
def test_pages_are_accessible_and_fit(browser_page, live_server, cast, axe, language, width):
    readers = {reader: browser_page(reader, language=language, width=width) for reader, _address in PAGES.values()}
    for name, (reader, address) in PAGES.items():
        with translation.override(language):
            readers[reader].goto(live_server.url + reverse(address))
        page = readers[reader]
        assert page.locator("html").get_attribute("lang") == language, name
        assert axe(page) == [], name
        assert sideways(page) <= width, name
        assert width > 320 or page.evaluate(SMALLEST) >= 16, name


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.cross), 320])
def test_error_pages_are_accessible(browser_page, live_server, cast, axe, width):
    page = browser_page("colleague", width=width, language="fr")
    page.goto(f"{live_server.url}/fr/no/such/page/")
    assert axe(page) == []
    page.goto(f"{live_server.url}/fr/account/?language=1")
    page.evaluate("document.querySelector('form[action$=\"account/\"] input[type=hidden]').value = 'stale'")
    page.locator("main form button.button").first.click()
    assert "503" not in page.title()
    assert axe(page) == []


def test_a_wrong_password_moves_the_focus_to_what_is_wrong(browser_page, live_server, cast, axe):
    page = browser_page()
    page.goto(live_server.url + reverse("account_login"))
    page.fill("#id_login", cast.colleague.email)
    page.fill("#id_password", "not the right one")
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    assert "problems" in page.evaluate("document.activeElement.className")
    assert page.input_value("#id_login") == cast.colleague.email
    assert page.title().startswith("Error:")
    assert axe(page) == []
    page.locator(".problems a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_skipping_comes_first_and_moves_the_focus(browser_page, live_server, cast):
    page = browser_page("colleague")
    page.goto(live_server.url + reverse("account"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_an_idle_session_is_announced_and_can_be_extended(browser_page, live_server, cast, axe):
    page = browser_page("colleague")
    page.clock.install()
    page.goto(live_server.url + reverse("account"))
    box = page.locator(".session-warning")
    assert box.is_hidden()
    page.clock.run_for("25:02")
    assert box.is_visible()
    assert "Minutes left: 5" in box.text_content()
    assert page.evaluate("document.activeElement.hasAttribute('data-stay')")
    with page.expect_response(lambda answer: answer.url.endswith("/account/session/")) as answered:
        page.locator("[data-stay]").click()
    assert answered.value.status == 204
    box.wait_for(state="hidden")


def test_the_other_language_is_the_same_page(browser_page, live_server, cast):
    page = browser_page("colleague")
    page.goto(live_server.url + reverse("account") + "?x=1")
    page.locator("header a.lang").click()
    assert page.url.endswith("/fr/account/?x=1")


def test_everything_here_works_without_scripts(browser_page, live_server, cast):
    page = browser_page("colleague", scripts=False)
    page.goto(live_server.url + reverse("account"))
    page.locator("input[name=language][value=fr]").check()
    page.locator("main form button").first.click()
    assert page.url.endswith("/fr/account/")
    page.locator("header form button").click()
    assert "/account/login/" in page.url
