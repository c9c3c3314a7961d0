"""The executive view in a real browser: nothing for axe to find, nothing wider than the window, no two words on each other."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from products.actions.budget import add_budget_line
from products.models import FundingSource
from records import clock
from records.writing import save
from tests.plugins.browser import ALL, sideways
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, approve, open_with_outcome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("svg.year text")].map((word) => [word.textContent, word.getBBox()]);
  const view = document.querySelector("svg.year").viewBox.baseVal, found = [];
  boxes.forEach(([one, a], index) => {
    if (a.x < -1 || a.x + a.width > view.width + 1 || a.y + a.height > view.height + 1) found.push(one + " is cut");
    boxes.slice(index + 1).forEach(([other, b]) => {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      if (wide > 1 && high > 4) found.push(one + " / " + other);
    });
  });
  return found;
}"""


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


def open_year(page, live_server, language):
    with translation.override(language):
        page.goto(live_server.url + reverse("roadmap-executive", args=["JSA", 2026]))


@pytest.mark.parametrize("count", [6, 30, 120])
def test_words_of_the_picture_do_not_meet(browser_page, live_server, cast, count):
    outcome = open_with_outcome(cast)
    add_milestones(outcome, cast, count)
    approve(outcome, cast)
    for language in ("en", "fr"):
        page = browser_page("executive", language=language)
        open_year(page, live_server, language)
        assert page.evaluate(OVERLAPS) == []


def add_millions(cast):
    """A budget whose figures are wider than a narrow window."""
    source = FundingSource(
        department=cast.department, code="REF", name_en="Reference levels", name_fr="Niveaux de référence"
    )
    save(source, by=cast.portfolio_manager)
    add_budget_line(
        product=cast.product,
        by=cast.product_manager,
        fiscal_year=NOVEMBER.year,
        source=source,
        kind="salary",
        planned=10_740_125,
        secured=10_740_125,
        actual=5_493_525,
        actual_to=date(NOVEMBER.year, 10, 31),
    )


@pytest.mark.parametrize(("language", "width"), ALL)
def test_view_is_accessible_and_fits(browser_page, live_server, cast, axe, width, language):
    outcome = open_with_outcome(cast)
    add_milestones(outcome, cast, 18)
    add_millions(cast)
    page = browser_page("executive", width=width, language=language)
    open_year(page, live_server, language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(".agenda").is_visible() == (width == 320)
    assert axe(page) == []
    assert sideways(page) <= width
