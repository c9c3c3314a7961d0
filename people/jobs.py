"""Work of this floor: the mails about passwords and notices."""

from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from people.mail import send
from people.models import Notice, Person
from people.notices import KINDS, digests_due, rhythm_of
from people.states import Rhythm
from records import clock
from records.jobs import A_DAY, daily, enqueue, job

IN_A_DIGEST = 50  # notices told in full; the page has the rest


@job("people.invite", patience=A_DAY)
def send_invitation(payload: dict[str, Any]) -> None:
    """Mail the link by which the person chooses a password. At least once: a crash after sending may send it again."""
    person = Person.objects.get(pk=payload["person"])
    with translation.override(person.language):
        link = invitation_link(person)
        send_mail(
            translation.gettext("Your invitation to Gatehouse"),
            render_to_string("people/invitation.txt", {"person": person, "link": link}),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )


@job("people.mail_password", patience=A_DAY, awaited=True)
def mail_password(payload: dict[str, Any]) -> None:
    """Mail the link by which a person who forgot the password chooses another, in the language of the page they asked on.

    The link is made here, so that none lies in the queue. At least once, as the invitation.
    """
    person = Person.objects.filter(pk=payload["person"], is_active=True).first()
    if person is None:
        return
    with translation.override(payload["language"]):
        send_mail(
            render_to_string("account/email/password_reset_key_subject.txt").strip(),
            render_to_string(
                "account/email/password_reset_key_message.txt", {"password_reset_url": invitation_link(person)}
            ),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )


def invitation_link(person: Person) -> str:
    """The address, good once, where `person` sets a password."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, token = key.split("-", 1)
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


@job("people.mail_notice", patience=A_DAY)
def mail_notice(payload: dict[str, Any]) -> None:
    """Mail one notice, once; nothing to somebody who left or who has read it here meanwhile.

    Sent and marked in one transaction. A crash between the two sends it again under the same number.
    """
    notice = Notice.objects.filter(pk=payload["notice"], mailed_at=None, read_at=None).select_related("person").first()
    if notice is None or not notice.person.is_active or notice.kind not in KINDS:
        return
    with translation.override(notice.person.language):
        send(
            to=notice.person,
            key=f"notice.{notice.pk}",
            subject=notice.text,
            template="people/mail/notice.txt",
            context={"notice": notice, "link": settings.SITE_URL + notice.address, "kind": KINDS[notice.kind]},
        )
    Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())


@daily("people.promise_digests")
def promise_digests(payload: dict[str, Any]) -> dict[str, Any]:
    """Promise every digest that is due on a day; a digest whose job is there is not due, whenever that was written."""
    due = digests_due(date.fromisoformat(payload["day"]))
    for person, start in due:
        key = f"{person}:{start.isoformat()}"
        enqueue("people.mail_digest", key, {"person": str(person), "start": start.isoformat()})
    return {"due": len(due)}


@job("people.mail_digest", patience=A_DAY)
def mail_digest(payload: dict[str, Any]) -> dict[str, Any]:
    """Mail a person what waits for their digest, all that was told before it began; nothing when nothing waits (any more)."""
    person, start = Person.objects.get(pk=payload["person"]), date.fromisoformat(payload["start"])
    one_digest_at_a_time(person)
    waiting = list(Notice.objects.visible_to(person).for_digest_of(start))
    if not waiting or not person.is_active or rhythm_of(person) == Rhythm.NEVER:
        return {"notices": 0}
    with translation.override(person.language):
        words = ngettext("%(count)d notice for you", "%(count)d notices for you", len(waiting))
        send(
            to=person,
            key=f"digest.{person.pk}.{start.isoformat()}",
            subject=words % {"count": len(waiting)},
            template="people/mail/digest.txt",
            context={
                "notices": waiting[:IN_A_DIGEST],
                "more": len(waiting[IN_A_DIGEST:]),
                "site": settings.SITE_URL,
                "list_link": settings.SITE_URL + reverse("notice-list"),
            },
        )
    Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(mailed_at=clock.now())
    return {"notices": len(waiting)}


def one_digest_at_a_time(person: Person) -> None:
    """Let a second digest of the same person wait until the first is sent. The notices stay free to be read meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"digest {person.pk}"])
