"""One person's way through the pages in a browser: every page looked at is judged (ux.md, "everybody can use it").

A page is sound when axe finds nothing, it has one first heading, nothing scrolls sideways and, in French, no heading,
label or button still speaks English.
"""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page

from tests.plugins.browser import ALL, BOTH, ONCE, ONCE_NARROW, sideways

__all__ = ["ALL", "BOTH", "ONCE", "ONCE_NARROW", "Walk", "shown", "words_of"]
ENGLISH = re.compile(
    r"\b(the|of|and|this|that|with|your|you|are|is|has|from|yet|what|there|year|month|show|add|save)\b",
    re.IGNORECASE,
)
SPOKEN = """() => [...document.querySelectorAll("h1, h2, h3, h4, th, dt, label, legend, button, summary, caption, title")]
    .filter(e => !e.closest("[lang=en]"))
    .map(e => [...e.childNodes].filter(n => !n.matches || !n.matches("[lang=en]")).map(n => n.textContent).join(""))"""


class Walk:
    """A page with a language and a width. `problems` fills with what is wrong, address by address."""

    def __init__(self, page: Page, base: str, language: str, axe: Callable[[Page], list[str]] | None) -> None:
        self.page, self.base, self.language, self.axe = page, base, language, axe
        self.problems: dict[str, list[str]] = {}

    def words(self, message: str, **values: object) -> str:
        """A message of the interface as this reader sees it."""
        with translation.override(self.language):
            return translation.gettext(message) % values

    def path(self, name: str, *args: object) -> str:
        with translation.override(self.language):
            return reverse(name, args=args)

    def go(self, name: str, *args: object, query: str = "") -> int:
        """Open an address by its name and judge the page; the status of the answer."""
        answer = self.page.goto(self.base + self.path(name, *args) + query)
        self.look()
        return answer.status

    def press(self, message: str, **values: object) -> None:
        """Press the button of the page that says this; judge where it leads."""
        self.click(self.page.locator("main").get_by_role("button", name=self.words(message, **values), exact=True))

    def follow(self, message: str, **values: object) -> None:
        """Follow the link of the page that says this; judge where it leads."""
        self.click(self.page.locator("main").get_by_role("link", name=self.words(message, **values), exact=True).first)

    def click(self, place: Locator) -> None:
        """Click what leads to another page; judge that page once it has loaded, not while it arrives."""
        with self.page.expect_navigation():
            place.click()
        self.look()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"main [name={name}]", value)

    def look(self) -> None:
        """Judge the page that is open."""
        page = self.page
        found = self.axe(page) if self.axe else []
        width = page.viewport_size["width"]
        found += [f"{sideways(page)} wide"] if sideways(page) > width else []
        found += ["first headings"] if page.locator("h1").count() != 1 else []
        if page.locator("html").get_attribute("lang") != self.language:
            found.append("language of the page")
        if self.language == "fr":
            found += [f"English: {text.strip()}" for text in page.evaluate(SPOKEN) if ENGLISH.search(text)]
        if found:
            self.problems[page.url.removeprefix(self.base)] = found

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def bytes_of(self, address: str) -> tuple[int, bytes]:
        """Fetch an address as this person, beside the page."""
        answer = self.page.context.request.get(self.base + address)
        return answer.status, answer.body()


def words_of(pdf: bytes) -> str:
    """The text of a PDF, lines joined."""
    assert pdf.startswith(b"%PDF")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def shown(way: Walk, name: str, pdf: bytes = b"") -> None:
    """Keep a picture, or a document, when somebody wants to look at the pages themselves."""
    folder = os.environ.get("GATEHOUSE_PICTURES")
    if folder and pdf:
        Path(folder, f"{name}-{way.language}.pdf").write_bytes(pdf)
    elif folder:
        way.page.screenshot(path=f"{folder}/{name}-{way.language}.png", full_page=True)
