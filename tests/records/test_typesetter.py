"""A document that cannot be set ends within its limits, in words, and the next one is set as if nothing had been (S-09)."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from records import jobs, pdf
from records.models import Job, JobState
from records.pdf import TooMuch, set_within_limits
from records.refusals import Busy
from records.typesetter import whole
from records.typesetter_talk import ANSWER, SET, TOO_MUCH

HTML = '<html lang="en"><head><title>A</title></head><body>{}</body></html>'
WORDS = HTML.format("<p>Some words.</p>")
NESTED = HTML.format("<div style='display:table;float:left'>" * 400 + "deep" + "</div>" * 400)
LONG = HTML.format("<table>" + "<tr><td>Some words that go on</td><td>and on</td></tr>" * 20_000 + "</table>")


@pytest.mark.parametrize(
    "html", [NESTED, LONG, HTML.format("<p>" + "word " * 1_000_000)], ids=["nested", "rows", "5 MB"]
)
def test_what_takes_too_long_ends_in_words(settings, html):
    settings.PDF_SECONDS = 1
    began = time.monotonic()
    with pytest.raises(TooMuch):
        set_within_limits(html, "pdf/ua-1")
    assert time.monotonic() - began < 10
    assert set_within_limits(WORDS, "pdf/ua-1").startswith(b"%PDF")


def test_what_takes_too_much_memory_ends_in_words(settings):
    settings.PDF_MEMORY_MB = 10
    with pytest.raises(TooMuch, match="memory"):
        set_within_limits(LONG, "pdf/ua-1")
    settings.PDF_MEMORY_MB = 1024
    assert set_within_limits(WORDS, "pdf/ua-1").startswith(b"%PDF")


def test_a_process_that_was_killed_is_replaced(settings):
    set_within_limits(WORDS, "pdf/ua-1")
    for process in pdf._idle[os.getpid()]:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert set_within_limits(WORDS, "pdf/ua-1").startswith(b"%PDF")


def test_many_threads_share_few_processes():
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda number: set_within_limits(WORDS, "pdf/ua-1"), range(12)))
    assert len(set(made)) == 1
    assert len(pdf._idle[os.getpid()]) <= pdf.MOST_AT_ONCE


class Emptied(list):
    """Another thread takes the last one after this one has looked."""

    def __bool__(self):
        return True


def test_the_last_process_taken_by_another_thread_is_no_error():
    assert list(pdf._taken(Emptied())) == []


@pytest.mark.parametrize("told", [b"", b"P\0", ANSWER.pack(SET, 2, 9), ANSWER.pack(SET, 2, 9) + b"[]%PDF"])
def test_an_answer_cut_short_by_the_end_of_its_child_is_none(told):
    assert whole(told) == ANSWER.pack(TOO_MUCH, 0, 0)
    assert whole(ANSWER.pack(SET, 2, 4) + b"[]%PDF") == ANSWER.pack(SET, 2, 4) + b"[]%PDF"


def test_a_process_that_ends_while_it_answers_gives_no_document():
    answer = ANSWER.pack(SET, 0, 9) + b"%PDF"
    code = f"import sys; sys.stdin.buffer.read(1); sys.stdout.buffer.write({answer!r})"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process, pytest.raises(RuntimeError, match="has ended"):
        pdf._ask(process, b"", "pdf/ua-1")


def test_a_process_that_says_nothing_is_ended(settings, monkeypatch):
    silent = subprocess.Popen([sys.executable, "-c", "input(); import time; time.sleep(60)"], stdin=-1, stdout=-1)
    monkeypatch.setitem(pdf._idle, os.getpid(), [silent])
    monkeypatch.setattr(pdf, "GRACE_SECONDS", 0.2)
    settings.PDF_SECONDS = 0
    began = time.monotonic()
    with silent, pytest.raises((RuntimeError, OSError)):
        set_within_limits(WORDS, "pdf/ua-1")
    assert time.monotonic() - began < 10


def test_the_same_content_gives_the_same_bytes_and_what_the_renderer_says_is_heard(caplog):
    first, second = (set_within_limits("<p>No title</p>", "pdf/ua-1") for _ in range(2))
    assert first == second
    assert [each.name for each in caplog.records if "lang" in each.getMessage()] == ["weasyprint"] * 2


@pytest.mark.django_db
def test_a_job_that_sets_too_much_fails_where_everybody_sees_it_and_the_worker_lives(settings, monkeypatch):
    settings.PDF_SECONDS = 1
    monkeypatch.setitem(jobs.KINDS, "test.set", lambda payload: set_within_limits(payload["html"], "pdf/ua-1") and None)
    jobs.enqueue("test.set", "1", {"html": LONG})
    assert jobs.run_due() == 1
    job = Job.objects.get(kind="test.set")
    assert (job.state, "more than 1 seconds" in job.last_error) == (JobState.QUEUED, True)


@pytest.mark.django_db
def test_who_waits_too_long_for_a_turn_hears_so_and_a_job_comes_again(monkeypatch):
    monkeypatch.setattr(pdf, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(pdf, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setitem(jobs.KINDS, "test.set", lambda payload: set_within_limits(WORDS, "pdf/ua-1") and None)
    jobs.enqueue("test.set", "1")
    with pdf._turns:
        with pytest.raises(Busy):
            set_within_limits(WORDS, "pdf/ua-1")
        assert jobs.run_due() == 1
    assert Job.objects.get(kind="test.set").state == JobState.QUEUED
    assert set_within_limits(WORDS, "pdf/ua-1").startswith(b"%PDF")
