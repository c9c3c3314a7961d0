"""The brief in a real browser: two writers in one section, a draft that survives, pages that everybody can use (ux.md A3)."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from products.actions.briefs import publish_brief
from products.models import BriefSection, GovernanceBody, Position
from tests.plugins.browser import ALL, sideways
from tests.products.brief import draft, fill_brief

pytestmark = pytest.mark.browser
# Milliseconds of the browser's clock, which the tests move on themselves (static/autosave.js).
TYPING_STOPPED, TRIED_AGAIN = 2_600, 10_100


def section(live_server, code, language="en"):
    with translation.override(language):
        return live_server.url + reverse("brief-section", args=["JSA", code])


def save(page, button):
    page.get_by_label("No, we will come back to it").check()
    page.get_by_role("button", name=button).click()


def test_two_browsers_in_one_section_lose_nothing(browser_page, live_server, cast):
    first, second = browser_page("product_manager"), browser_page("product_owner")
    for page in (first, second):
        page.goto(section(live_server, "organisation"))
    first.get_by_label("About the structure, in English").fill("Three branches, one team.")
    save(first, "Save organisation and governance")
    second.get_by_label("About the structure, in English").fill("Two branches.")
    second.get_by_label("About governance, in English").fill("Decided low.")

    save(second, "Save organisation and governance")

    assert second.get_by_role("heading", level=1).inner_text() == "Somebody saved this section while you were writing"
    assert second.get_by_text("Three branches, one team.", exact=True).is_visible()
    assert second.get_by_text("Two branches.", exact=True).first.is_visible()
    second.get_by_label("Keep what Product Manager saved: About the structure, in English").check()
    second.get_by_role("button", name="Save what I chose").click()
    second.wait_for_url(re.compile(r"/brief/$"))
    content = BriefSection.objects.get().content
    assert (content["structure_en"], content["governance_en"]) == ("Three branches, one team.", "Decided low.")


def test_draft_is_kept_while_typing_and_survives_a_reload(browser_page, live_server, cast):
    page, other = browser_page("product_manager"), browser_page("product_owner")
    page.clock.install()
    page.goto(section(live_server, "organisation"))

    page.get_by_label("About governance, in French").fill("Les décisions se prennent")
    page.clock.run_for(TYPING_STOPPED)
    page.get_by_text(re.compile(r"Draft saved \d\d:\d\d")).wait_for(timeout=8_000)
    page.reload()

    assert page.get_by_label("About governance, in French").input_value() == "Les décisions se prennent"
    assert page.get_by_text("not saved in the team’s draft yet").is_visible()
    other.goto(section(live_server, "organisation"))
    assert other.get_by_label("About governance, in French").input_value() == ""
    page.get_by_role("button", name="Discard what I typed").click()
    assert page.get_by_label("About governance, in French").input_value() == ""


def test_draft_that_could_not_be_kept_says_so_and_tries_again(browser_page, live_server, cast):
    page = browser_page("product_manager")
    page.clock.install()
    page.goto(section(live_server, "organisation"))
    page.route("**/autosave/", lambda route: route.abort())

    page.get_by_label("About governance, in English").fill("Kept at last")
    page.clock.run_for(TYPING_STOPPED)
    page.get_by_text("Not saved – trying again").wait_for(timeout=8_000)
    page.unroute("**/autosave/")
    page.clock.run_for(TRIED_AGAIN)

    page.get_by_text(re.compile(r"Draft saved \d\d:\d\d")).wait_for(timeout=8_000)


def test_language_button_takes_the_draft_along(browser_page, live_server, cast):
    page = browser_page("product_manager")
    page.goto(section(live_server, "product"))
    page.get_by_label("Purpose in English").fill("One account")

    page.locator("button[name=switch_language]").click()

    page.wait_for_url(re.compile(r"/fr/products/JSA/brief/product/$"))
    assert page.locator("#id_summary_en").input_value() == "One account"
    assert page.locator("html").get_attribute("lang") == "fr"


def test_roles_and_repositories_work_without_script(browser_page, live_server, cast):
    page = browser_page("product_manager", scripts=False)
    page.goto(section(live_server, "places"))
    page.get_by_label("Name in English").fill("Backlog")
    page.get_by_label("Address or location").fill("https://backlog.example")

    page.get_by_role("button", name="Add another repository").click()

    assert page.get_by_label("Address or location").count() == 2
    save(page, "Save where things are")
    page.wait_for_url(re.compile(r"/brief/$"))
    assert [row["name_en"] for row in BriefSection.objects.get().content["repositories"]] == ["Backlog"]


def pages(cast, language):
    with translation.override(language):
        plain = [
            "brief-detail",
            "brief-check",
            "brief-confirm",
            "brief-compare",
            "brief-versions",
            "structure-detail",
            "governance-detail",
            "position-add",
            "body-add",
            "facing-add",
        ]
        found = [reverse(name, args=["JSA"]) for name in plain]
        found += [
            reverse("brief-section", args=["JSA", code]) for code in ("product", "organisation", "places", "roles")
        ]
        found += [reverse(name, args=["JSA", 1]) for name in ("brief-version", "brief-published", "brief-waiting")]
        found.append(reverse("position-change", args=["JSA", Position.objects.first().pk]))
        found.append(reverse("body-change", args=["JSA", GovernanceBody.objects.get().pk]))
        found.append(reverse("body-end", args=["JSA", GovernanceBody.objects.get().pk]))
    return found


@pytest.mark.parametrize(("language", "width"), ALL)
def test_every_page_is_accessible_at_every_width(browser_page, live_server, cast, axe, width, language):
    fill_brief(cast)
    publish_brief(product=cast.product, by=cast.product_manager, seen=0)
    draft(cast, "product", expected=2, summary_en="One account for those who seek work.")
    publish_brief(product=cast.product, by=cast.product_manager, seen=1)
    page, wrong = browser_page("head_of_product", width=width, language=language), {}

    for address in pages(cast, language):
        page.goto(live_server.url + address)
        found = axe(page) + ([f"{sideways(page)} wide"] if sideways(page) > width else [])
        if found:
            wrong[address] = found

    assert wrong == {}


def test_problems_and_both_texts_are_accessible(browser_page, live_server, cast, axe):
    page, other = browser_page("product_manager", width=320), browser_page("product_owner")
    for each in (page, other):
        each.goto(section(live_server, "organisation"))
    page.get_by_role("button", name="Save organisation and governance").click()
    assert page.evaluate("document.activeElement.className") == "problems"
    assert axe(page) == []
    other.get_by_label("About governance, in English").fill("Theirs")
    save(other, "Save organisation and governance")
    page.get_by_label("About governance, in English").fill("Mine")
    save(page, "Save organisation and governance")

    assert axe(page) == []
    assert sideways(page) <= 320
