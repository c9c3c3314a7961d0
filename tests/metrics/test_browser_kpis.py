"""Indicators in a real browser: nothing for axe to find, nothing wider than the window, a value reported without scripts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition, KpiValue
from records import clock
from tests.plugins.browser import ALL, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def november():
    with clock.at(datetime(2026, 11, 18, 14, tzinfo=UTC)):
        yield


@pytest.fixture
def kpi(cast):
    definition = KpiDefinition.objects.get(code="application-condition")
    adopted = adopt_kpi(product=cast.product, definition=definition, target=Decimal(4), by=cast.product_manager)
    enter_value(
        kpi=adopted, period=date(2026, 4, 1), value=Decimal("3.4"), source="Assessment", by=cast.product_manager
    )
    return adopted


@pytest.mark.parametrize(("language", "width"), ALL)
def test_pages_are_accessible_and_fit(browser_page, live_server, kpi, axe, width, language):
    page = browser_page("product_owner", width=width, language=language)
    with translation.override(language):
        one = [reverse(f"kpi-{name}", args=["JSA", kpi.pk]) for name in ("detail", "value", "change", "retire")]
        addresses = [reverse("kpi-list", args=["JSA"]), reverse("kpi-adopt", args=["JSA"]), *one]
    for address in addresses:
        page.goto(live_server.url + address)
        assert page.locator("html").get_attribute("lang") == language
        assert axe(page) == []
        assert sideways(page) <= width


def test_correction_is_reached_from_the_history_by_keyboard_alone(browser_page, live_server, kpi):
    page = browser_page("product_owner")
    page.goto(live_server.url + reverse("kpi-detail", args=["JSA", kpi.pk]))
    page.get_by_role("link", name="Correct").first.press("Enter")
    page.get_by_label("Value", exact=True).fill("3,6")
    page.get_by_label("Why the value is corrected").fill("The assessment was finished later")
    page.get_by_role("button", name="Keep the value").press("Enter")
    page.get_by_text("Earlier 3.4, entered").wait_for()
    assert KpiValue.objects.current().get().value == Decimal("3.6")
