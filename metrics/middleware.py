"""Machines pass beside everything that is made for people: no session, no cookie, no form is read for a delivery."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from metrics import problems

PREFIX = "/deliveries/"


class MachineMiddleware:
    """Answers what is sent under /deliveries/ before the middleware of pages is reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = problems.language_of(request)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            match = resolve(request.path_info.rstrip("/") + "/")
        except Resolver404:
            with problems.in_words(request):
                return problems.respond(problems.Problem("unknown_source"))
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)
