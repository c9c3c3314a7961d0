"""A month is computed and closed exactly once: killed workers, two at once, clocks that jump (trust.md R-13, R-14)."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection

from metrics.compiling import close_due, compile_stale
from metrics.jobs import nightly
from metrics.models import DoraSnapshot, MonthClosing, StaleMonth
from records import clock, jobs
from records.models import Job
from tests.metrics import feeding
from tests.metrics.test_figures_by_hand import APRIL, LATER, MARCH, STORY
from tests.records.test_jobs import other_process

pytestmark = pytest.mark.django_db(transaction=True)
KILLED_BEFORE_THE_END = """
import os, signal, django
django.setup()
from django.db import transaction
from metrics.compiling import compile_stale
with transaction.atomic():
    assert compile_stale().changed > 0
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def fed(cast):
    with clock.at(LATER):
        feeding.measured(cast.product, zone="America/Toronto")
        feeding.feed_with(cast.product, STORY)
    return cast.product


def at_once(*works):
    def alone(work):
        try:
            with clock.at(LATER):
                work()
        finally:
            connection.close()

    threads = [Thread(target=alone, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_a_killed_compilation_changes_nothing_and_the_next_one_does_it_all(fed):
    waiting = StaleMonth.objects.count()
    assert other_process(["-c", KILLED_BEFORE_THE_END], BUSINESS_CLOCK=LATER.isoformat()).returncode == -9
    assert (DoraSnapshot.objects.count(), StaleMonth.objects.count()) == (0, waiting)
    with clock.at(LATER):
        compile_stale()
    assert (feeding.row(fed, MARCH).deployment_count, StaleMonth.objects.count()) == (1, 0)


def test_two_compilations_and_closings_at_once_keep_one_revision_and_one_closing(fed):
    at_once(compile_stale, compile_stale, lambda: nightly({}), lambda: nightly({}))
    assert set(DoraSnapshot.objects.values_list("revision", flat=True)) == {1}
    assert MonthClosing.objects.filter(product=fed, month=APRIL).count() == 1


def test_a_clock_that_jumps_back_over_the_month_s_end_opens_nothing_again(fed):
    for text in ("2026-04-05T00:30:00-04:00", "2026-03-31T22:30:00-04:00", "2026-04-05T02:30:00-04:00"):
        with clock.at(datetime.fromisoformat(text)):
            nightly({})
    closing = MonthClosing.objects.get(product=fed, month=MARCH)
    assert closing.closed_at == datetime(2026, 4, 5, 4, 30, tzinfo=UTC)
    with clock.at(LATER):
        close_due()
    assert MonthClosing.objects.filter(product=fed, month=MARCH).count() == 1


def test_stale_months_are_found_by_their_rows_whoever_marked_them(fed):
    with clock.at(LATER):
        jobs.run_due()
    assert Job.objects.filter(kind="metrics.compile_stale", state="done").exists()
    assert feeding.row(fed, date(2026, 5, 1)).restored_incident_count == 1
