"""The owner proves a condition, the verifier closes it; the catalogue and product status read well on the way."""

from datetime import timedelta

import pytest

from products.models import ProductStatus
from records import clock
from records.acts import performing
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from tests.governance.deciding import bound, stand
from tests.walks.walk import ONCE, ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def condition(cast):
    with performing():
        stand(cast.product, "transition")
    roadmap = open_roadmap(product=cast.product, by=cast.product_manager, horizon_from=2026, horizon_years=3)
    prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)
    with performing():
        return bound(cast, due_on=clock.today() - timedelta(days=2))


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_of_a_condition_from_overdue_to_closed(walk, condition, language, width):
    owner = walk("product_manager", language, width)
    owner.go("home")
    owner.go("condition-list")
    owner.click(owner.page.locator("main ul.rows a").first)
    owner.click(owner.page.locator("main a.button"))
    owner.page.fill("textarea[name=proof]", "Six people tried it.")
    owner.look()
    owner.click(owner.page.locator("main form button[type=submit]"))
    verifier = walk("sponsor", language, width)
    verifier.go("condition-detail", condition.pk)
    verifier.click(verifier.page.locator("main form.inline button"))
    condition.refresh_from_db()
    assert condition.state == "closed"


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_of_a_sponsor_who_requests_status(walk, cast, condition, language, width):
    way = walk("sponsor", language, width)
    way.go("catalogue")
    way.go("status-detail", "JSA")
    way.click(way.page.locator("main a.button"))
    with way.page.expect_navigation():
        way.page.locator("main form button[type=submit]").click()
    assert ProductStatus.objects.get().state == "requested"
    way.go("status-detail", "JSA")
