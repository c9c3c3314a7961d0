"""Indicators of a product as acts: adopted once, reported once, corrected with a reason, computed where they can be."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from metrics.actions.kpis import (
    adopt_kpi,
    change_kpi_target,
    correct_value,
    enter_value,
    keep_team_stability,
    note_speed_to_market,
    retire_kpi,
)
from metrics.default_indicators import INDICATORS, load_indicators
from metrics.models import KpiDefinition, KpiValue
from products.actions.roles import end_role
from products.models import RoleAssignment
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict, Refused, Stale

NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)
JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


def adopted(cast, code="escaped-defects", **values):
    definition = KpiDefinition.objects.get(code=code)
    return adopt_kpi(product=cast.product, definition=definition, by=cast.product_manager, **values)


def enter(cast, kpi, value, period=JULY, **told):
    told = {"source": "Service desk", "by": cast.product_manager, **told}
    return enter_value(kpi=kpi, period=period, value=Decimal(value), **told)


def test_indicators_ship_in_both_languages_and_load_once(db):
    load_indicators()
    rows = KpiDefinition.objects.filter(department=None)
    assert set(rows.values_list("code", flat=True)) == set(INDICATORS)
    assert all(row.name_en and row.name_fr and row.meaning_en and row.meaning_fr for row in rows)


def test_adopting_twice_is_a_message_and_no_second_row(cast):
    adopted(cast, target=Decimal(3))
    with pytest.raises(ValidationError, match="keeps this indicator already"):
        adopted(cast)


def test_target_out_of_range_or_too_fine_is_said(cast):
    with pytest.raises(ValidationError, match="greatest possible value"):
        adopted(cast, "customer-satisfaction", target=Decimal(120))
    with pytest.raises(ValidationError, match="whole number"):
        adopted(cast, target=Decimal("2.5"))


def test_value_is_kept_with_who_and_where_from(cast):
    value = enter(cast, adopted(cast), 4, note="Two of them in one release")
    event = AuditEvent.objects.get(event="value of an indicator entered")
    assert (value.revision, value.entered_by_name) == (1, cast.product_manager.name)
    assert event.chain == f"product:{cast.product.pk}"
    assert event.changes["value"] == [None, "4"]


@pytest.mark.parametrize(
    ("period", "value", "source", "field"),
    [
        (date(2026, 8, 1), 4, "Desk", "period"),  # no first day of a quarter
        (date(2027, 1, 1), 4, "Desk", "period"),  # not begun
        (date(2019, 4, 1), 4, "Desk", "period"),  # too long ago
        (JULY, -1, "Desk", "value"),
        (JULY, "1.5", "Desk", "value"),
        (JULY, 4, " ", "source"),
    ],
)
def test_bad_value_is_refused_by_field(cast, period, value, source, field):
    kpi = adopted(cast)
    with pytest.raises(ValidationError) as found:
        enter(cast, kpi, value, period, source=source)
    assert list(found.value.message_dict) == [field]
    assert not KpiValue.objects.exists()


def test_period_with_a_value_is_corrected_with_a_reason_only(cast):
    kpi = adopted(cast)
    enter(cast, kpi, 4)
    with pytest.raises(ValidationError, match="has a value already"):
        enter(cast, kpi, 5)
    again = {"kpi": kpi, "period": JULY, "value": Decimal(5), "source": "Desk", "by": cast.product_owner}
    with pytest.raises(ValidationError, match="Say why"):
        correct_value(**again, reason=" ")
    corrected = correct_value(**again, reason="One was counted under another product")
    assert [corrected.revision, *KpiValue.objects.current().values_list("value", flat=True)] == [2, Decimal(5)]
    assert AuditEvent.objects.get(event="value of an indicator corrected").changes["value"] == ["4.0000", "5"]


def test_values_never_change_in_the_database(cast):
    enter(cast, adopted(cast), 4)
    for act in (lambda: KpiValue.objects.update(value=0), lambda: KpiValue.objects.all().delete()):
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            act()


def test_others_are_refused(cast):
    kpi = adopted(cast)
    for act in (lambda: enter(cast, kpi, 4, by=cast.executive),
                lambda: change_kpi_target(kpi=kpi, target=Decimal(1), by=cast.stranger)):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_target_changes_with_the_version_seen_only(cast):
    kpi = adopted(cast, target=Decimal(3))
    change_kpi_target(kpi=kpi, target=Decimal(2), by=cast.product_manager, expected=1)
    with pytest.raises(Stale):
        change_kpi_target(kpi=kpi, target=Decimal(1), by=cast.product_owner, expected=1)


def test_retired_indicator_takes_no_values_and_may_be_adopted_anew(cast):
    kpi = adopted(cast)
    with pytest.raises(ValidationError):
        retire_kpi(kpi=kpi, reason="", by=cast.product_manager)
    retire_kpi(kpi=kpi, reason="Nobody asks for it", by=cast.product_manager)
    with pytest.raises(Conflict):
        enter(cast, kpi, 4)
    assert adopted(cast).pk != kpi.pk


def test_team_stability_counts_people_who_stayed(cast):
    """Seven people held a role on 1 July; one of them is gone on 30 September."""
    gone = RoleAssignment.objects.get(kind="support_manager")
    end_role(assignment=gone, ends_on=date(2026, 8, 31), by=cast.portfolio_manager)
    kpi = adopted(cast, "team-stability")
    found = dict(KpiValue.objects.filter(product_kpi=kpi).values_list("period", "value"))
    assert (found[date(2026, 4, 1)], found[JULY]) == (100, 86)
    assert date(2026, 10, 1) not in found, "the quarter still runs"
    with pytest.raises(ValidationError, match="computed"):
        enter(cast, kpi, 50)


def test_nightly_job_adds_the_quarter_that_ended_and_nothing_twice(cast):
    kpi = adopted(cast, "team-stability")
    before = KpiValue.objects.count()
    keep_team_stability(SYSTEM)
    assert KpiValue.objects.count() == before
    with clock.at(NOVEMBER + timedelta(days=50)):
        keep_team_stability(SYSTEM)
        keep_team_stability(SYSTEM)
    added = KpiValue.objects.filter(product_kpi=kpi, period=date(2026, 10, 1))
    assert [each.value for each in added] == [100]


def test_speed_to_market_is_the_median_of_its_quarter(cast):
    kpi = adopted(cast, "speed-to-market")
    ages = [(date(2026, 9, 30), 400), (date(2026, 10, 2), 30), (date(2026, 11, 3), 50), (date(2026, 11, 17), 91)]
    told = {"product": cast.product, "day": date(2026, 11, 17), "by": cast.product_owner}
    note_speed_to_market(**told, ages=ages, reason="Release 4.1")
    note_speed_to_market(**told, ages=ages, reason="Release 4.1")
    value = KpiValue.objects.get(product_kpi=kpi)
    assert (value.period, value.value, value.sample) == (date(2026, 10, 1), 50, 3)
    note_speed_to_market(**told, ages=[*ages, (date(2026, 11, 17), 10)], reason="Release 4.2")
    assert KpiValue.objects.current().get().value == 40
