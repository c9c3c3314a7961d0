"""The same texts in a real browser: no dialog, nothing fetched from elsewhere, not one complaint of the content policy."""

import pytest
from django.urls import reverse

from records import clock
from tests.attack.markup import TAG, write_everywhere
from tests.config.test_url_matrix import ADDRESSES, EXPECTED
from tests.config.url_world import make_world
from tests.config.url_world_roadmap import NOVEMBER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAIN = [
    "home", "product-list", "product-detail", "product-history", "product-place", "product-change", "budget-list",
    "strategy-detail", "brief-detail", "brief-section", "brief-check", "structure-detail", "governance-detail",
    "roadmap-detail", "roadmap-plan", "roadmap-executive", "outcome-detail", "milestone-detail", "roadmap-log",
    "release-list", "demand-list", "demand-detail", "project-list", "capability-tree",
]  # fmt: skip


def test_nothing_runs_and_nothing_is_fetched(browser_page, live_server, cast):
    with clock.at(NOVEMBER):
        world = make_world(cast)
    write_everywhere()
    page, heard = browser_page("product_manager"), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: heard.append(line.text) if "Content Security" in line.text else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(live_server.url) else heard.append(asked.url))
    shown = 0
    for name in MAIN:
        page.goto(live_server.url + reverse(name, kwargs=EXPECTED[name].arguments(world, ADDRESSES[name])))
        shown += TAG in page.inner_text("body")
        assert page.locator(f"[{TAG}]").count() == 0, name
    assert heard == []
    assert shown > len(MAIN) - 5
