"""The page of a month: its state in words, its values with their reasons, in both languages, for whom, at what cost."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.actions.declared import declare_month
from metrics.actions.settings import change_settings
from records import clock
from records.actors import SYSTEM
from tests.metrics.rows import EMPTY, a_row, a_year, close, no_feed

NOW = datetime(2026, 6, 8, 12, tzinfo=UTC)
MAY = date(2026, 5, 1)
PAGE = "/en/products/JSA/metrics/"


@pytest.fixture(autouse=True)
def in_june():
    with clock.at(NOW):
        yield


@pytest.fixture
def text_of(client_of):
    def text(path=PAGE, name="colleague"):
        answer = client_of(name).get(path)
        assert answer.status_code == 200
        return re.sub(r"[ \n]+", " ", answer.content.decode())  # no-break spaces stay

    return text


def test_closed_month_says_its_finding_and_its_figures(cast, text_of):
    a_year(cast.product, MAY)
    text = text_of()
    assert "<h1>May: lead time is the shortest in a year; two of twelve deployments failed</h1>" in text
    assert "Month closed" in text
    assert "2.1<small> days, median" in text
    assert "16.7%<small> of deployments" in text
    assert "2023 levels; n under 5" in text


def test_month_of_the_address_is_shown_with_its_neighbours(cast, text_of):
    a_year(cast.product, MAY)
    text = text_of(f"{PAGE}2026-04/")
    assert "<h1>April:" in text
    assert f"{PAGE}2026-03/" in text
    assert f"{PAGE}2026-05/" in text


def test_running_month_has_no_level_and_says_so_far(cast, text_of):
    a_row(cast.product, date(2026, 6, 1), is_final=False, deployment_frequency_level="", lead_time_level="",
          change_failure_level="", time_to_restore_level="")  # fmt: skip
    text = text_of(f"{PAGE}2026-06/")
    assert "<h1>June so far: two of twelve deployments failed; lead time is" in text
    assert "The month is running; it is closed on" in text
    assert "so far this month" in text
    assert "2023 levels" not in text


def test_provisional_month_names_its_closing_day(cast, text_of):
    a_row(cast.product, MAY)
    with clock.at(datetime(2026, 6, 3, tzinfo=UTC)):
        assert 'Provisional until it is closed on <time datetime="2026-06-05">' in text_of()


def test_restated_month_gives_before_after_and_cause(cast, text_of):
    close(a_row(cast.product, MAY))
    a_row(cast.product, MAY, 2, failed_deployment_count=1, cause="Traced to a supplier", computed_at=NOW)
    text = text_of()
    assert "Month closed" in text
    assert "restated" in text
    assert "8.3% (n 12), was 16.7% (n 12)" in text
    assert "Traced to a supplier" in text


def test_revision_with_the_same_figures_is_no_restatement(cast, text_of):
    close(a_row(cast.product, MAY))
    a_row(cast.product, MAY, 2, watermark=9)
    assert "estate" not in text_of().split("<main")[1].split("<details")[0]


def test_declared_month_is_marked_and_hides_what_was_computed(cast, text_of):
    a_row(cast.product, MAY)
    declare_month(product=cast.product, month=MAY, source="Release log", by=cast.product_manager, deployment_count=6)
    text = text_of()
    assert "<h1>May, declared by the team: six deployments, failures not reported</h1>" in text
    assert "Release log" in text
    assert "From events, 12 deployments were computed" in text
    assert 'class="dot"' not in text
    assert 'class="declared"' in text


def test_product_without_any_feed_is_not_reported_and_never_zero(cast, text_of):
    text = text_of(name="product_manager")
    assert "<h1>May: not reported</h1>" in text
    assert "Declare a month" in text
    assert "0%" not in text.split("<details")[0]
    assert "Declare a month" not in text_of(name="colleague")


def test_product_that_was_never_deployed_says_so(cast, text_of):
    a_row(cast.product, MAY, **{**EMPTY, "ever_deployed": False, "deployment_frequency_level": ""})
    text = text_of()
    assert "<h1>May: never deployed so far</h1>" in text
    assert text.count('<p class="value none">Never deployed</p>') == 3


def test_feed_without_incidents_shows_nought_percent_and_no_feed_shows_none(cast, text_of):
    quiet = {"failed_deployment_count": 0, "restored_incident_count": 0, "time_to_restore_p50_seconds": None,
             "time_to_restore_p90_seconds": None, "time_to_restore_level": "", "change_failure_level": "elite"}  # fmt: skip
    a_row(cast.product, MAY, **quiet)
    text = text_of()
    assert '<p class="value">0%<small> of deployments' in text
    assert '<p class="value none">None resolved</p>' in text
    a_row(cast.product, date(2026, 4, 1), **no_feed())
    text = text_of(f"{PAGE}2026-04/")
    assert text.count('<p class="value none">No incident feed</p>') == 2
    assert "0%" not in text.split("<details")[0]


def test_month_without_deployments_has_no_lead_time(cast, text_of):
    a_row(cast.product, MAY, **EMPTY)
    text = text_of()
    assert "<h1>May: no deployments</h1>" in text
    assert '<p class="value">0<small> in May' in text
    assert text.count('<p class="value none">No deployments</p>') == 2


def test_negative_durations_are_told(cast, text_of):
    a_row(cast.product, MAY, dq_negative_lead_time=2)
    assert "2 changes were committed after they were shipped" in text_of()


def test_french_page_speaks_french(cast, text_of):
    a_year(cast.product, MAY)
    text = text_of("/fr/products/JSA/metrics/")
    assert (
        "Mai\u00a0: délai de mise en production le plus court en un an; deux déploiements sur douze ont échoué" in text
    )
    assert "2,1<small> jours, médiane" in text
    assert "16,7\u00a0%<small> des déploiements" in text


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "26-05", "2026-5", "1200-01", "2026-07", "2099-12"])
def test_month_that_is_none_or_in_the_future_is_not_found(client_of, month):
    assert client_of("colleague").get(f"{PAGE}{month}/").status_code == 404


def test_stranger_finds_nothing(client_of):
    assert client_of("stranger").get(PAGE).status_code == 404


def test_family_shows_its_own_row_with_a_way_to_each_product(cast, text_of):
    from tests.portfolio.test_product_page import member

    member(cast)
    a_row(cast.product, MAY, scope="family", deployment_count=30, failed_deployment_count=3)
    a_row(cast.product, MAY, deployment_count=10, failed_deployment_count=1)
    assert "3 of 30 deployments failed" in text_of()
    assert "one of ten deployments failed" in text_of(f"{PAGE}?alone=1")
    assert "/en/products/JSA-API/metrics/2026-05/" in text_of()


def test_file_holds_every_month_with_empty_cells_for_nothing(cast, client_of):
    a_year(cast.product, MAY)
    body = b"".join(client_of("colleague").get(f"{PAGE}months.csv").streaming_content).decode()
    lines = body.splitlines()
    assert len(lines) == 14  # head, twelve months, the running one
    assert lines[7].startswith("2025-12,Closed,0,0,,")
    assert lines[12].startswith("2026-05,Closed,12,11,181440.000,")


def test_queries_do_not_grow_with_months(cast, client_of):
    client = client_of("product_manager")
    close(a_row(cast.product, MAY))
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for place in range(1, 11):
        close(a_row(cast.product, date(2026 - (place > 4), (4 - place) % 12 + 1, 1)))
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) <= len(few)


def test_month_begins_at_midnight_of_the_product(cast, text_of):
    change_settings(product=cast.product, by=SYSTEM, timezone="Pacific/Kiritimati")
    a_row(cast.product, MAY)
    with clock.at(datetime(2026, 5, 31, 11, tzinfo=UTC)):
        assert "<h1>May:" in text_of()
    change_settings(product=cast.product, by=SYSTEM, timezone="America/Toronto")
    with clock.at(datetime(2026, 6, 1, 2, tzinfo=UTC)):
        assert "<h1>April:" in text_of()


def test_month_keeps_its_figures_until_new_levels_are_computed(cast, text_of):
    a_row(cast.product, MAY, level_set="2019")
    assert "2019 levels" in text_of()
    a_row(cast.product, MAY, deployment_count=9)
    text = text_of()
    assert "2023 levels" in text
    assert "two of nine deployments failed" in text


def test_bounds_of_the_levels_are_told(cast, text_of):
    a_row(cast.product, MAY)
    text = text_of()
    assert "<td>1 a day or more</td><td>4 a month or more</td><td>1 a month or more</td>" in text
    assert "<td>under 1\u00a0day</td><td>under 7\u00a0days</td><td>under 30\u00a0days</td>" in text
    assert "<td>5% or less</td><td>10% or less</td><td>15% or less</td>" in text


def test_product_page_says_how_the_last_month_went(cast, text_of):
    assert "Delivery measures are not reported" in text_of("/en/products/JSA/")
    a_row(cast.product, MAY)
    text = text_of("/en/products/JSA/")
    assert "May: two of twelve deployments failed" in text
    assert "High, 2023 levels" in text
