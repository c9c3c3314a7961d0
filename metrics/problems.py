"""What a sender is told when its delivery is not taken: problem details (RFC 9457) in the language it asks for."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from metrics.reasons import PROBLEMS

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:gatehouse:problem:"


class Problem(Exception):
    """A delivery that is not taken. `errors` name places in the body, each with its own words."""

    def __init__(self, code: str, detail: Any = "", *, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.code, self.detail, self.errors = code, detail, errors or []

    @property
    def status(self) -> int:
        return PROBLEMS[self.code][0]

    def for_log(self) -> str:
        """What stands in the source's log beside the reason: the places, else the detail."""
        places = "; ".join(f"{each['field']}: {each['detail']}" for each in self.errors)
        return places or str(self.detail)


def respond(problem: Problem) -> JsonResponse:
    """The problem as a response, in the language that is active."""
    status, title = PROBLEMS[problem.code]
    content: dict[str, Any] = {"type": TYPE + problem.code.replace("_", "-"), "title": str(title), "status": status}
    if problem.detail:
        content["detail"] = str(problem.detail)
    if problem.errors:
        content["errors"] = problem.errors
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
