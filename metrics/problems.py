"""What a sender is told when its delivery is not taken: problem details (RFC 9457) in the language it asks for."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from metrics.events_format import Fault
from metrics.reasons import PROBLEMS, in_both

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:gatehouse:problem:"


class Problem(Exception):
    """A delivery that is not taken. `errors` name places in the body, each with words in whatever language is active."""

    def __init__(self, code: str, detail: Any = "", *, errors: Sequence[Fault] = ()) -> None:
        super().__init__(code)
        self.code, self.detail, self.errors = code, detail, errors

    def places(self) -> list[dict[str, str]]:
        """Where the body is wrong, and how."""
        return [{"field": each.place.path, "detail": each.reason} for each in self.errors]

    def for_log(self) -> str:
        """What stands in the source's log beside the reason: the places in both languages, else the detail."""
        found = []
        for language in ("en", "fr"):
            with translation.override(language):
                told = "\n".join(": ".join(part for part in each.values() if part) for each in self.places())
                found.append(told or str(self.detail))
        return in_both(*found)


def respond(problem: Problem) -> JsonResponse:
    """The problem as a response, in the language that is active."""
    status, title = PROBLEMS[problem.code]
    content: dict[str, Any] = {"type": TYPE + problem.code.replace("_", "-"), "title": str(title), "status": status}
    if problem.detail:
        content["detail"] = str(problem.detail)
    if problem.errors:
        content["errors"] = problem.places()
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Signature realm="deliveries", Bearer realm="deliveries"'
    if status == 405:
        headers["Allow"] = "POST"
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, headers=headers)


def language_of(request: HttpRequest) -> str:
    """The better of our languages in Accept-Language; no cookie is read."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code[:2] in ("en", "fr"):
            return code[:2]
    return "en"


def in_words(request: HttpRequest) -> Any:
    """A block in which texts are in the sender's language."""
    return translation.override(language_of(request))
