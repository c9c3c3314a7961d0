"""The administration in a browser: accessible, within its security policy, in both languages, down to 320 pixels."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.plugins.browser import ALL, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "first": lambda cast: reverse("admin:index"),
    "list": lambda cast: reverse("admin:people_person_changelist"),
    "found": lambda cast: reverse("admin:people_branch_changelist") + "?is_active__exact=1&q=program",
    "add": lambda cast: reverse("admin:products_service_add"),
    "change": lambda cast: reverse("admin:people_person_change", args=[cast.people["colleague"].pk]),
    "look": lambda cast: reverse("admin:products_product_change", args=[cast.product.pk]),
    "history": lambda cast: reverse("admin:people_person_history", args=[cast.people["colleague"].pk]),
    "act": lambda cast: reverse("admin:people_person_act", args=["deactivate"]) + f"?pk={cast.people['colleague'].pk}",
    "trail": lambda cast: reverse("admin:records_auditevent_changelist"),
}


def visit(page, live_server, address):
    """Go there; return what the browser refused."""
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + address, wait_until="load")
    return refused


@pytest.mark.parametrize(("language", "width"), ALL)
def test_pages_are_accessible_and_keep_the_policy(browser_page, live_server, cast, axe, language, width):
    page = browser_page("admin", width=width, language=language)
    for name, address in PAGES.items():
        with translation.override(language):
            assert visit(page, live_server, address(cast)) == [], name
        assert axe(page) == [], name
        assert page.locator("h1").count() == 1, name
        assert sideways(page) <= width, name


def test_refused_form_leads_to_its_fields(browser_page, live_server, cast, axe):
    page = browser_page("admin")
    visit(page, live_server, reverse("admin:people_department_add"))
    page.fill("#id_name_en", "Typed")
    page.click("input[name=_save]")
    assert page.input_value("#id_name_en") == "Typed"
    assert page.evaluate("document.activeElement.className") == "summary"
    page.click(".summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_code"
    assert axe(page) == []
