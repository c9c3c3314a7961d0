"""Whatever comes in whatever order, the figures are those of the book (tests/metrics/reference.py)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.compiling import compile_missing, compile_stale
from records import clock
from tests.metrics import feeding, reference

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
FIRST = datetime(2026, 1, 28, tzinfo=UTC)
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
CHAIN = [f"{number:040x}" for number in range(1, 16)]
STRANGE = "f" * 40

# Few instants, so that they often meet: around the ends of months, where zones and half-open intervals tell, and between.
EDGES = [
    datetime(2026, month, 1, tzinfo=UTC) + timedelta(hours=hours, milliseconds=milliseconds)
    for month in (2, 3, 4)
    for hours, milliseconds in ((-13, 0), (0, 0), (4, -1), (4, 0), (5, 0))
]
instants = st.sampled_from(
    [*EDGES, *(FIRST + timedelta(days=days, hours=7) for days in (0, 9, 20, 21, 45, 46, 60, 88))]
)
commits = st.lists(
    st.fixed_dictionaries(
        {"sha": st.sampled_from([*CHAIN, STRANGE]), "committed_at": instants, "is_merge": st.booleans()}
    ),
    max_size=4,
)
deployments = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["ci", "Ops"]),
        "id": st.sampled_from(["a", "B", "é"]),
        "environment": st.sampled_from(["production"] * 4 + ["staging"]),
        "status": st.sampled_from(["success"] * 4 + ["failure", "in_progress"]),
        "finished_at": st.one_of(instants, instants, st.none()),
        "sha": st.sampled_from([*CHAIN, STRANGE]),
        "rollback_of": st.sampled_from([None, None, "a", "B"]),
        "unplanned": st.booleans(),
        "voided": st.sampled_from([False, False, False, True]),
        "updated_at": instants,
        "commits": st.one_of(commits, commits, st.none()),
    }
)


@st.composite
def incidents(draw):
    status = draw(st.sampled_from(["open", "resolved", "resolved", "cancelled"]))
    return {
        "source": "desk",
        "id": draw(st.sampled_from(["1", "2"])),
        "status": status,
        "environment": draw(st.sampled_from([None, None, "production", "staging"])),
        "started_at": draw(instants),
        "resolved_at": draw(instants) if status == "resolved" else None,
        "deployment": draw(st.sampled_from([None, None, None, ("ci", "a"), ("Ops", "zz")])),
        "change_related": draw(st.sampled_from([None, None, True, False])),
        "updated_at": draw(instants),
    }


@st.composite
def pushes(draw):
    start = draw(st.integers(0, len(CHAIN) - 2))
    end = draw(st.integers(start + 1, min(start + 4, len(CHAIN))))
    return [
        {"sha": CHAIN[place], "committed_at": draw(instants), "parent": CHAIN[place - 1] if place else "0" * 40}
        for place in range(start, end)
    ]


events = st.lists(
    st.one_of(
        deployments.map(lambda told: ("deployment", told)),
        deployments.map(lambda told: ("deployment", told)),
        incidents().map(lambda told: ("incident", told)),
        pushes().map(lambda told: ("push", told)),
    ),
    min_size=1,
    max_size=14,
)
TO_RECORD = {"deployment": feeding.deployment, "incident": feeding.incident, "push": feeding.push}


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    batches=st.lists(events, min_size=1, max_size=4),
    zone=st.sampled_from(["UTC", "America/Toronto", "Pacific/Auckland"]),
    feed=st.sampled_from([True, True, False]),
    window=st.sampled_from([30 * 86_400, 86_400, None]),
)
def test_figures_are_those_of_the_book_in_whatever_order_events_come(cast, batches, zone, feed, window):
    with transaction.atomic(), clock.at(NOW):
        feeding.measured(cast.product, zone=zone, feed=feed, window=window)
        for batch in batches:
            feeding.feed_with(cast.product, [TO_RECORD[kind](told) for kind, told in batch])
            compile_stale()
            compile_missing()
        found = {month: feeding.row(cast.product, month) for month in MONTHS}
        transaction.set_rollback(True)
    told = {kind: [told for batch in batches for each, told in batch if each == kind] for kind in TO_RECORD}
    how = {"zone": zone, "feed": feed, "window": window, "now": NOW}
    for month, row in found.items():
        book = reference.figures(
            told["deployment"], told["incident"], told["push"], year=month.year, month=month.month, **how
        )
        if row is None:
            assert nothing_happened(book), (month, book)
        else:
            assert feeding.differences(row, book) == {}, month


def nothing_happened(book):
    return not any(
        book[name] for name in ("deployment_count", "change_count", "restored_incident_count", "open_incidents")
    )
