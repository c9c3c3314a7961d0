"""Several workers at once and a slow mail server: each notice and each digest is sent once, and reading never waits (R-27)."""

from datetime import UTC, datetime

import pytest

from people.actions.notices import choose_mail, read_all_notices
from people.jobs import promise_digests
from people.models import Notice
from records import clock, jobs
from records.acts import performing
from records.models import Job
from tests.attack.at_once import at_once
from tests.people.telling import ROLE, said

pytestmark = pytest.mark.django_db(transaction=True)


def promised(day):
    with performing():
        promise_digests({"day": day})


def test_two_workers_send_each_mail_once(cast, mailbox):
    Job.objects.all().delete()
    with clock.at(datetime(2026, 11, 18, 15, tzinfo=UTC)):
        said(cast, people=[cast.colleague, cast.executive])
        said(cast, people=[cast.colleague, cast.cfo], kind=ROLE)
    promised("2026-11-23")
    choose_mail(by=cast.colleague, rhythm="daily", deliveries={})
    promised("2026-11-24")  # a second digest of the same person, about the same notice
    mailbox.slow = 0.2
    at_once(*[jobs.run_due] * 3, lambda: read_all_notices(by=cast.cfo))
    numbers = [message["Message-ID"] for message in mailbox.messages]
    assert len(numbers) == len(set(numbers))
    assert sorted(message["To"] for message in mailbox.messages if "digest" in message["Message-ID"]) == sorted(
        [cast.colleague.email, cast.executive.email]
    )
    assert Notice.objects.filter(person=cast.colleague, mailed_at=None).count() == 0
