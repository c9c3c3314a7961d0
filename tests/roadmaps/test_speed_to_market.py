"""A release says how long those who asked had waited, where the product keeps that indicator."""

from datetime import UTC, date, datetime

from metrics.actions.kpis import adopt_kpi
from metrics.models import KpiDefinition, KpiValue
from records import clock
from roadmaps.actions.demand import accept_demand, propose_demand, schedule_demand
from roadmaps.actions.milestones import release_milestone
from roadmaps.actions.releases import correct_release, make_release, plan_release
from roadmaps.models import Release

AUGUST = datetime(2026, 8, 10, 14, tzinfo=UTC)


def answered(roadmap, outcome, milestone, cast):
    """A request accepted on 10 August and scheduled later."""
    by = cast.product_manager
    with clock.at(AUGUST):
        demand = propose_demand(roadmap=roadmap, by=by, title_en="Faster", title_fr="Plus vite", origin="users")
        accept_demand(demand=demand, outcome=outcome, by=by)
    schedule_demand(demand=demand, milestone=milestone, by=by)


def release(roadmap, milestone, cast):
    planned = plan_release(
        roadmap=roadmap,
        by=cast.product_owner,
        number="4.1",
        goal_en="Alerts",
        goal_fr="Alertes",
        planned_on=date(2026, 11, 20),
        milestones=[milestone],
    )
    found = Release.objects.select_related("roadmap__product", "product").get(pk=planned.pk)
    make_release(release=found, authorisation="CAB 9", by=cast.change_coordinator, released_on=date(2026, 11, 16))


def test_release_pushes_the_days_waited_into_the_indicator(roadmap, outcome, milestone, cast):
    definition = KpiDefinition.objects.get(code="speed-to-market")
    adopt_kpi(product=cast.product, definition=definition, by=cast.product_manager)
    answered(roadmap, outcome, milestone, cast)
    release(roadmap, milestone, cast)
    value = KpiValue.objects.get()
    assert (value.period, value.value, value.sample) == (date(2026, 10, 1), 98, 1)
    assert value.entered_by_name == cast.change_coordinator.name
    found = Release.objects.select_related("roadmap__product").get()
    correct_release(release=found, reason="Typed wrong", released_on=date(2026, 11, 14), by=cast.change_coordinator)
    assert KpiValue.objects.order_by("-revision").first().value == 96


def test_milestone_released_by_itself_says_it_as_well(roadmap, outcome, milestone, cast):
    definition = KpiDefinition.objects.get(code="speed-to-market")
    adopt_kpi(product=cast.product, definition=definition, by=cast.product_manager)
    answered(roadmap, outcome, milestone, cast)
    release_milestone(milestone=milestone, by=cast.product_owner, released_on=date(2026, 11, 16))
    assert KpiValue.objects.get().value == 98


def test_release_of_a_product_that_keeps_no_such_indicator_writes_nothing(roadmap, outcome, milestone, cast):
    answered(roadmap, outcome, milestone, cast)
    release(roadmap, milestone, cast)
    assert not KpiValue.objects.exists()
