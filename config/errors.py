"""Error pages in the reader's language, with the request id and nothing else of the inside."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, reason="")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token is missing or old; what was typed is still in the browser's previous page."""
    return _page(request, 403, reason="", csrf=True)


def to_own_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to the person's own language, else the browser's."""
    language = (
        request.user.language if request.user.is_authenticated else translation.get_language_from_request(request)
    )
    with translation.override(language if language in ("en", "fr") else "en"):
        return HttpResponseRedirect(reverse("home"))
