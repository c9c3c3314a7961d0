"""What people are told of: the kinds of notices, registered by the floors, and the words of a notice in both languages.

A package lists its kinds in its own `notices` module, imported when the application is ready. Its acts then call
`people.actions.notices.tell`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.bilingual import LANGUAGES
from people.models import DigestChoice, Notice, NoticeChoice, Person
from people.states import Delivery, Rhythm

LONGEST = 300
# Line ends and other controls would end a header of a mail; marks of direction would turn the rest of a line around.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class Group(TextChoices):
    """The headings under which a person chooses."""

    TEAM = "team", _("Your products and roles")
    ROADMAP = "roadmap", _("Roadmaps and demands")
    BOARD = "board", _("Boards and decisions")
    AGREEMENT = "agreement", _("Memoranda of understanding")
    RISK = "risk", _("Risks")
    ACCOUNT = "account", _("Your account")
    OTHER = "other", _("Other")


@dataclass(frozen=True)
class Kind:
    """One kind of notice. `must` says why it cannot be switched off; empty when everybody may choose."""

    code: str
    label: Any
    default: Delivery = Delivery.DIGEST
    group: Group = Group.OTHER
    must: Any = ""


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds of notices; called once by each floor when the application is ready."""
    KINDS.update({kind.code: kind for kind in kinds})


class Telling(Enum):
    """What `tell` does: as people chose, notices without mail, or nothing."""

    AS_CHOSEN = "as chosen"
    WITHOUT_MAIL = "without mail"
    NOBODY = "nobody"


_telling: ContextVar[Telling] = ContextVar("telling", default=Telling.AS_CHOSEN)


@contextmanager
def telling(how: Telling) -> Iterator[None]:
    """Inside the block acts tell as `how` says: for a past that is entered afterwards and whose people know it."""
    token = _telling.set(how)
    try:
        yield
    finally:
        _telling.reset(token)


def present_telling() -> Telling:
    return _telling.get()


def both(words: str, **values: Any) -> dict[str, str]:
    """`words` (marked with gettext_noop) in both languages, as the arguments `text_en` and `text_fr` of `tell`.

    A value is a text, a lazy text, a number, or a function that is asked once in each language: `name=lambda: product.name`.
    """
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = {name: _said(value) for name, value in values.items()}
            found[f"text_{language}"] = gettext(words) % said
    return found


def _said(value: Any) -> str | int:
    asked = value() if callable(value) else value
    return asked if isinstance(asked, int) else str(asked)


def one_line(text: str, longest: int = LONGEST) -> str:
    """Text that people typed as one harmless line of at most `longest` characters, cut at a word."""
    line = " ".join(CONTROLS.sub(" ", text).split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head[longest // 2 :] else head}…"


def without_language(path: str) -> str:
    """The address of a page of ours without the language it begins with. ValueError for any other address."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"A notice leads to a page of ours, not to {path[:80]!r}.")
    first, _slash, rest = path[1:].partition("/")
    return f"/{rest}" if first in LANGUAGES else path


def deliveries_of(person: Person) -> dict[str, str]:
    """How each kind of notice reaches `person`."""
    chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "delivery"))
    return {code: str(kind.default if kind.must else chosen.get(code, kind.default)) for code, kind in KINDS.items()}


def rhythm_of(person: Person) -> str:
    """How often `person` gets the digest; weekly unless they chose."""
    chosen = DigestChoice.objects.filter(person=person).values_list("rhythm", flat=True).first()
    return chosen or Rhythm.WEEKLY.value


def period_start(rhythm: str, day: date) -> date:
    """The first day of the period in which `day` lies: the day itself, or the Monday of its week."""
    return day if rhythm == Rhythm.DAILY else day - timedelta(days=day.weekday())


def digests_due(day: date) -> list[tuple[UUID, date]]:
    """Whose digest is due on `day`, as (person, first day of the period). Three questions for any number of people.

    Due is what was told before the period began. Whether it was sent already says the job of that person and period.
    """
    chosen = dict(DigestChoice.objects.values_list("person", "rhythm"))
    found = []
    for rhythm in (Rhythm.WEEKLY, Rhythm.DAILY):
        start = period_start(rhythm, day)
        waiting = Notice.objects.for_digest_of(start).filter(person__is_active=True)
        people = waiting.order_by("person").values_list("person", flat=True).distinct()
        found += [(person, start) for person in people if chosen.get(person, Rhythm.WEEKLY) == rhythm]
    return found
