"""What every page shows around its content: who is signed in, the other language, unread notices, the version."""

from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from people.bilingual import other, reader
from people.delegations import givers_to
from people.middleware import IDLE_SECONDS
from people.models import Notice
from people.permissions import standing
from people.states import ScopeKind
from people.wording import joined


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for every template."""
    theirs = other(reader())
    return {
        "reader_language": reader(),
        "other_language": theirs,
        "other_language_url": translate_url(request.get_full_path(), theirs),
        # Templates call it and get a plain number: plurals cannot be chosen by a lazy one.
        "unread_notices": cache(lambda: _unread(request)),
        "has_seat": SimpleLazyObject(lambda: _has_seat(request)),
        "acting_names": SimpleLazyObject(lambda: acting_names(request)),
        "main_place": main_place(request),
        "request_number": request_number(),
        "site_version": settings.VERSION,
        "idle_seconds": IDLE_SECONDS,
        "is_demo": settings.MODE == "demo",
        "LANGUAGE_CODE": get_language(),
    }


def main_place(request: HttpRequest) -> str:
    """The entry of the main navigation a page belongs to: the first word of its address after the language."""
    words = [word for word in request.path.split("/") if word][1:]
    return words[0] if words else "home"


def _has_seat(request: HttpRequest) -> bool:
    """Whether the reader sits on a board: then something may await their decision."""
    return request.user.is_authenticated and bool(standing(request.user).keys(ScopeKind.BOARD))


def request_number() -> str:
    """The first letters of the number under which the logs keep this request; empty outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:8]


def acting_names(request: HttpRequest) -> str:
    """For whom the reader acts today, by name; empty for nearly everybody."""
    return joined(person.name for person in givers_to(request.user)) if request.user.is_authenticated else ""


def _unread(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.filter(person=request.user, read_at__isnull=True).count()
