"""A burst that arrives shuffled and with copies ends in the numbers of the sorted stream (trust.md R-26)."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from metrics import adapters, receiving
from metrics.adapters.envelope import Arrival
from metrics.compiling import compile_stale
from metrics.models import Delivery, DeliveryLogEntry, DoraSnapshot, PendingDelivery
from metrics.normal import from_json
from metrics.states import LogOutcome
from metrics.storing import store
from metrics.storing.pending import apply_pending
from products.actions.products import register_product
from records import clock
from tests.metrics import feeding, payloads
from tests.metrics.sending import as_body, connected

BEGAN, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 20, tzinfo=UTC)
ROUNDS, EVENTS, COPIES = 700, 3_500, 1_500
LEFT_OUT = {"id", "product_id", "revision", "computed_at", "reason", "cause", "watermark"}


def sha(number):
    return f"{number:040x}"


def moment(minutes):
    return (BEGAN + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def pushed(number, minutes):
    told = [{"id": sha(2 * number + each), "message": "Work", "timestamp": moment(minutes - 90)} for each in (1, 2)]
    return payloads.github_push(before=sha(2 * number), after=sha(2 * number + 2), commits=told)


def stream():
    """Seven hundred rounds over six months: a push, a deployment in three steps, now and then an incident that ends."""
    chance = random.Random(26)
    for number in range(1, ROUNDS + 1):
        minutes = number * 360 + chance.randrange(300)
        yield "push", pushed(number, minutes)
        created = {"created_at": moment(minutes), "sha": sha(2 * number + 2)}
        yield "deployment", payloads.github_deployment(number, **created)
        yield "deployment_status", payloads.github_status("in_progress", number, moment(minutes + 1), **created)
        ended = chance.choice(["success"] * 9 + ["failure"])
        yield "deployment_status", payloads.github_status(ended, number, moment(minutes + 1), **created)
        issue = {"number": number, "created_at": moment(minutes + 20), "updated_at": moment(minutes + 20)}
        if number % 2:
            yield "issues", payloads.github_issue(**issue)
        else:
            closed = {"state": "closed", "closed_at": moment(minutes + 80), "updated_at": moment(minutes + 80)}
            yield "issues", payloads.github_issue("closed", **(issue | closed))


def arrival(number, event, payload):
    headers = {"x-github-event": event, "x-github-delivery": f"delivery-{number}"}
    return Arrival(headers, as_body(payload), payload)


def figures(product):
    rows = DoraSnapshot.objects.filter(product=product).current().values()
    told = [{name: value for name, value in row.items() if name not in LEFT_OUT} for row in rows]
    return sorted(told, key=lambda row: (row["scope"], row["period"], row["starts_on"]))


@pytest.fixture
def twin(cast):
    names = {"code": "TWIN", "name_en": "Twin", "name_fr": "Jumeau", "level": "cio", "orientation": "external"}
    return register_product(
        department=cast.department, by=cast.portfolio_manager, sponsoring_branch=cast.branch, **names
    )


def test_shuffled_burst_with_copies_ends_in_the_numbers_of_the_sorted_stream(cast, twin):
    with clock.at(LATER):
        shuffled = connected(cast, "github", reports_incidents=True)
        known = receiving.find_source(shuffled.source.pk)
        for product in (cast.product, twin):
            feeding.measured(product, zone="America/Toronto")
        arrivals = [arrival(number, event, payload) for number, (event, payload) in enumerate(stream())]
        assert len(arrivals) == EVENTS
        readings = [adapters.read(each, known.feed) for each in arrivals]
        chance = random.Random(30)
        burst = list(range(EVENTS)) + chance.sample(range(EVENTS), COPIES)
        chance.shuffle(burst)
        for count, number in enumerate(burst, start=1):
            receiving.take(known, adapters.key_of(arrivals[number], "github"), arrivals[number].body, readings[number])
            if count % 1_000 == 0:
                apply_pending()
        store([(twin.pk, record) for reading in readings for record in reading.records])
        compile_stale()
    assert (Delivery.objects.count(), PendingDelivery.objects.count()) == (EVENTS, 0)
    assert DeliveryLogEntry.objects.filter(outcome=LogOutcome.DUPLICATE).count() == COPIES
    assert from_json(Delivery.objects.latest("id").records[0])
    told = figures(shuffled.source.product)
    assert told == figures(twin)
    months = [row for row in told if (row["scope"], row["period"]) == ("product", "month") and row["deployment_count"]]
    assert sum(row["deployment_count"] for row in months) > 600
    assert all(row["change_count"] and row["restored_incident_count"] is not None for row in months)
