"""An executive reads a year, the year before and a past day; a stranger finds nothing at the same addresses."""

import pytest

from products.actions.briefs import publish_brief
from tests.portfolio.roadmap_year import add_milestones, approve, open_with_outcome
from tests.products.brief import fill_brief
from tests.walks.walk import ALL, ONCE, words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(cast):
    """2026–27 approved with fourteen milestones, 2027–28 with two."""
    outcome = open_with_outcome(cast)
    add_milestones(outcome, cast, 14)
    add_milestones(outcome, cast, 2, year=2027)
    approve(outcome, cast)
    fill_brief(cast)
    publish_brief(product=cast.product, by=cast.product_manager, seen=0)


@pytest.mark.parametrize(("language", "width"), ALL)
def test_walk_of_an_executive_through_the_years(walk, year, language, width):
    way = walk("executive", language, width)
    way.go("roadmap-executive", "JSA", 2027)
    way.click(way.page.locator("ul.years a").nth(0))
    assert "/roadmap/2026/" in way.page.url
    way.page.fill("#id_at", "2026-05-01")
    way.click(way.page.locator("form.as-of button"))
    assert way.page.locator(".state.as-of strong").inner_text().endswith("2026-05-01")
    status, pdf = way.bytes_of(way.page.locator("a[href*='/pdf/']").first.get_attribute("href"))
    assert status == 200
    assert "2026-05-01" in words_of(pdf)


HIDDEN = [
    ("product-detail", "JSA"),
    ("product-history", "JSA"),
    ("brief-detail", "JSA"),
    ("brief-version", "JSA", 1),
    ("brief-document", "JSA", 1, "fr"),
    ("strategy-detail", "JSA"),
    ("roadmap-detail", "JSA"),
    ("roadmap-plan", "JSA", 2026),
    ("roadmap-log", "JSA"),
    ("outcome-detail", "JSA", "A", 1),
    ("outcome-pdf", "JSA", "A", 1),
    ("roadmap-executive", "JSA", 2026),
    ("roadmap-executive-pdf", "JSA", 2026),
]


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_of_a_stranger_finds_nothing(walk, year, language, width):
    way = walk("stranger", language, width)
    assert {address: way.bytes_of(way.path(*address))[0] for address in HIDDEN} == dict.fromkeys(HIDDEN, 404)
    for query in ("", "?q=JSA", "?q=emploi"):
        way.go("product-list", query=query)
        assert way.page.locator("tbody tr").count() == 0
        assert way.page.get_by_text("JSA", exact=True).count() == 0
    status, rows = way.bytes_of(way.path("product-list") + "?format=csv")
    assert (status, b"JSA" in rows) == (200, False)
    assert way.go("roadmap-executive", "JSA", 2026) == 404
