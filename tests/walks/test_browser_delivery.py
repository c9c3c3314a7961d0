"""A team declares a month by hand, then corrects what its pipeline told: a deployment left out, an incident laid elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from metrics.actions.settings import set_target
from metrics.compiling.work import compile_stale
from metrics.models import DeclaredMonth, Deployment, Incident
from metrics.states import Metric
from products.fiscal import add_months
from records import clock
from tests.metrics.delivered import compiled, deliver, deployment, incident
from tests.walks.walk import ONCE, ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


def last_month():
    return add_months(clock.today().replace(day=1), -1)


def at(day):
    return datetime(last_month().year, last_month().month, day, 12, tzinfo=UTC)


@pytest.fixture
def delivered(cast):
    """A month of deployments with one failure, and its targets."""
    records = [deployment(f"d{day}", at(day), HOUR * day, HOUR * 3 * day) for day in (3, 9, 15, 21, 27)]
    deliver(cast.product, *records, incident("i1", at(16), 2 * HOUR, title="500 /login"))
    compiled(cast.product, last_month(), add_months(last_month(), 1))
    set_target(product=cast.product, metric=Metric.DEPLOYMENT_FREQUENCY, value=8, by=cast.product_manager)


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_declares_a_month_by_hand_and_takes_it_back(walk, language, width):
    way = walk("product_manager", language, width)
    way.go("metrics-detail", "JSA")
    way.follow("Declare a month")
    way.fill(
        deployment_count="6", failed_deployment_count="1", change_count="58", lead_time="3.5", source="Release log"
    )
    way.press("Declare the month")
    assert way.page.locator("svg rect.declared").count()
    assert DeclaredMonth.objects.get().deployment_count == 6
    way.follow("Withdraw the declaration")
    way.fill(reason="Wrong log")
    way.press("Withdraw")
    way.go("metrics-settings", "JSA")


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_corrects_what_the_pipeline_told(walk, delivered, language, width):
    way = walk("product_manager", language, width)
    way.go("metrics-detail", "JSA")
    way.click(way.page.locator("dd a[href*='/deployments/']").first)
    way.click(way.page.locator("main td a[href*='leave-out']").first)
    way.fill(reason="A rehearsal")
    way.press("Leave it out")
    assert Deployment.objects.filter(voided_by_team=True).count() == 1
    for kind in ("delivery-changes", "delivery-incidents"):
        way.go(kind, "JSA", f"{last_month():%Y-%m}")
    way.click(way.page.locator("main td a[href*='/incidents/']").first)
    way.page.locator("input[value=none]").check()
    way.fill(reason="A supplier was down")
    way.press("Keep the correction")
    assert Incident.objects.get().attributed_to is None
    compile_stale()
    way.go("metrics-detail", "JSA")
    way.go("metrics-month", "JSA", f"{clock.today():%Y-%m}")
