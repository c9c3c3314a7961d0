"""Between a request and its act: the form token on the way in, honest refusals on the way out."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from records.acts import form_token, note_refusal
from records.models import FormToken
from records.refusals import AlreadyDone, Busy, Conflict, Refused, Remembered

TOKEN_FIELD = "form_token"  # noqa: S105 - the name of a field, not a secret
LOOKING = ("GET", "HEAD", "OPTIONS")  # leave no trace
RETRY_SECONDS = 30  # until somebody may try again who found the house busy


class ActMiddleware:
    """Carries the form token to the act and answers refusals with 403, 409, 503 or the first result."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _token_of(request)
        if not token.isprintable():
            raise BadRequest("No form of ours carries such a token.")
        token = f"{request.user.pk}:{token}"[:64] if token else ""
        if token and FormToken.objects.filter(token=token).exists():
            # Sent again: checked before the form is, which the first sending may have made invalid.
            return _first_result(request, AlreadyDone(token))
        marker = form_token.set(token)
        try:
            response = self.get_response(request)
        finally:
            form_token.reset(marker)
        if response.status_code == 405 and not response.content:
            response = _not_this_way(request, response)
        if token and 300 <= response.status_code < 400:
            FormToken.objects.filter(token=token, location="").update(location=response["Location"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AlreadyDone):
            return _first_result(request, error)
        if isinstance(error, Remembered) and request.method not in LOOKING:
            error.act = error.act or str(getattr(request.resolver_match, "url_name", "") or "")
            error.by = error.by or request.user
            note_refusal(error)
        if isinstance(error, Refused):
            return _page(request, 403, error.reason)
        if isinstance(error, Conflict):
            return _page(request, 409, error.reason)
        if isinstance(error, Busy):
            answer = _page(request, 503, error.reason)
            answer["Retry-After"] = str(RETRY_SECONDS)
            return answer
        if isinstance(error, DataError | UnicodeEncodeError):
            # Text that no database keeps (NUL, half a character) or a number beyond every column: not typed by hand.
            return _page(request, 400, "")
        return None


def _token_of(request: HttpRequest) -> str:
    """The form's token. Raises BadRequest when the connection broke before the whole form had arrived."""
    if not _is_form(request):
        return ""
    try:
        return request.POST.get(TOKEN_FIELD, "")[:64]
    except UnreadablePostError as error:
        for handler in request.upload_handlers:
            handler.upload_interrupted()  # what came of a file goes at once, not when memory is tidied
        raise BadRequest("The form did not arrive whole.") from error


def _is_form(request: HttpRequest) -> bool:
    kind = request.content_type
    return request.method == "POST" and kind in ("application/x-www-form-urlencoded", "multipart/form-data")


def _not_this_way(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """The page for an address that takes another way of asking, instead of nothing; what it takes stays in the header."""
    answer = _page(request, 405, "")
    answer["Allow"] = bare.get("Allow", "")
    return answer


def _page(request: HttpRequest, status: int, reason: Any) -> HttpResponse:
    return render(request, f"{status}.html", {"reason": reason, "came_from": _came_from(request)}, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours on which a button was pressed or a link followed; empty when it is another's or this one."""
    address = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own and urlsplit(address).path != request.path else ""


def _first_result(request: HttpRequest, error: AlreadyDone) -> HttpResponse:
    """Answer the second sending with the place the first one led to; it may still be on its way."""
    for _attempt in range(20):
        location = FormToken.objects.filter(token=error.token).values_list("location", flat=True).first()
        if location:
            return HttpResponseRedirect(location, status=303)
        time.sleep(0.05)
    messages.info(request, _("This form was sent already; here is the result."))
    return HttpResponseRedirect(_above(request), status=303)


def _above(request: HttpRequest) -> str:
    """The product a form belongs to, else the front page: where a button was pressed there may be no page to look at."""
    try:
        named = resolve(request.path_info).kwargs
    except Resolver404:
        named = {}
    return reverse("product-detail", kwargs={"code": named["code"]}) if "code" in named else reverse("home")
