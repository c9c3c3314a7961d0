"""The second factor: who must have one, what proves it, and how codes are told from wrong ones (trust.md S-19).

A code of an authenticator app counts once, for its own half minute and the one on either side (RFC 6238). The app's secret
is sealed, so that the database alone opens no account; of recovery codes only salted hashes are kept, and each counts once.
The rows are the library's own (allauth.mfa), because its sign-in asks them whether a second step is due.
"""

import base64
import hashlib
import hmac
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote, urlencode

import qrcode
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from people.models import Person
from people.permissions import standing
from people.states import CapacityKind
from records.sealing import Seal

ISSUER = "Gatehouse"
STEP_SECONDS, DIGITS, TOLERANCE = 30, 6, 1
CODES, GROUPS, LETTERS = 10, 4, 4
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters and figures that look alike
SEATS = frozenset({CapacityKind.BOARD_CHAIR, CapacityKind.BOARD_MEMBER, CapacityKind.BOARD_SECRETARY})
seal = Seal(b"gatehouse: second factors")
T = Authenticator.Type
FACTORS = {T.TOTP, T.WEBAUTHN}  # recovery codes stand in for them, never alone


# Further rules by which somebody must have one; a higher floor adds its own.
OBLIGATIONS: list[Callable[[], Exists]] = []


def oblige(rule: Callable[[], Exists]) -> Callable[[], Exists]:
    """Let everybody for whom `rule` finds a row be somebody who must have a second factor; OuterRef("pk") is the person."""
    OBLIGATIONS.append(rule)
    return rule


def obliged() -> Combinable:
    """Whether any of the rules holds, to be asked together with the person."""
    rules = [Q(rule()) for rule in OBLIGATIONS]
    return ExpressionWrapper(reduce(or_, rules), BooleanField()) if rules else Value(False)


@dataclass(frozen=True)
class Key:
    """A security key, by the name its owner gave it."""

    pk: int
    name: str
    since: datetime


@dataclass(frozen=True)
class Factor:
    """What a person has, as their account page tells it; `since` when there is an app."""

    since: datetime | None
    used_at: datetime | None
    codes_left: int
    keys: list[Key]


def must_have(person: Person) -> bool:
    """Who sits on a board, administers or signs must have a second factor, unless the installation leaves it to them."""
    if settings.SECOND_FACTOR != "required":
        return False
    return person.is_staff or person.is_superuser or holds_seat(person) or _is_obliged(person)


def _is_obliged(person: Person) -> bool:
    """Whoever is signed in was read with the answer; of others it is asked now."""
    if hasattr(person, "is_obliged"):
        return bool(person.is_obliged)
    return Person.objects.filter(obliged(), pk=person.pk).exists()


def holds_seat(person: Person) -> bool:
    """Whether the person holds a seat of a board today."""
    return any(kind in SEATS for kind, _scope, _key in standing(person).holds)


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor was given in this session."""
    return any(entry["method"] == "mfa" for entry in get_authentication_records(request, request.user))


def factor_of(person: Person) -> Factor | None:
    """What the person has; None with neither app nor key."""
    rows = list(Authenticator.objects.filter(user=person).order_by("pk"))
    found = {row.type: row for row in rows}
    if not FACTORS & set(found):
        return None
    used = [row.last_used_at for row in rows if row.last_used_at]
    return Factor(
        since=found[T.TOTP].created_at if T.TOTP in found else None,
        used_at=max(used, default=None),
        codes_left=len(found[T.RECOVERY_CODES].data["hashes"]) if T.RECOVERY_CODES in found else 0,
        keys=[Key(row.pk, row.data["name"], row.created_at) for row in rows if row.type == T.WEBAUTHN],
    )


def new_secret() -> str:
    """160 random bits as apps take them, in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The six figures an app shows in half minute number `step`."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_now() -> int:
    return int(time.time()) // STEP_SECONDS


def step_of(secret: str, code: str, after: int = 0) -> int | None:
    """The half minute to which `code` belongs, if that is near and later than `after`."""
    given, now = plain(code).encode(), step_now()
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), given):
            return step
    return None


def plain(code: str) -> str:
    """A code as it counts: spaces, hyphens and capitals do not matter."""
    return "".join(code.split()).replace("-", "").lower()


def app_address(person: Person, secret: str) -> str:
    """What the square code says to an authenticator app."""
    told = urlencode({"secret": secret, "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{ISSUER}:{person.email}')}?{told}"


def square(text: str) -> tuple[int, str]:
    """A QR code of `text`: how many modules wide it is, and the path that draws the dark ones."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def new_codes() -> list[str]:
    """Recovery codes of nearly eighty random bits each, in groups that can be read out."""
    return ["-".join(_group() for _each in range(GROUPS)) for _code in range(CODES)]


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))


def kept_codes(codes: list[str]) -> dict[str, Any]:
    """What is stored of recovery codes."""
    salt = secrets.token_hex(16)
    return {"salt": salt, "hashes": [hashed(code, salt) for code in codes]}


def hashed(code: str, salt: str) -> str:
    """A code has too many random bits to be guessed from a quick hash."""
    return hashlib.sha256(f"{salt}:{plain(code)}".encode()).hexdigest()


def is_recovery_code(person: Person, code: str) -> bool:
    """Whether `code` is one the person has not used yet."""
    row = Authenticator.objects.filter(user=person, type=T.RECOVERY_CODES).first()
    return row is not None and hashed(code, row.data["salt"]) in row.data["hashes"]


@transaction.atomic
def spend_app_code(person: Person, code: str) -> Authenticator | None:
    """Use up a code of the person's app; None when it is wrong, too old or used before."""
    row = Authenticator.objects.select_for_update().filter(user=person, type=T.TOTP).first()
    if row is None:
        return None
    secret = seal.unseal(row.data["secret"])
    step = step_of(secret, code, after=row.data["last"])
    if step is None:
        return None
    row.data["last"] = step
    row.save(update_fields=["data"])
    return row
