"""Sign-in: by invitation only, back to the reader's own language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up; an administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return reverse("home")


def trace_passwords() -> None:
    """Note every chosen password in the trail; called once when the application is ready."""
    for signal in (password_changed, password_reset):
        signal.connect(_password_chosen, dispatch_uid=f"trace {id(signal)}")


def _password_chosen(sender: Any, user: Any, **values: Any) -> None:
    from people.actions.people import note_password_chosen

    note_password_chosen(person=user, by=user)
