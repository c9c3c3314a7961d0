"""Signed-in pages: everyone is known, idle sessions end, nothing is kept by caches."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from people.second_factor import factor_of, is_proven, must_have
from people.sessions import device_name

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
SEEN_EVERY = 60
RENEWS_ITSELF = "Renews-Itself"  # said by what a page asks for unasked: nobody may be sitting before it
OPEN_NAMES = {
    "livez",
    "readyz",
    "root",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "accessibility",
    "about",
    "verify",
    "jsi18n",
}

# What somebody needs who is led to the second factor.
ON_THE_WAY = {
    "factor-set-up",
    "factor-codes",
    "key-add",
    "mfa_reauthenticate_webauthn",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "session-extend",
}


def came_from(request: HttpRequest) -> str:
    """Where to return after signing in: this page, or for a form that came too late the page it was on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referrer = urlsplit(request.headers.get("Referer", ""))
    return f"{referrer.path}?{referrer.query}" if referrer.netloc == request.get_host() else "/"


def led_to(request: HttpRequest, name: str) -> HttpResponse:
    """Lead elsewhere first, and from there back to where the person wanted to go; a piece of a page takes the page along."""
    target = f"{reverse(name)}?{urlencode({'next': came_from(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


class SessionMiddleware(sessions.SessionMiddleware):
    """Django's, but it takes the cookie only from who signs out.

    Confirming who one is gives the session a new key. A page asked for before that and answered after it, such as a tally that
    renews itself, names the old key; told to forget the cookie for that, the browser would forget the new one.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        session = getattr(request, "session", None)
        if session is not None and session.is_empty() and not session.modified:
            response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return response


class PersonMiddleware:
    """Lets in who is signed in; sends others to the sign-in page and back again afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_over(request):
            logout(request)
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        match = request.resolver_match
        if request.user.is_authenticated or match is None or match.url_name in OPEN_NAMES:
            return None
        return led_to(request, "account_login")

    def _is_over(self, request: HttpRequest) -> bool:
        """Whether the session slept or lasted too long; notes the visit at most once a minute."""
        now, seen = int(time.time()), request.session.get("seen")
        if "began" not in request.session:
            request.session["device"] = device_name(request.headers.get("User-Agent", ""))
        began = request.session.setdefault("began", now)
        is_visit = RENEWS_ITSELF not in request.headers
        if seen is None or (is_visit and SEEN_EVERY < now - seen <= IDLE_SECONDS):
            request.session["seen"] = now
        return now - began > LONGEST_SECONDS or (seen is not None and now - seen > IDLE_SECONDS)


class SecondFactorMiddleware:
    """Lets who sits on a board or administers do nothing before a second factor is set up and given (trust.md S-19)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        match = request.resolver_match
        free = match is None or match.url_name in OPEN_NAMES | ON_THE_WAY
        if free or not request.user.is_authenticated or is_proven(request) or not must_have(request.user):
            return None
        return led_to(request, "mfa_reauthenticate" if factor_of(request.user) else "factor-set-up")
