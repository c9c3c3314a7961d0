"""Error pages in the reader's language, with the number of the request and nothing else of the inside.

What a page says: what happened, what became of the reader's work, what to do next. The pages for a failing server and a
missing database ask nothing of the database, so that they come also when it is away (trust.md R-01, R-22).
"""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import translation

from people.bilingual import other
from people.frame import request_number
from records.middleware import RETRY_SECONDS

PLAIN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Gatehouse</title>
<h1>Something went wrong on our side</h1><p lang="fr">Une erreur s’est produite de notre côté.</p></html>"""


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than is taken."""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, reason="")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token is missing or old; what was typed is still in the browser's previous page."""
    return _page(request, 403, reason="", csrf=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when it was the database that could not be reached or was too busy."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    response = HttpResponse(without_database(request, f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def without_database(request: HttpRequest, template: str) -> str:
    """Render an error page for nobody in particular: no session, no person, no notices are read."""
    language = language_of(request)
    try:
        with translation.override(language):
            return render_to_string(
                template,
                {
                    "reader_language": language,
                    "other_language": other(language),
                    "other_language_url": _translated(request, other(language)),
                    "request_number": request_number(),
                    "site_version": settings.VERSION,
                },
            )
    except Exception:  # noqa: BLE001 - the page about a failure must not fail; the first failure is logged already
        return PLAIN


def language_of(request: HttpRequest) -> str:
    """The language of the address, else the browser's."""
    found = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    return "fr" if found.startswith("fr") else "en"


def _translated(request: HttpRequest, language: str) -> str:
    """The same page in the other language; a form's address only answers to POST, so its page is not offered."""
    return translate_url(request.get_full_path(), language) if request.method in ("GET", "HEAD") else ""


def to_own_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to the person's own language, else the browser's."""
    language = (
        request.user.language if request.user.is_authenticated else translation.get_language_from_request(request)
    )
    with translation.override(language if language in ("en", "fr") else "en"):
        return HttpResponseRedirect(reverse("home"))
