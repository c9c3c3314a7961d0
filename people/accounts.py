"""Sign-in: by invitation only, back to the reader's own language."""

from allauth.account.adapter import DefaultAccountAdapter
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
