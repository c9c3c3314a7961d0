"""Mail about notices, received by a real server: what arrives, and what happens when the server is down, slow or says no."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from people.actions.notices import choose_mail, read_all_notices
from people.actions.people import choose_language, deactivate_person
from people.models import Notice
from records import jobs
from records.models import Job, JobState
from tests.people.telling import RAISED, ROLE, said

pytestmark = pytest.mark.django_db
ENGLISH, FRENCH = "You are Product Owner of Tides", "Vous êtes propriétaire de produit de Marées"


@pytest.fixture(autouse=True)
def no_invitations(cast):
    Job.objects.all().delete()


def told(cast, *people, kind=ROLE, **more):
    said(cast, people=people or [cast.colleague], kind=kind, text_en=ENGLISH, text_fr=FRENCH, **more)


def try_again():
    """Do what is due now, whatever pause was meant to come first."""
    Job.objects.filter(state=JobState.QUEUED).update(run_after="2000-01-01T00:00Z")
    jobs.run_due()


def mail_jobs():
    return Job.objects.filter(kind="people.mail_notice")


def links(message):
    return re.findall(r"https?://\S+", message.get_content())


def test_mail_says_what_happened_where_and_why_it_came(cast, mailbox, client_of):
    told(cast)
    jobs.run_due()
    (message,) = mailbox.messages
    notice = Notice.objects.get(person=cast.colleague)
    assert (message["Subject"], message["To"], message["From"]) == (
        ENGLISH,
        cast.colleague.email,
        "gatehouse@localhost",
    )
    assert message["Message-ID"] == f"<notice.{notice.pk}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{settings.SITE_URL}/en/account/notices/>"
    assert message.get_content_type() == "text/plain"
    text = message.get_content()
    assert text.split("\r\n")[:3] == [ENGLISH, "", f"{settings.SITE_URL}/en/products/JSA/"]
    assert "You are given a role in a product’s team" in text
    client = client_of("colleague")
    assert [client.get(urlsplit(link).path).status_code for link in links(message)] == [200, 200]
    assert notice.mailed_at


def test_mail_is_in_the_language_its_reader_has_when_it_goes(cast, mailbox):
    told(cast)
    choose_language(person=cast.colleague, language="fr", by=cast.colleague)
    jobs.run_due()
    (message,) = mailbox.messages
    assert (message["Subject"].strip(), message["Content-Language"]) == (FRENCH, "fr")
    assert links(message)[0] == f"{settings.SITE_URL}/fr/products/JSA/"


def test_server_that_is_down_costs_time_and_nothing_else(cast, mailbox):
    mailbox.stop()
    told(cast)
    for _attempt in range(jobs.ATTEMPTS + 2):
        try_again()
    row = mail_jobs().get()
    assert (row.state, row.attempts) == (JobState.QUEUED, 7)
    assert "refused" in row.last_error
    assert Notice.objects.filter(person=cast.colleague, mailed_at=None).exists()
    mailbox.start()
    try_again()
    try_again()
    assert len(mailbox.messages) == 1
    assert mail_jobs().get().state == JobState.DONE


def test_mail_that_never_gets_through_is_parked_and_the_notice_stands(cast, mailbox, client_of):
    mailbox.stop()
    told(cast)
    mail_jobs().update(attempts=jobs.A_DAY.attempts - 1)
    try_again()
    assert mail_jobs().get().state == JobState.PARKED
    assert ENGLISH in client_of("colleague").get("/en/notices/").content.decode()


def test_refused_address_is_parked_soon_and_the_others_get_theirs(cast, mailbox):
    mailbox.refused[cast.colleague.email] = "550 no such person"
    mailbox.refused[cast.cfo.email] = "450 later"
    told(cast, cast.colleague, cast.cfo, cast.executive)
    for _attempt in range(jobs.ATTEMPTS):
        try_again()
    states = {row.payload["notice"]: row.state for row in mail_jobs()}
    found = {notice.person_id: states[str(notice.pk)] for notice in Notice.objects.filter(kind=ROLE)}
    assert found == {cast.colleague.pk: "parked", cast.cfo.pk: "queued", cast.executive.pk: "done"}
    assert [message["To"] for message in mailbox.messages] == [cast.executive.email]


def test_slow_server_is_left_and_what_it_took_twice_has_one_number(cast, mailbox, settings):
    settings.EMAIL_TIMEOUT, mailbox.slow = 0.3, 0.6
    told(cast)
    jobs.run_due()
    assert "timed out" in mail_jobs().get().last_error
    settings.EMAIL_TIMEOUT, mailbox.slow = 5, 0.5
    try_again()
    assert mail_jobs().get().state == JobState.DONE
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1


def test_nothing_is_mailed_to_who_has_read_it_or_left(cast, mailbox):
    told(cast, cast.colleague, cast.executive)
    read_all_notices(by=cast.colleague)
    deactivate_person(person=cast.executive, by=cast.admin, reason="Left")
    jobs.run_due()
    assert mailbox.messages == []
    assert set(mail_jobs().values_list("state", flat=True)) == {JobState.DONE}


def test_what_is_only_here_is_not_mailed(cast, mailbox):
    choose_mail(by=cast.colleague, rhythm="weekly", deliveries={RAISED: "here"})
    told(cast, kind=RAISED)
    jobs.run_due()
    assert mailbox.messages == []
