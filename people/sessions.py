"""The sessions in which a person is signed in, as that person may see them: no keys, only a name to end one by."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person

# Longer names first: every browser also claims to be an older one.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """One session: where, since when, last used when, and whether it is the one that asks."""

    reference: str
    device: str
    began: datetime | None
    seen: datetime | None
    is_current: bool


def sessions_of(person: Person) -> Iterator[Session]:
    """Every stored session of `person` that has not run out, by the clock of the server that ends them."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            yield session


def reference_of(session_key: str | None) -> str:
    """A name for a session that does not open it."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:24]


def signed_in(person: Person, current: SessionBase) -> list[SignedIn]:
    """The sessions of `person`, the `current` one first, then the last used."""
    found = [_described(session, current) for session in sessions_of(person)]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda each: (each.is_current, each.seen or never), reverse=True)


def _described(session: Session, current: SessionBase) -> SignedIn:
    is_current = session.session_key == current.session_key
    content = current if is_current else session.get_decoded()  # this very visit is not stored yet
    return SignedIn(
        reference=reference_of(session.session_key),
        device=content.get("device") or _("Unknown device"),
        began=_instant(content.get("began")),
        seen=_instant(content.get("seen")),
        is_current=is_current,
    )


def _instant(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def device_name(agent: str) -> str:
    """ "Firefox, Windows" from what the browser says of itself; empty when it says nothing known."""
    words = [_first(agent, BROWSERS), _first(agent, SYSTEMS)]
    return ", ".join(word for word in words if word)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in agent), "")
