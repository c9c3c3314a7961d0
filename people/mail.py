"""Mail to people: one plain text each, in the reader's language, that says why it came and how to change that.

What people typed stands in it as text and nothing else: one line in the subject, no markup anywhere, no name in an address
field. The number of a message follows from what it tells of, so that a message sent again after a crash is known for what
it is.
"""

from collections.abc import Iterable
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from people.bilingual import reader
from people.models import Person
from people.notices import one_line
from records.jobs import Denied

SUBJECT = 150


def send(
    *,
    to: Person,
    key: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    files: Iterable[tuple[str, bytes, str]] = (),
) -> None:
    """Send one text in the language that is active, with `files` (name, content, media type) attached.

    Raises Denied when the server says no to this person or this text, else whatever the line to it raises.
    """
    settings_link = settings.SITE_URL + reverse("notice-settings")
    message = EmailMessage(
        subject=one_line(subject, SUBJECT),
        body=render_to_string(template, {**context, "person": to, "settings_link": settings_link}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to.email],
        headers={
            "Message-ID": f"<{key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Content-Language": reader(),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{settings_link}>",
        },
    )
    for file in files:
        message.attach(*file)
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        if all(is_final(code) for code, _answer in error.recipients.values()):
            raise Denied(str(error)) from error
        raise
    except SMTPDataError as error:
        if is_final(error.smtp_code):
            raise Denied(str(error)) from error
        raise


def is_final(code: int) -> bool:
    """Whether an answer of a mail server means no, not later (RFC 5321 §4.2.1)."""
    return 500 <= code < 600
