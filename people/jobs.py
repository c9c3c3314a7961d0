"""Work of this floor: the invitation mail."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from people.models import Person
from records.jobs import job


@job("people.invite")
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


def invitation_link(person: Person) -> str:
    """The address, good once, where `person` sets a password."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, token = key.split("-", 1)
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
