"""The rows behind each number: exactly those that were counted, in the product's own month, with what made them fail."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.models import DoraSnapshot
from records import clock
from tests.metrics.delivered import compiled, deliver, deployment, incident
from tests.pages import tight

TORONTO = ZoneInfo("America/Toronto")
MAY = date(2026, 5, 1)
PAGE = "/en/products/JSA/metrics/2026-05/"
HOUR = timedelta(hours=1)


def local(day, hour=12, month=5):
    return datetime(2026, month, day, hour, tzinfo=TORONTO)


@pytest.fixture(autouse=True)
def in_june():
    with clock.at(datetime(2026, 6, 8, 12, tzinfo=TORONTO)):
        yield


@pytest.fixture
def month(cast):
    """Six deployments in May by the clock of Toronto, one of them in June by UTC; failures, faults, rows that do not count."""
    records = [deployment(f"d{day}", local(day), HOUR * day, HOUR * 2 * day) for day in (4, 11, 18, 25)]
    records += [
        deployment("last", local(31, 23), HOUR),
        deployment("back", local(26), rollback_of="d25", unplanned=True),
        deployment("april", local(30, 23, month=4), HOUR),
        deployment("staged", local(12), HOUR, environment="staging"),
        deployment("broke", local(13), status="failure"),
        deployment("faulty", local(14), -HOUR),
        incident("i1", local(4, 13), HOUR),
        incident("i2", local(4, 14), 3 * HOUR),
        incident("i3", local(28)),
        incident("april", local(20, month=4), timedelta(days=20)),
        incident("none", local(19), HOUR, change_related=False),
    ]
    deliver(cast.product, *records, timezone="America/Toronto")
    compiled(cast.product, date(2026, 4, 1), MAY)
    return (
        DoraSnapshot.objects.filter(product=cast.product, scope="product", period="month").current().get(starts_on=MAY)
    )


def total(client, path):
    """How many rows the page says there are."""
    text = tight(client.get(PAGE + path).content.decode())
    return int(re.search(r'<div class="list-head"><p role="status">(?:.*of )?(\d+)', text).group(1))


def test_counts_on_the_pages_are_those_of_the_month(month, client_of):
    client = client_of("colleague")
    assert total(client, "deployments/") == month.deployment_count == 7
    assert total(client, "changes/") == month.change_count
    assert total(client, "incidents/") == month.restored_incident_count
    assert total(client, "incidents/?of=open") == month.open_incidents


def test_failed_deployments_are_marked_and_name_their_incidents(month, client_of):
    text = tight(client_of("colleague").get(f"{PAGE}deployments/").content.decode())
    assert text.count("state state-alert") == month.failed_deployment_count
    assert "Incident i1" in text
    assert "Rolled back by back" in text


def test_incidents_laid_to_the_month_are_listed(month, client_of):
    text = client_of("colleague").get(f"{PAGE}incidents/?of=failures").content.decode()
    names = re.findall(r"desk (\w+)</span>", text)
    assert sorted(names) == ["i1", "i2", "i3"]


def test_faulty_change_is_told_and_not_counted(month, client_of):
    text = client_of("colleague").get(f"{PAGE}changes/").content.decode()
    assert month.dq_negative_lead_time == 1
    assert "One change was committed after it was shipped" in text


def test_links_of_the_cards_lead_to_the_rows(month, client_of):
    text = client_of("colleague").get(PAGE).content.decode()
    for name in ("deployments", "changes", "incidents"):
        assert f'href="{PAGE}{name}/"' in text


@pytest.mark.parametrize("kind", ["deployments", "changes", "incidents"])
def test_file_holds_the_same_rows_without_formulas(month, client_of, kind):
    client = client_of("colleague")
    body = b"".join(client.get(f"{PAGE}{kind}/?format=csv").streaming_content).decode()
    assert len(body.splitlines()) - 1 == total(client, f"{kind}/")


def test_formula_in_a_name_stays_text(cast, client_of):
    deliver(cast.product, deployment("=HYPERLINK(1)", local(4)), timezone="America/Toronto")
    body = b"".join(client_of("colleague").get(f"{PAGE}deployments/?format=csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in body


def test_page_of_an_empty_month_says_so(cast, client_of):
    for kind in ("deployments", "changes", "incidents"):
        answer = client_of("colleague").get(f"{PAGE}{kind}/")
        assert answer.status_code == 200
        assert 'class="empty"' in answer.content.decode()


def test_stranger_and_unknown_tabs_are_not_found(month, client_of):
    assert client_of("stranger").get(f"{PAGE}deployments/").status_code == 404
    assert client_of("colleague").get(f"{PAGE}incidents/?of=everything").status_code == 404
    assert client_of("colleague").get(f"{PAGE}changes/?sort=password").status_code == 400


@pytest.mark.parametrize("kind", ["deployments", "changes", "incidents"])
def test_queries_do_not_grow_with_rows(month, cast, client_of, kind):
    client = client_of("product_manager")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PAGE}{kind}/")
    deliver(
        cast.product,
        *(deployment(f"more{hour}", local(20, hour), HOUR) for hour in range(20)),
        *(incident(f"more{hour}", local(20, hour), HOUR) for hour in range(20)),
        timezone="America/Toronto",
    )
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PAGE}{kind}/")
    assert len(many) <= len(few)


def test_family_lists_the_rows_of_all_its_products_and_counts_what_it_shows(cast, client_of, month):
    from tests.portfolio.test_product_page import member

    other = member(cast)
    deliver(other, deployment("theirs", local(6), HOUR), incident("i9", local(6, 13), HOUR), timezone="America/Toronto")
    compiled(other, MAY)
    row = DoraSnapshot.objects.filter(product=cast.product, scope="family", period="month", starts_on=MAY).latest("pk")
    client = client_of("product_manager")
    assert f'href="{PAGE}deployments/?family=1"' in client.get(PAGE).content.decode()
    assert row.deployment_count == month.deployment_count + 1 == total(client, "deployments/?family=1")
    assert row.change_count == total(client, "changes/?family=1")
    assert row.restored_incident_count == total(client, "incidents/?family=1")
    page = client.get(f"{PAGE}deployments/?family=1").content.decode()
    assert f'href="/en/products/{other.code}/metrics/deployments/' in page


def test_without_an_incident_feed_nothing_is_said_to_have_failed(cast, client_of, month):
    deliver(cast.product, timezone="America/Toronto", feed=False)
    compiled(cast.product, MAY)
    client = client_of("product_manager")
    assert "deployments count, failures not reported" in client.get(f"{PAGE}deployments/").content.decode()
    assert "count once a source is said to report them" in client.get(f"{PAGE}incidents/").content.decode()
