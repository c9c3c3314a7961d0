"""From what a vendor sends to the normal form. Pure: the same delivery always reads the same.

What a genuine vendor sends and we cannot use is no error: the reading then has no records and says why.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qs

from metrics.adapters import cdevents, generic, github, gitlab
from metrics.adapters.envelope import Arrival, Feed
from metrics.adapters.fields import Incomplete, clean
from metrics.normal import Reading
from metrics.states import SourceKind

MEGABYTE = 1_000_000
# The most a delivery may weigh: GitHub's own limit for its payloads, ours for everybody else.
CAPS: dict[str, int] = {SourceKind.GITHUB: 25 * MEGABYTE}
CAP = MEGABYTE
KEYS: dict[str, Callable[[Arrival], str]] = {
    SourceKind.GITHUB: github.key_of,
    SourceKind.GITLAB: gitlab.key_of,
    SourceKind.GENERIC: generic.key_of,
    SourceKind.CDEVENTS: cdevents.key_of,
}
READERS: dict[str, Callable[[Arrival, Feed], Reading]] = {
    SourceKind.GITHUB: github.read,
    SourceKind.GITLAB: gitlab.read,
    SourceKind.GENERIC: generic.read,
    SourceKind.CDEVENTS: cdevents.read,
}
FORM = b"payload="  # no JSON begins so
LONGEST_KEY = 200
KEY_HEADERS = ("x-github-delivery", "webhook-id", "idempotency-key", "ce-id")
EVENT_HEADERS = ("x-github-event", "x-gitlab-event", "ce-type")


class InvalidJson(ValueError):
    """The body is no JSON, or holds what no number or depth of ours can take."""


def payload_of(kind: str, body: bytes) -> Any:
    """The JSON of a body; GitHub may be set to wrap it in a form. Raises InvalidJson."""
    raw: bytes | str = body
    if kind == SourceKind.GITHUB and body.startswith(FORM):
        raw = parse_qs(body.decode("latin-1")).get("payload", [""])[0]
    try:
        return json.loads(raw, parse_constant=_refuse)
    except ValueError as error:
        raise InvalidJson(str(error)[:200]) from error
    except RecursionError as error:
        raise InvalidJson from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def read(arrival: Arrival, feed: Feed) -> Reading:
    """What the delivery tells. Raises generic.Faulty where it breaks our own format."""
    try:
        return READERS[feed.kind](arrival, feed)
    except Incomplete as lack:
        return Reading(announced(arrival.headers), reason="incomplete", detail=lack.place)


def key_of(arrival: Arrival, kind: str) -> str:
    """What a delivery is known by among those of its source; a very long one by its hash."""
    key = KEYS[kind](arrival)
    return key if len(key) <= LONGEST_KEY else "sha256:" + hashlib.sha256(key.encode()).hexdigest()


def announced(headers: Mapping[str, str]) -> str:
    """The event as the headers name it, for the log of what could not be read."""
    return next((clean(headers[name], 100) for name in EVENT_HEADERS if headers.get(name)), "")


def announced_key(headers: Mapping[str, str]) -> str:
    """The delivery's number as the headers give it, for the log of what was not taken."""
    return next((clean(headers[name], LONGEST_KEY) for name in KEY_HEADERS if headers.get(name)), "")
