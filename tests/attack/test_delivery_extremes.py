"""Values at the edge of what the measures allow: one product's oddity stops neither its own figures nor anybody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from metrics.actions.settings import change_settings
from metrics.compiling import close_due, compile_missing, compile_stale
from metrics.compiling.work import compile_months
from metrics.models import Deployment, DoraSnapshot, Incident, LevelSet, LevelThreshold, MetricsPolicy
from metrics.models.policy import check_timezone
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.metrics.delivered import compiled, deliver, deployment, incident
from tests.metrics.feeding import row

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def july():
    with clock.at(NOW):
        yield


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "america/toronto", "Etc/../UTC"])
def test_a_zone_that_only_one_machine_knows_is_refused(name):
    with pytest.raises(ValidationError):
        check_timezone(name)


def test_a_team_that_lets_every_month_be_restated_still_gets_its_deliveries(cast):
    deliver(cast.product, deployment("d1", AT))
    compiled(cast.product, date(2026, 5, 1))
    change_settings(product=cast.product, by=SYSTEM, restates_alone_for=32_767)
    deliver(cast.product, deployment("d2", AT))
    compile_stale()
    assert row(cast.product, date(2026, 5, 1)).deployment_count == 2


@pytest.mark.parametrize("zone", ["America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("at", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, tzinfo=UTC)])
def test_deliveries_at_both_ends_of_time_are_read_corrected_and_compiled(cast, client_of, zone, at):
    records = [deployment("d1", at, timedelta(days=2)), incident("i1", at, timedelta(hours=3))]
    deliver(cast.product, *records, timezone=zone)
    compile_stale()
    compile_missing()
    close_due()
    client = client_of("product_manager")
    base = "/en/products/JSA/metrics/"
    shown = [
        f"{base}deployments/{Deployment.objects.get().pk}/leave-out/",
        f"{base}incidents/{Incident.objects.get().pk}/deployment/",
        base,
        f"{base}1970-01/",
        f"{base}months.csv",
        "/en/products/JSA/",
    ]
    assert {address: client.get(address).status_code for address in shown} == dict.fromkeys(shown, 200)


@pytest.mark.parametrize("window", [0, 2**31 - 1, None])
def test_any_window_of_attribution_measures(cast, window):
    change_settings(product=cast.product, by=SYSTEM, attribution_window=window)
    deliver(cast.product, deployment("d1", AT), incident("same moment", AT), incident("later", AT + timedelta(days=20)))
    compile_stale()
    laid = set(Incident.objects.filter(attributed_to__isnull=False).values_list("external_id", flat=True))
    assert laid == ({"same moment"} if window == 0 else {"same moment", "later"})


def test_a_policy_cannot_name_levels_that_do_not_exist():
    policy = MetricsPolicy.objects.get()
    policy.level_set = "2099"
    with pytest.raises(ValidationError):
        save(policy, by=SYSTEM)


@pytest.mark.parametrize("day", [0, 29, 32_767])
def test_a_closing_day_that_not_every_month_has_is_refused(day):
    policy = MetricsPolicy.objects.get()
    policy.closing_day = day
    with pytest.raises(ValidationError):
        save(policy, by=SYSTEM)


def test_levels_that_vanished_stop_no_figures(cast):
    deliver(cast.product, deployment("d1", AT, timedelta(hours=1)))
    _name_without_asking("2099")
    compile_months(first=date(2026, 5, 1), last=date(2026, 5, 1))
    found = row(cast.product, date(2026, 5, 1))
    assert (found.deployment_count, found.lead_time_level) == (1, "")


def test_a_measure_without_bounds_has_no_level_instead_of_the_lowest(cast):
    deliver(cast.product, deployment("d1", AT, timedelta(hours=1)))
    for bound in LevelThreshold.objects.filter(level_set__name="2023", metric="lead_time"):
        bound.level_set = _other_set()
        save(bound, by=SYSTEM)
    compile_stale()
    found = DoraSnapshot.objects.get(starts_on=date(2026, 5, 1), scope="product", period="month")
    assert (found.lead_time_level, found.deployment_frequency_level) == ("", "medium")


def _other_set():
    found = LevelSet.objects.filter(name="other").first() or LevelSet(name="other")
    if not found.version:
        save(found, by=SYSTEM)
    return found


def _name_without_asking(name):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE metrics_metricspolicy SET level_set = %s", [name])
