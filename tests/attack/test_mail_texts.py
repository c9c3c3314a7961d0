"""Names and reasons typed by people reach notices and mail as text and as nothing else: no header, no markup (S-07)."""

from urllib.parse import urlsplit

import pytest

from people.models import Notice
from records import jobs
from records.models import Job
from roadmaps.actions.demand import decline_demand, propose_demand
from roadmaps.actions.roadmap import open_roadmap
from tests.attack.markup import TAG, TEXTS, found_alive

pytestmark = pytest.mark.django_db
HEADERS = ["Subject", "From", "To", "Message-ID", "Date", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
           "Content-Language", "Auto-Submitted", "List-Unsubscribe", "X-Peer", "X-MailFrom", "X-RcptTo"]  # fmt: skip
ENDINGS = ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"]


def answered(cast, *pairs):
    """Demands by the executive, declined: they get mail at once with titles and reasons in it."""
    roadmap = open_roadmap(product=cast.product, horizon_from=2026, by=cast.product_manager)
    for title, reason in pairs:
        demand = propose_demand(roadmap=roadmap, by=cast.executive, title_en=title, title_fr=title, origin="users")
        decline_demand(demand=demand, reason=reason, by=cast.product_manager)
    Job.objects.exclude(kind="people.mail_notice").delete()
    jobs.run_due()


def test_line_ends_in_a_text_make_no_header(cast, mailbox):
    answered(cast, *((f"Faster{end}Bcc: all@home.example", f"No{end}{end}<b>body</b>") for end in ENDINGS))
    assert len(mailbox.messages) == len(ENDINGS)
    for message in mailbox.messages:
        assert message["To"] == cast.executive.email
        assert not set(message.keys()) - set(HEADERS)
        assert "Bcc: all@home.example" in message["Subject"]
    assert not [each for each in Notice.objects.all() if each.text_en.splitlines() != [each.text_en]]


def test_markup_in_a_text_stays_text(cast, mailbox, client_of):
    answered(cast, *((text[:120], text) for text in TEXTS))
    assert len(mailbox.messages) == len(TEXTS)
    for message in mailbox.messages:
        assert (message.get_content_type(), message["To"]) == ("text/plain", cast.executive.email)
        assert TAG in message.get_content()
        assert urlsplit(message["List-Unsubscribe"].strip("<>")).hostname == "localhost"
    page = client_of("executive").get("/en/notices/").content.decode()
    assert page.count(TAG) > len(TEXTS)
    assert found_alive(page) == []
