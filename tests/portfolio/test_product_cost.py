"""What the product page costs when there is something of everything to tell, and every recent act names another record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from governance.actions.agenda import add_point
from metrics.actions.declared import declare_month
from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition
from portfolio.views.product import RECENT
from products.actions.budget import add_budget_line
from products.actions.links import enable_service
from records import clock
from records.models import AuditEvent
from roadmaps.actions.releases import plan_release
from roadmaps.actions.roadmap import open_roadmap
from tests.governance.before_board import NOW, called, submitted
from tests.governance.deciding import bound, decided, gate_of, review_for, stand
from tests.governance.risk_world import DIT, a_risk
from tests.portfolio.test_product_page import member, publish_a_brief
from tests.products.landscape import a_funding_source, a_service

BUDGET, FRAME = 15, 4


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def told(town):
    """A family with a brief, gates, decisions, conditions, risks, indicators and a declared month; then six acts of six kinds."""
    cast = town.cast
    product, by = cast.product, cast.product_manager
    publish_a_brief(product)
    member(cast)
    stand(product, "operate")
    bound(cast, due_on=clock.today() - timedelta(days=3))
    decided(review_for(cast, gate=gate_of(5)))
    for code in ("application-condition", "morale"):
        kpi = adopt_kpi(product=product, definition=KpiDefinition.objects.get(code=code), by=by)
    enter_value(kpi=kpi, period=date(2026, 4, 1), value=Decimal(3), source="Survey", by=by)
    roadmap = open_roadmap(product=product, horizon_from=2025, by=by)
    figures = {"deployment_count": 1, "change_count": 3, "lead_time_p50_seconds": Decimal(388_800)}

    declare_month(product=product, month=date(2026, 10, 1), source="Log", by=by, **figures)
    a_risk(cast, **DIT)
    enable_service(product=product, service=a_service(cast, "S-9"), by=by)
    add_budget_line(product=product, by=by, fiscal_year=2026, source=a_funding_source(cast), kind="cloud", planned=1)
    add_point(meeting=called(town), review=submitted(town, gate=2), by=town.secretary)
    plan_release(
        roadmap=roadmap, by=by, number="2.4", planned_on=date(2027, 2, 1), goal_en="Faster", goal_fr="Plus vite"
    )
    return product


def recent_kinds(product):
    events = AuditEvent.objects.filter(chain=product.chain()).order_by("-number")[:RECENT]
    return {event.subject_kind for event in events}


@pytest.mark.parametrize("reader", ["product_manager", "oversight", "colleague"])
def test_page_keeps_its_budget_whatever_there_is_to_tell(town, told, client_of, reader, django_assert_max_num_queries):
    client = client_of(reader)
    client.get("/en/products/JSA/")
    with django_assert_max_num_queries(BUDGET + FRAME):
        page = client.get("/en/products/JSA/")
    assert page.status_code == 200
    assert len(page.context["recent"]) == RECENT
    assert len(recent_kinds(told)) == RECENT
