"""An auditor's way: one month added up by hand from the files behind its numbers, held against every place that shows it."""

import csv
import io
import statistics
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from metrics.compiling.work import compile_months
from metrics.normal import Commit
from portfolio.executive.figures import gather_figures
from records import clock
from tests.metrics.delivered import deliver, deployment, incident

pytestmark = pytest.mark.django_db
BASE = "/en/products/JSA/metrics/"
H = timedelta(hours=1)


def at(month, day, hour=12):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def story():
    """Three months in Toronto: merges, a rollback, two incidents on one deployment, none at all, faults of clocks."""
    merged = (Commit(sha="e" * 40, committed_at=at(5, 1), is_merge=True), Commit(sha="f" * 40, committed_at=at(5, 30)))
    yield deployment("edge", datetime(2026, 5, 1, 3, 59, 59, tzinfo=UTC), 5 * H)  # still April there
    yield deployment("first", datetime(2026, 5, 1, 4, tzinfo=UTC), H, 30 * H)
    yield deployment("bad", at(5, 10), 2 * H, 90 * H, timedelta(0))
    yield deployment("back", at(5, 11), rollback_of="bad", unplanned=True)
    yield deployment("merge", at(5, 20), commits=merged)
    yield deployment("test", at(5, 21), 7 * H, environment="staging")
    yield deployment("next", at(6, 2), 3 * H)
    yield incident("at once", at(5, 10, 13), timedelta(milliseconds=1))
    yield incident("twice", at(5, 10, 14), 6 * H)
    yield incident("same second", at(5, 20, 13))
    yield incident("negative", at(5, 20, 14), -H)
    yield incident("late", at(5, 21), timedelta(days=20))


@pytest.fixture
def audited(cast):
    with clock.at(at(7, 20)):
        zero = incident("zero", at(5, 20, 15), timedelta(0))
        nought = type(zero)(**{**vars(zero), "status": "resolved", "resolved_at": zero.started_at})
        deliver(cast.product, *story(), nought, timezone="America/Toronto")
        compile_months(first=date(2026, 3, 1), last=date(2026, 7, 1), products=[cast.product.pk])
        yield cast.product


def rows_of(client, address):
    answer = client.get(address)
    text = (b"".join(answer) if answer.streaming else answer.content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def by_hand(client, month):
    """The month from its files: counts, medians in seconds, the share that failed."""
    deployed = rows_of(client, f"{BASE}{month}/deployments/?format=csv")
    leads = [float(each["Lead time, seconds"]) for each in rows_of(client, f"{BASE}{month}/changes/?format=csv")]
    ended = rows_of(client, f"{BASE}{month}/incidents/?of=resolved&format=csv")
    took = [float(each["Time to restore, seconds"]) for each in ended]
    failed = sum(each["Failed"] == "yes" for each in deployed)
    return {
        "deployments": len(deployed),
        "lead": statistics.median(leads) if leads else None,
        "n": len(leads),
        "rate": failed / len(deployed) if deployed else None,
        "restore": statistics.median(took) if took else None,
        "resolved": len(took),
        "open": len(rows_of(client, f"{BASE}{month}/incidents/?of=open&format=csv")),
    }


def number(text):
    return None if text == "" else round(float(text), 3)


def as_numbers(row, *names):
    keys = ("deployments", "lead", "n", "rate", "restore", "resolved", "open")
    return {key: number(row[name]) for key, name in zip(keys, names, strict=True)}


@pytest.mark.parametrize("month", ["2026-04", "2026-05", "2026-06", "2026-07"])
def test_every_place_tells_what_the_rows_add_up_to(audited, client_of, month):
    client = client_of("product_manager")
    hand = {name: value if value is None else round(float(value), 3) for name, value in by_hand(client, month).items()}
    listed = next(row for row in rows_of(client, f"{BASE}months.csv") if row["Month"] == month)
    assert as_numbers(listed, "Deployments", "Lead time, median, seconds", "Changes (n)", "Change failure rate",
                      "Time to restore, median, seconds", "Incidents resolved (n)",
                      "Open incidents at the end of the month") == hand  # fmt: skip
    written = io.StringIO()
    call_command("export_dora", f"--from={month}", f"--to={month}", stdout=written)
    [told] = csv.DictReader(io.StringIO(written.getvalue()))
    names = ("deployment_count", "lead_time_p50_seconds", "change_count", "change_failure_rate")
    names += ("time_to_restore_p50_seconds", "restored_incident_count", "open_incidents_at_month_end")
    assert as_numbers(told, *names) == hand


def test_the_quarter_of_the_executive_view_is_the_sum_of_its_months(audited, client_of):
    client, months = client_of("product_manager"), ("2026-04", "2026-05", "2026-06")
    hand = [by_hand(client, month) for month in months]
    changes = [row for month in months for row in rows_of(client, f"{BASE}{month}/changes/?format=csv")]
    quarter = gather_figures(audited, date(2026, 4, 1), date(2026, 7, 20), None).quarters[date(2026, 4, 1)]
    assert quarter.deployment_count == sum(each["deployments"] for each in hand)
    assert quarter.failed_deployment_count == round(sum(each["rate"] * each["deployments"] for each in hand))
    assert quarter.restored_incident_count == sum(each["resolved"] for each in hand)
    assert float(quarter.lead_time_p50_seconds) == statistics.median(
        float(row["Lead time, seconds"]) for row in changes
    )


def test_a_month_before_anything_was_deployed_counts_none_and_measures_nothing(cast, client_of):
    with clock.at(at(7, 20)):
        deliver(cast.product, incident("alone", at(5, 3), H))
        compile_months(first=date(2026, 5, 1), last=date(2026, 5, 1), products=[cast.product.pk])
        [row, *_later] = rows_of(client_of("product_manager"), f"{BASE}months.csv")
    assert (row["Deployments"], row["Lead time, median, seconds"], row["Change failure rate"]) == ("0", "", "")
    assert row["Incidents resolved (n)"] == "1"


def test_without_a_feed_of_incidents_nothing_of_them_is_a_number_anywhere(cast, client_of):
    with clock.at(at(7, 20)):
        deliver(cast.product, deployment("d", at(5, 3), H), feed=False)
        compile_months(first=date(2026, 5, 1), last=date(2026, 5, 1), products=[cast.product.pk])
        [row, *_later] = rows_of(client_of("product_manager"), f"{BASE}months.csv")
    empty = ("Failed deployments", "Change failure rate", "Time to restore, median, seconds", "Incidents resolved (n)",
             "Failed deployment recovery, median, seconds", "Open incidents at the end of the month")  # fmt: skip
    assert {name: row[name] for name in empty} == dict.fromkeys(empty, "")
