"""The digest: what waits, once for each week or day, whoever asks and however late."""

from datetime import UTC, date, datetime

import pytest

from people.actions.notices import choose_mail, read_notice
from people.models import Notice
from people.notices import period_start
from records import clock, jobs
from records.models import Job, JobState
from tests.people.telling import said

pytestmark = pytest.mark.django_db
DAYS = {"wednesday": 18, "thursday": 19, "monday": 23, "tuesday": 24, "next monday": 30}


@pytest.fixture(autouse=True)
def no_invitations(cast):
    Job.objects.all().delete()


def on(day):
    return clock.at(datetime(2026, 11, DAYS[day], 15, tzinfo=UTC))


def told(cast, day, text="Something", person=None):
    with on(day):
        said(cast, people=[person or cast.colleague], text_en=text, text_fr=f"{text} en français")


def daily_work(day):
    with on(day):
        jobs.enqueue_daily()
        Job.objects.filter(state=JobState.QUEUED).exclude(kind__startswith="people").delete()
        jobs.run_due()


def subjects(mailbox):
    return [str(message["Subject"]) for message in mailbox.messages]


def test_week_is_told_on_monday_once(cast, mailbox):
    told(cast, "wednesday", "First")
    told(cast, "thursday", "Second")
    daily_work("thursday")
    assert mailbox.messages == []
    daily_work("monday")
    told(cast, "monday", "Third")
    daily_work("monday")
    daily_work("tuesday")
    (message,) = mailbox.messages
    assert (message["Subject"], message["To"]) == ("2 notices for you", cast.colleague.email)
    assert message["Message-ID"] == f"<digest.{cast.colleague.pk}.2026-11-23@localhost>"
    text = message.get_content()
    assert text.index("2026-11-19  Second") < text.index("2026-11-18  First")
    assert "http://localhost:8000/en/products/JSA/" in text
    daily_work("next monday")
    assert subjects(mailbox) == ["2 notices for you", "1 notice for you"]


def test_monday_without_a_worker_is_made_up_for(cast, mailbox):
    told(cast, "wednesday")
    daily_work("tuesday")
    daily_work("tuesday")
    assert len(mailbox.messages) == 1


def test_daily_rhythm_tells_of_the_day_before(cast, mailbox):
    choose_mail(by=cast.colleague, rhythm="daily", deliveries={})
    told(cast, "wednesday")
    daily_work("wednesday")
    assert mailbox.messages == []
    daily_work("thursday")
    assert len(mailbox.messages) == 1


def test_who_wants_none_and_who_has_read_all_get_none(cast, mailbox):
    choose_mail(by=cast.colleague, rhythm="never", deliveries={})
    told(cast, "wednesday")
    told(cast, "wednesday", person=cast.executive)
    read_notice(notice=Notice.objects.get(person=cast.executive), by=cast.executive)
    daily_work("monday")
    assert mailbox.messages == []


def test_server_down_on_monday_sends_one_when_it_is_up(cast, mailbox):
    told(cast, "wednesday")
    mailbox.stop()
    daily_work("monday")
    daily_work("tuesday")
    mailbox.start()
    Job.objects.filter(state=JobState.QUEUED).update(run_after="2000-01-01T00:00Z")
    with on("tuesday"):
        jobs.run_due()
    assert subjects(mailbox) == ["1 notice for you"]


def test_long_digest_ends_with_the_way_to_the_rest(cast, mailbox):
    for number in range(52):
        told(cast, "wednesday", f"Thing {number}")
    daily_work("monday")
    assert "2 more stand on your page of notices." in mailbox.messages[0].get_content()
    assert Notice.objects.filter(person=cast.colleague, mailed_at=None).count() == 0


def test_day_of_a_period():
    assert period_start("weekly", date(2026, 11, 29)) == date(2026, 11, 23)
    assert period_start("daily", date(2026, 11, 29)) == date(2026, 11, 29)
