"""Before an act that binds, be sure who acts (trust.md S-16, decisions.md §22).

    @confirmed_identity
    def ballot_cast(request, key):
        form = BallotForm(typed(request))
        if request.method == "POST" and form.is_valid():
            ...

A person who gave password or second factor in this session within the last CONFIRM_IDENTITY_MINUTES acts at once. For the
others a POST is not carried out: what was typed stays on our side, in their session alone and for a short time; they say
who they are; then the page of the act comes back with every value in its field, and the button is pressed once more.
Reading is never held up.

`typed(request)` is what a form is bound to: what was sent, or on the way back what was kept. It is not None on such a GET,
so a view acts on `request.method == "POST"`, never on a bound form (people.editing.edit knows).
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from records.middleware import TOKEN_FIELD

View = Callable[..., HttpResponse]
KEPT = "kept_entry"
KEPT_SECONDS = 15 * 60
LONGEST = 200_000  # characters; a session is no place for more, and nobody types it
ONE_USE = (TOKEN_FIELD, "csrfmiddlewaretoken")  # the page that comes back brings its own


def confirmed_identity(view: View | None = None, *, page: Callable[..., str] | None = None) -> Any:
    """Hold up a POST to `view` until the person has confirmed who they are, without losing what was typed.

    `page` gives the address that shows the act's form again, from the request and the view's arguments; without it that
    is the page the form was sent from. Name it where the act's own address answers to POST only.
    """

    def hold(inner: View) -> View:
        @wraps(inner)
        def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD", "OPTIONS") or is_confirmed(request):
                return inner(request, *args, **kwargs)
            back = page(request, *args, **kwargs) if page else came_from(request)
            keep(request, back)
            return to_confirmation(request, back)

        return held

    return hold(view) if view else hold


def is_confirmed(request: HttpRequest, minutes: int | None = None) -> bool:
    """Whether the person authenticated in this session within `minutes`, by default CONFIRM_IDENTITY_MINUTES."""
    latest = max((entry["at"] for entry in get_authentication_records(request, request.user)), default=None)
    return latest is not None and time.time() - latest < 60 * (minutes or settings.CONFIRM_IDENTITY_MINUTES)


def to_confirmation(request: HttpRequest, back: str) -> HttpResponse:
    """Lead to the page that asks who is there, and from it to `back`. Raises PermissionDenied when nothing can be asked."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    if not ways:
        raise PermissionDenied
    target = f"{ways[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def came_from(request: HttpRequest) -> str:
    """The page of ours a form was sent from; its own address where the browser does not say."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host():
        return request.path
    return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path


def keep(request: HttpRequest, back: str) -> None:
    """Put aside what was typed for the page `back`. Raises RequestDataTooBig rather than lose some of it."""
    entered = request.POST.copy()
    for name in ONE_USE:
        entered.pop(name, None)
    text = entered.urlencode()
    if len(text) > LONGEST:
        raise RequestDataTooBig
    path = urlsplit(back).path
    request.session[KEPT] = {"path": path, "text": text, "files": bool(request.FILES), "at": time.time()}


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent now, else what was kept for this page, once; else None."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(KEPT)
    if kept is None or kept["path"] != request.path or not is_confirmed(request):
        return None
    del request.session[KEPT]
    return QueryDict(kept["text"]) if time.time() - kept["at"] < KEPT_SECONDS else None


def greet_confirmed() -> None:
    """What follows a confirmation; connected once when the application is ready."""
    authentication_step_completed.connect(_confirmed, dispatch_uid="identity confirmed")


def _confirmed(sender: Any, request: HttpRequest, reauthenticated: bool = False, **values: Any) -> None:
    if not reauthenticated:
        return
    request.session.cycle_key()
    kept = request.session.get(KEPT)
    if kept is None:
        return
    said = _("Thank you. Nothing is done yet: what you entered stands here again. Press the button once more.")
    messages.info(request, f"{said} {_('Choose the files again.')}" if kept["files"] else said)


def assurance_of(request: HttpRequest) -> str:
    """How the person of this session was known, as words of the record: the means given, each once, such as "password totp"."""
    entries = get_authentication_records(request, request.user)
    return " ".join(dict.fromkeys(str(entry.get("type") or entry["method"]) for entry in entries))
