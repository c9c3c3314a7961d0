"""The outbox: promised with the act, done once, whatever dies in between."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection, transaction

from records import jobs
from records.models import AuditEvent, Job, JobState
from records.trail import INSTALLATION, verify


@pytest.fixture
def counting(monkeypatch):
    """A kind of work that notes each run, and fails as often as told."""
    seen = {"runs": 0, "fail": 0}

    def work(payload):
        seen["runs"] += 1
        if seen["runs"] <= seen["fail"]:
            raise ValueError("not this time")
        return {"said": payload["word"]}

    monkeypatch.setitem(jobs.KINDS, "test.count", work)
    return seen


def promise(key="one"):
    with transaction.atomic():
        jobs.enqueue("test.count", key, {"word": "hello"})


def due_now():
    Job.objects.filter(state=JobState.QUEUED).update(run_after="2000-01-01T00:00Z")


def test_job_is_done_once_and_keeps_its_result(db, counting):
    promise()
    promise()
    assert jobs.run_due() == 1
    row = Job.objects.get()
    assert (row.state, row.result, counting["runs"]) == (JobState.DONE, {"said": "hello"}, 1)


def test_rolled_back_act_promises_nothing(db, counting):
    with transaction.atomic():
        jobs.enqueue("test.count", "x", {"word": "hello"})
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_failing_job_waits_then_succeeds(db, counting):
    counting["fail"] = 1
    promise()
    jobs.run_due()
    assert "not this time" in Job.objects.get().last_error
    assert jobs.run_due() == 0
    due_now()
    jobs.run_due()
    assert Job.objects.get().state == JobState.DONE


def test_poison_is_parked_and_others_go_on(db, counting):
    counting["fail"] = jobs.ATTEMPTS
    promise("poison")
    for _attempt in range(jobs.ATTEMPTS):
        due_now()
        jobs.run_due()
    promise("good")
    jobs.run_due()
    assert dict(Job.objects.values_list("dedupe_key", "state")) == {
        "test.count:poison": JobState.PARKED,
        "test.count:good": JobState.DONE,
    }


def test_awaited_work_goes_before_what_was_promised_earlier(db, monkeypatch):
    done = []
    monkeypatch.setitem(jobs.KINDS, "test.paper", lambda payload: done.append("paper"))
    monkeypatch.setitem(jobs.KINDS, "test.upload", lambda payload: done.append("upload"))
    monkeypatch.setattr(jobs, "AWAITED", {"test.upload"})
    with transaction.atomic():
        for kind, key in (("test.paper", "1"), ("test.paper", "2"), ("test.upload", "3")):
            jobs.enqueue(kind, key)
    jobs.run_due()
    assert done == ["upload", "paper", "paper"]


def test_work_that_somebody_came_to_wait_for_is_hastened(db, monkeypatch):
    done = []
    monkeypatch.setitem(jobs.KINDS, "test.paper", lambda payload: done.append(payload["n"]))
    with transaction.atomic():
        for n in range(3):
            jobs.enqueue("test.paper", str(n), {"n": n})
    jobs.hasten("test.paper", "2")
    jobs.hasten("test.paper", "unknown")
    jobs.run_due()
    assert done == [2, 0, 1]


def test_unknown_kind_is_refused_at_the_door(db):
    with pytest.raises(LookupError):
        jobs.enqueue("test.nothing", "x")


def test_daily_work_is_promised_once_a_day(db):
    jobs.enqueue_daily()
    jobs.enqueue_daily()
    jobs.run_due()
    assert Job.objects.filter(kind="records.anchor_chains").count() == 1


def test_anchors_hold_the_heads_of_all_chains(cast):
    jobs.enqueue_daily()
    jobs.run_due()
    event = AuditEvent.objects.get(chain=INSTALLATION, event="chains anchored")
    assert cast.product.chain() in event.changes["heads"][1]
    assert verify(INSTALLATION) is None


KILLED_IN_THE_MIDDLE = """
import os, signal, django
django.setup()
from django.db import connection
from records import jobs
from records.models import FormToken
def work(payload):
    FormToken.objects.create(token="effect")
    if payload["kill"]:
        os.kill(os.getpid(), signal.SIGKILL)
jobs.KINDS["test.kill"] = work
jobs.run_due()
"""


def other_process(code, **variables):
    """Run Python against the test database, as the application's role."""
    host, name = connection.settings_dict["HOST"], connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].replace("/gatehouse?", f"/{name}?")
    assert name in url, (host, url)
    return subprocess.run(
        [sys.executable, *code],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "GATEHOUSE_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **variables,
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_leaves_no_effect_and_the_next_one_does_it(monkeypatch):
    from records.models import FormToken

    monkeypatch.setitem(jobs.KINDS, "test.kill", lambda payload: FormToken.objects.create(token="effect") and None)
    with transaction.atomic():
        jobs.enqueue("test.kill", "once", {"kill": True})
    assert other_process(["-c", KILLED_IN_THE_MIDDLE]).returncode == -9
    assert (FormToken.objects.count(), Job.objects.get().attempts) == (0, 1)
    due_now()
    jobs.run_due()
    assert (FormToken.objects.count(), Job.objects.get().state) == (1, JobState.DONE)


@pytest.mark.django_db(transaction=True)
def test_runner_command_does_what_is_due():
    with transaction.atomic():
        jobs.enqueue("records.anchor_chains", "by hand", {})
    ended = other_process(["manage.py", "run_jobs", "--once"])
    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.django_db(transaction=True)
def test_celery_worker_is_woken_through_redis(redis_url, settings):
    settings.REDIS_URL = redis_url
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("/gatehouse?", f"/{name}?"),
        "REDIS_URL": redis_url,
        "GATEHOUSE_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=solo", "--loglevel=ERROR"],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        from config import celery_app

        celery_app.conf.broker_url = redis_url.replace("unix://", "redis+socket://")
        with transaction.atomic():
            jobs.enqueue("records.anchor_chains", "by courier", {})
        deadline = time.monotonic() + 30
        while Job.objects.get().state != JobState.DONE and time.monotonic() < deadline:
            time.sleep(0.2)
        assert Job.objects.get().state == JobState.DONE
    finally:
        worker.terminate()
        worker.wait(20)


@pytest.mark.django_db(transaction=True)
def test_act_stands_when_the_courier_is_gone(settings, counting):
    from config import celery_app

    settings.REDIS_URL = celery_app.conf.broker_url = "redis://127.0.0.1:1/0"
    promise()
    assert Job.objects.get().state == JobState.QUEUED
