"""A product manager writes the brief, checks the answers, publishes, and takes the document away (domain.md §3)."""

import re

import pytest

from records.jobs import run_due
from tests.products.brief import fill_governance, fill_structure, reference_data
from tests.walks.walk import ONCE_NARROW, words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PURPOSE = {
    "summary_en": "One account for those who look for work.",
    "summary_fr": "Un seul compte pour qui cherche un emploi.",
}


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_from_empty_sections_to_the_document(walk, cast, language, width):
    fill_structure(cast)
    fill_governance(cast)
    reference_data(cast)
    way = walk("product_manager", language, width)
    way.go("brief-detail", "JSA")
    write_product(way)
    write_places(way)
    way.go("brief-check", "JSA")
    way.press("Publish version %(number)s", number=1)
    assert "/versions/1/published/" in way.page.url
    way.follow("PDF in English")
    assert "/versions/1/waiting/" in way.page.url
    assert way.page.get_by_role("link", name=way.words("Look again")).count() == 1
    run_due()
    way.page.reload()  # as the link does, and as the page does by itself whenever that comes first
    way.look()
    with way.page.expect_download() as taken:
        way.page.get_by_role("link", name=way.words("PDF in French")).click()
    assert PURPOSE["summary_fr"] in words_of(taken.value.path().read_bytes())
    assert way.go("brief-version", "JSA", 1) == 200
    assert way.page.get_by_text(PURPOSE[f"summary_{language}"]).count()


def write_product(way):
    """The first section: what is typed is kept by itself and is there after a reload."""
    way.go("brief-section", "JSA", "product")
    with way.page.expect_response(lambda answer: "Un+seul+compte" in (answer.request.post_data or "")):
        way.fill(**PURPOSE)
    way.page.locator("[data-saved]").get_by_text(re.compile(r"\d\d:\d\d")).wait_for(timeout=8_000)
    way.page.reload()
    way.look()
    assert way.page.input_value("[name=summary_fr]") == PURPOSE["summary_fr"]
    way.fill(services_add="S1")
    save(way, "Save product and services")


def write_places(way):
    way.go("brief-section", "JSA", "places")
    way.fill(applications_add="A1", repository_0_name_en="Backlog", repository_0_name_fr="Carnet")
    way.fill(repository_0_address="https://backlog.example/jsa")
    save(way, "Save where things are")


def save(way, button):
    way.page.locator("[name=done]").first.check()
    way.press(button)
    assert way.page.url.endswith("/brief/")
