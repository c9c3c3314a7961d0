"""Sign-in: by invitation only, back to the reader's own language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from people.bilingual import reader
from people.second_factor import ISSUER, must_have, seal
from records.identity import new_id
from records.jobs import enqueue


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up; an administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return reverse("home")

    def post_login(self, request: HttpRequest, user: Any, **values: Any) -> HttpResponse:
        """Greet in the language of the page that follows, not in that of the sign-in page."""
        language = translation.get_language_from_path(values.get("redirect_url") or "") or user.language
        with translation.override(language):
            return super().post_login(request, user, **values)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Promise the mail: the page does not wait for a mail server, and answers the same whether it is up or not."""
        with transaction.atomic():
            payload = {"person": str(user.pk), "language": reader()}
            enqueue("people.mail_password", str(new_id()), payload)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors are sealed; who must have one does not delete it."""

    def encrypt(self, text: str) -> str:
        return seal.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return seal.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_have(authenticator.user)

    def get_totp_issuer(self) -> str:
        return ISSUER


def trace_passwords() -> None:
    """Note every chosen password in the trail; called once when the application is ready."""
    for signal in (password_changed, password_reset):
        signal.connect(_password_chosen, dispatch_uid=f"trace {id(signal)}")


def _password_chosen(sender: Any, user: Any, **values: Any) -> None:
    from people.actions.people import note_password_chosen

    note_password_chosen(person=user, by=user)
