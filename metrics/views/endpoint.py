"""Where pipelines deliver (dora.md §3): genuine or not, then readable or not, then stored once."""

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from metrics import adapters, problems, receiving
from metrics.adapters.envelope import Arrival
from metrics.adapters.generic import Faulty
from metrics.normal import Reading
from metrics.problems import Problem
from metrics.reasons import words_of
from metrics.sealing import Unsealable
from metrics.verification import NotGenuine, verify


@csrf_exempt
def delivery_receive(request: HttpRequest, source: UUID) -> HttpResponse:
    """Take one delivery: 202 with its number, 200 when it was received before, a problem otherwise."""
    with problems.in_words(request):
        known = receiving.find_source(source) if request.method == "POST" else None
        try:
            return _receive(request, known)
        except Problem as problem:
            if known is not None:
                headers = _headers(request)
                receiving.note_refusal(
                    known.id,
                    event=adapters.announced(headers),
                    key=adapters.announced_key(headers),
                    reason=problem.code,
                    detail=problem.for_log(),
                )
            return problems.respond(problem)


def _receive(request: HttpRequest, known: receiving.Known | None) -> HttpResponse:
    if request.method != "POST":
        raise Problem("method")
    if known is None or known.feed.kind not in adapters.READERS:
        raise Problem("unknown_source")
    if not known.is_active:
        raise Problem("retired_source")
    headers, body = _headers(request), _body(request, adapters.CAPS.get(known.feed.kind, adapters.CAP))
    _check(known, headers, body)
    arrival = Arrival(headers, body, _payload(known.feed.kind, body))
    try:
        reading = adapters.read(arrival, known.feed)
    except Faulty as fault:
        raise Problem("malformed", errors=fault.faults.kept) from fault
    taken = receiving.take(known, adapters.key_of(arrival, known.feed.kind), body, reading)
    return _answer(taken, reading)


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _body(request: HttpRequest, cap: int) -> bytes:
    """The bytes as they came. Read here and not by the framework, whose limit for forms is not the one of a source."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    if not announced and "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise Problem("no_length")
    length = int(announced) if announced.isascii() and announced.isdigit() else 0
    if length > cap:
        raise Problem("too_large", f"{length} > {cap}")
    try:
        body = request.read(length)
    except UnreadablePostError as error:
        raise Problem("cut_off") from error
    if len(body) < length:
        raise Problem("cut_off", f"{len(body)} < {length}")
    return body


def _check(known: receiving.Known, headers: dict[str, str], body: bytes) -> None:
    try:
        verify(known.feed.kind, headers, body, known.secrets(), at=time.time())
    except NotGenuine as fault:
        raise Problem(fault.code, fault.detail) from fault
    except Unsealable as error:
        raise Problem("sealed") from error


def _payload(kind: str, body: bytes) -> dict[str, Any]:
    try:
        payload = adapters.payload_of(kind, body)
    except adapters.InvalidJson as error:
        raise Problem("invalid_json", str(error)) from error
    if not isinstance(payload, dict):
        raise Problem("not_an_object")
    return payload


def _answer(taken: receiving.Taken, reading: Reading) -> HttpResponse:
    content: dict[str, Any] = {"delivery": taken.delivery, "records": len(reading.records)}
    if not taken.is_new:
        return JsonResponse({"delivery": taken.delivery, "status": "received before"})
    content["status"] = "accepted" if reading.records else "ignored"
    if reading.reason:
        content |= {"reason": reading.reason, "title": words_of(reading.reason)}
    if reading.reason and reading.detail:
        content["detail"] = reading.detail
    return JsonResponse(content, status=202)
