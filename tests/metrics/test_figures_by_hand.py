"""A product in America/Toronto, worked out by hand across the end of March 2026 (clocks went forward on 8 March)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from metrics.compiling import close_due, compile_groups, compile_months, compile_stale
from metrics.compiling.groups import groups_that_differ
from metrics.models import DoraSnapshot, MonthClosing, StaleMonth
from records import clock
from records.writing import save
from tests.metrics import feeding

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
LATER = datetime(2026, 6, 10, 16, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text)


def deployment(name, finished, *commits, **more):
    told = {
        "source": "ci", "id": name, "environment": "production", "status": "success", "finished_at": at(finished), "sha": name,
        "rollback_of": None, "unplanned": False, "voided": False, "updated_at": at(finished), "commits": list(commits),
    }  # fmt: skip
    return feeding.deployment(told | more)


def commit(name, committed, *, merge=False):
    return {"sha": name, "committed_at": at(committed), "is_merge": merge}


def incident(name, started, resolved=None, **more):
    told = {
        "source": "desk", "id": name, "status": "resolved" if resolved else "open", "environment": None,
        "started_at": at(started), "resolved_at": at(resolved) if resolved else None, "deployment": None,
        "change_related": None, "updated_at": at(resolved or started),
    }  # fmt: skip
    return feeding.incident(told | more)


STORY = [
    # Two changes and the merge that brought them in, on the last evening of March in Toronto: 03:30 UTC on 1 April.
    deployment("d1", "2026-03-31T23:30:00-04:00", commit("a1", "2026-03-30T23:30:00-04:00"),
               commit("a2", "2026-03-31T11:30:00-04:00"), commit("m1", "2026-03-31T23:00:00-04:00", merge=True)),
    # Midnight exactly is April; it rolls d1 back and ships a1 again, which adds nothing.
    deployment("d2", "2026-04-01T00:00:00-04:00", commit("a1", "2026-03-30T23:30:00-04:00"), rollback_of="d1"),
    deployment("d3", "2026-04-10T12:00:00-04:00", commit("a3", "2026-04-10T10:00:00-04:00")),
    deployment("s1", "2026-04-11T12:00:00-04:00", commit("a4", "2026-04-10T10:00:00-04:00"), environment="staging"),
    # Both are laid to d3, which failed once.
    incident("i1", "2026-04-10T12:00:00-04:00", "2026-04-10T13:00:00-04:00"),
    incident("i2", "2026-04-11T09:00:00-04:00", "2026-05-02T09:00:00-04:00"),
]  # fmt: skip


@pytest.fixture
def told(cast):
    with clock.at(LATER):
        feeding.measured(cast.product, zone="America/Toronto")
        feeding.feed_with(cast.product, STORY)
        compile_stale()
    return cast.product


def test_march_holds_the_evening_deployment_and_its_two_changes(told):
    march = feeding.row(told, MARCH)
    assert (march.deployment_count, march.deployment_days, march.change_count) == (1, 1, 2)
    assert march.lead_time_p50_seconds == Decimal(18 * 3600)
    assert march.lead_time_p90_seconds == Decimal("82080.000")
    assert march.failed_deployment_count == 1, "rolled back in April, charged to the month of the deployment"
    assert march.change_failure_level == "low"


def test_april_counts_one_failure_for_two_incidents(told):
    april = feeding.row(told, APRIL)
    assert (april.deployment_count, april.failed_deployment_count, april.rework_count) == (2, 1, 1)
    assert (april.change_count, april.lead_time_p50_seconds) == (1, Decimal(7200))
    assert (april.restored_incident_count, april.time_to_restore_p50_seconds) == (1, Decimal(3600))
    assert april.time_to_restore_level == "high", "an hour exactly is no longer elite"
    assert (april.open_incidents, april.recovery_p50_seconds) == (1, Decimal(3600))


def test_may_restores_the_second_incident_and_knows_no_lead_time(told):
    may = feeding.row(told, date(2026, 5, 1))
    assert (may.deployment_count, may.lead_time_p50_seconds, may.change_failure_level) == (0, None, "")
    assert (may.restored_incident_count, may.time_to_restore_p50_seconds) == (1, Decimal(21 * 86_400))
    assert may.deployment_frequency_level == "low"


def test_without_a_feed_failures_are_not_reported_and_with_a_silent_one_there_are_none(cast):
    with clock.at(LATER):
        feeding.measured(cast.product, feed=False)
        feeding.feed_with(cast.product, STORY[:4])
        compile_stale()
        without = feeding.row(cast.product, APRIL)
        feeding.measured(cast.product, feed=True)
        compile_stale()
        silent = feeding.row(cast.product, APRIL)
    assert (without.failed_deployment_count, without.open_incidents, without.change_failure_level) == (None, None, "")
    assert (silent.failed_deployment_count, silent.open_incidents, silent.restored_incident_count) == (1, 0, 0)
    assert silent.reason == "settings"


def test_a_running_month_has_figures_and_no_level(cast):
    with clock.at(at("2026-04-20T12:00:00-04:00")):
        feeding.measured(cast.product, zone="America/Toronto")
        feeding.feed_with(cast.product, STORY[:4])
        compile_stale()
    april = feeding.row(cast.product, APRIL)
    assert (april.is_final, april.deployment_count, april.deployment_frequency_level) == (False, 2, "")


def test_a_month_runs_from_its_first_hour_where_the_product_works(cast):
    with clock.at(at("2026-11-01T05:00:00+14:00")):  # still October in UTC
        feeding.measured(cast.product, zone="Pacific/Kiritimati")
        feeding.feed_with(cast.product, [deployment("k1", "2026-11-01T04:00:00+14:00")])
        compile_stale()
        assert feeding.row(cast.product, date(2026, 11, 1)).deployment_count == 1
        feeding.feed_with(cast.product, [deployment("k2", "2026-11-01T04:30:00+14:00")])
        outcome, held = compile_months(first=date(2026, 11, 1), last=date(2026, 12, 1))
        assert (outcome.changed, held, feeding.row(cast.product, date(2026, 11, 1)).deployment_count) == (1, 0, 2)


def test_computing_twice_keeps_one_revision(told):
    with clock.at(LATER):
        again, held = compile_months(first=MARCH, last=APRIL, products=[told.pk])
    assert (again.compiled, again.changed, held) == (2, 0, 0)
    assert feeding.row(told, APRIL).revision == 1


def test_a_month_closes_on_the_fifth_in_its_own_zone(told):
    with clock.at(at("2026-04-04T23:59:00-04:00")):
        close_due()
    assert not MonthClosing.objects.filter(product=told, month=MARCH).exists()
    with clock.at(at("2026-04-05T00:00:00-04:00")):
        assert close_due() >= 1
        close_due()
    assert MonthClosing.objects.get(product=told, month=MARCH).revision == feeding.row(told, MARCH)


def test_a_late_event_restates_a_closed_month_and_says_why(told):
    with clock.at(LATER):
        close_due()
        feeding.feed_with(told, [deployment("late", "2026-04-20T12:00:00-04:00")], detail="delivery 17")
        compile_stale()
    closing, april = MonthClosing.objects.get(product=told, month=APRIL), feeding.row(told, APRIL)
    assert (closing.revision.deployment_count, april.deployment_count) == (2, 3)
    assert (april.revision, april.reason, april.cause) == (2, "late_event", "delivery 17")


def test_an_old_closed_month_waits_for_approval(told):
    with clock.at(LATER):
        close_due()
    with clock.at(at("2028-01-10T12:00:00-05:00")):
        feeding.feed_with(told, [deployment("old", "2026-04-20T12:00:00-04:00")])
        compile_stale()
        _outcome, held = compile_months(first=APRIL, last=APRIL, products=[told.pk])
    assert feeding.row(told, APRIL).deployment_count == 2
    assert held == 1


def test_a_quarter_waits_with_its_month(told):
    with clock.at(LATER):
        close_due()
    with clock.at(at("2028-01-10T12:00:00-05:00")):
        feeding.feed_with(told, [deployment("old", "2026-04-20T12:00:00-04:00")])
        compile_stale()
        compile_months(first=date(2026, 5, 1), last=date(2026, 5, 1), products=[told.pk])
        compile_groups()
        assert feeding.row(told, APRIL, period="quarter").deployment_count == 2
        StaleMonth.objects.update(waits_for_approval=False)
        compile_stale()
    assert feeding.row(told, APRIL).deployment_count == 3
    assert feeding.row(told, APRIL, period="quarter").deployment_count == 3


def test_quarters_are_those_of_the_fiscal_year(cast, told):
    # No act moves it once months count by it; records from before that rule may hold quarters of another year.
    cast.department.fiscal_start_month = 5
    save(cast.department, by=cast.admin)
    with clock.at(LATER):
        compile_groups()
        assert feeding.row(told, date(2026, 2, 1), period="quarter").deployment_count == 3
        assert groups_that_differ("2023", 1) == [], "the quarters of before are history"
        compile_months(first=APRIL, last=APRIL, products=[told.pk])
    assert feeding.row(told, date(2026, 2, 1), period="quarter").revision == 1


def test_a_family_adds_its_members_and_quarters_add_their_months(cast, told):
    quarter = feeding.row(told, APRIL, period="quarter")
    assert (quarter.deployment_count, quarter.restored_incident_count) == (2, 2)
    assert quarter.deployment_frequency_level == "", "levels are for months of products"
    assert not DoraSnapshot.objects.filter(product=told, scope="family").exists(), "it stands alone"
