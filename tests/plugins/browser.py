"""A real browser for the tests marked `browser`: Chromium of the system, signed in by cookie, with axe at hand.

@pytest.mark.browser
def test_something(browser_page, live_server, cast, axe):
    page = browser_page("product_manager", width=320, language="fr")   # signed in; None for a stranger
    page.goto(live_server.url + reverse("account"))
    assert axe(page) == []                       # one line per violation: rule, help, first places
    assert sideways(page) <= 320                 # from tests.plugins.browser import sideways
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page

from tests.plugins.cast import session_of

# Playwright keeps an event loop in this thread; the tests talk to the database from the same one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# The first is the same browser without what only a window needs; a page costs it a third less.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
QUIET = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LOCALES = {"en": "en-CA", "fr": "fr-CA"}
HEIGHT = 900
# Both languages and both widths in two ways; `make browser` goes the other two as well.
BOTH = [("en", 1280), ("fr", 320)]
ALL = [*BOTH, *(pytest.param(*way, marks=pytest.mark.cross) for way in [("en", 320), ("fr", 1280)])]


def _first(way: tuple[str, int]) -> list[Any]:
    others = [each for each in (("en", 1280), ("fr", 320), ("en", 320), ("fr", 1280)) if each != way]
    return [way, *(pytest.param(*each, marks=pytest.mark.cross) for each in others)]


# One way each, so that walks over the same kinds of pages go both ways between them; `make browser` walks each in all four.
ONCE = _first(("en", 1280))
ONCE_NARROW = _first(("fr", 320))
# Only what is wrong crosses over from the browser: what is right is most of axe's answer.
ASK_AXE = "axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)"
# What a page is made of, whatever its texts: every kind of element with its class, its role and the names of its attributes.
MADE_OF = """() => [...new Set([...document.querySelectorAll("*")].map(e => [e.tagName, e.getAttribute("class"),
    e.getAttribute("role"), e.getAttribute("lang"), e.getAttribute("type"), e.getAttribute("aria-invalid"),
    e.getAttribute("open"), e.parentElement && e.parentElement.tagName, e.getAttributeNames().sort()].join(" ")))]
    .sort().join("|")"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, the one without a window where there is one; root needs it without its sandbox."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    arguments = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


@pytest.fixture
def browser_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages as members of the cast: `browser_page(name, width=1280, language="en", scripts=True)`."""
    contexts: list[BrowserContext] = []

    def open_page(name: str | None = None, *, width: int = 1280, language: str = "en", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, locale=LOCALES[language], java_script_enabled=scripts
        )
        contexts.append(context)
        if "axe" in request.fixturenames:
            context.add_init_script(axe_script())
        if name:
            person = request.getfixturevalue("cast").people[name]
            context.add_cookies([session_cookie(person, live_server.url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def session_cookie(person: Any, address: str) -> dict[str, Any]:
    """A cookie by which `person` is signed in at `address`; quicker than walking the sign-in page."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": address}


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Run axe-core on a page; one line per violation, an empty list when there is none.

    A page of a template and in a state that was found sound at this width in this run is not asked about again (decision 26).
    """
    sound = set()

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state()
        same = (_template(page), page.viewport_size["width"], page.evaluate(MADE_OF))
        if same in sound:
            return []
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(axe_script())
        found = [_line(violation) for violation in page.evaluate(ASK_AXE)]
        if not found:
            sound.add(same)
        return found

    return violations


@cache
def axe_script() -> str:
    """The text of axe-core. A page that begins with it costs a tenth of handing it to the page afterwards."""
    return Axe().axe_script


def _template(page: Page) -> str:
    """The name of the page's address, which stands for its template; what has none stands for itself."""
    path = urlsplit(page.url).path
    try:
        with translation.override(path.split("/")[1] or "en"):
            return resolve(path).view_name
    except Resolver404:
        return path


def _line(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({len(violation['nodes'])}): {places}"


def sideways(page: Page) -> int:
    """How wide the page is when scrolled to its right end."""
    return page.evaluate("document.documentElement.scrollWidth")
