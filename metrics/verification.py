"""Whether a delivery is genuine: each vendor's own scheme over the bytes as they came, in constant time (trust.md S-23).

GitHub signs the body. GitLab sends the secret itself or, as our own endpoint asks for, signs as Standard Webhooks do:
HMAC-SHA256 over `id.timestamp.body`, the timestamp at most five minutes away. CDEvents come with a bearer token or so signed.
Of several secrets any may have been used, because a source has two while one is being replaced.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from metrics.states import SourceKind

LEEWAY = 300
MOST = 10  # signatures in one header; a sender that replaces its secret sends two
PREFIX = "whsec_"
Headers = Mapping[str, str]  # names in lower case


class NotGenuine(Exception):
    """The delivery does not prove where it comes from. `code` says how; `detail` names the header."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def verify(kind: str, headers: Headers, body: bytes, secrets: Sequence[str], *, at: float) -> None:
    """Return when one of `secrets` was used for the delivery at the Unix time `at`. Raises NotGenuine."""
    SCHEMES[kind](headers, body, secrets, at)


def _of_github(headers: Headers, body: bytes, secrets: Sequence[str], at: float) -> None:
    given = _required(headers, "x-hub-signature-256")
    _one_of(given, ["sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in secrets])


def _of_gitlab(headers: Headers, body: bytes, secrets: Sequence[str], at: float) -> None:
    if "webhook-signature" in headers:
        _signed(headers, body, secrets, at)
    else:
        _one_of(_required(headers, "x-gitlab-token"), secrets)


def _of_cdevents(headers: Headers, body: bytes, secrets: Sequence[str], at: float) -> None:
    scheme, _space, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        _one_of(token.strip(), secrets)
    else:
        _signed(headers, body, secrets, at)


def _signed(headers: Headers, body: bytes, secrets: Sequence[str], at: float) -> None:
    """Standard Webhooks. The time is judged after the signature, so that only who knows the secret learns of the clock."""
    given = _required(headers, "webhook-signature")
    number, sent = _required(headers, "webhook-id"), _required(headers, "webhook-timestamp")
    content = f"{number}.{sent}.".encode(errors="replace") + body
    expected = [
        base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        for secret in secrets
        for key in keys_of(secret)
    ]
    signatures = [each.removeprefix("v1,") for each in given.split() if each.startswith("v1,")]
    _any_of([_equal(signature, each) for signature in signatures[:MOST] for each in expected])
    if not (sent.isascii() and sent.isdigit() and len(sent) <= 12):
        raise NotGenuine("timestamp", "webhook-timestamp")
    if abs(at - int(sent)) > LEEWAY:
        raise NotGenuine("skew", "webhook-timestamp")


def keys_of(secret: str) -> list[bytes]:
    """The keys a sender may sign with: the decoded secret, as libraries do, or its text, as a line of shell does."""
    keys = [secret.encode()]
    if secret.startswith(PREFIX):
        with suppress(binascii.Error):
            keys.append(base64.b64decode(secret.removeprefix(PREFIX), validate=True))
    return keys


def _required(headers: Headers, name: str) -> str:
    if not headers.get(name):
        raise NotGenuine("unsigned", name)
    return headers[name]


def _one_of(given: str, expected: Sequence[str]) -> None:
    _any_of([_equal(given, each) for each in expected])


def _any_of(matches: list[bool]) -> None:
    """Every candidate was compared before this, so that the time taken tells nothing of which one was close."""
    if not any(matches):
        raise NotGenuine("signature")


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


SCHEMES: dict[str, Callable[[Headers, bytes, Sequence[str], float], None]] = {
    SourceKind.GITHUB: _of_github,
    SourceKind.GITLAB: _of_gitlab,
    SourceKind.GENERIC: _signed,
    SourceKind.CDEVENTS: _of_cdevents,
}
