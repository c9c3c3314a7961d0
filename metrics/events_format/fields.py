"""The fields of one record, read strictly: a value is what its type says or it is a fault, never something guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metrics.events_format.faults import Faults, Place
from metrics.models.policy import known_timezones

MOST_SECONDS = 2**31 - 1
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
SHA = re.compile(r"[0-9a-f]{4,64}")
ADDRESS = re.compile(r"https?://[^\s/]+\S*")
# A time as ISO 8601 writes it in full; what datetime also understands (weeks, no separators) is more often a mistake.
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?\s?(Z|[+-]\d\d(:?\d\d)?)?", re.ASCII | re.I)

TEXT, FLAG, LIST, OBJECT = _("text"), _("true or false"), _("a list"), _("an object")
WHOLE = _("a whole number of seconds, 0 or more, or null")
INSTANT = _("a time with its offset, for example 2026-04-30T16:05:00-04:00")
MISSING = _("This is missing. Expected %(expected)s.")
UNEXPECTED = _("Expected %(expected)s, found %(found)s.")
UNKNOWN_WORD = _("%(found)s is not known here. Expected one of: %(words)s.")
TOO_LONG = _("This is longer than %(most)s characters.")
UNPRINTABLE = _("This holds a character that no text may hold.")
NO_OFFSET = _("%(found)s does not say its offset from UTC, for example Z or -04:00.")
NO_TIME = _("%(found)s is not a time. Expected %(expected)s.")
OUT_OF_TIME = _("%(found)s is not between the years 1970 and 2199.")
NO_SHA = _("%(found)s is not the hash of a commit. Expected 4 to 64 hexadecimal digits.")
NO_ADDRESS = _("%(found)s is not an address that begins with https:// or http://.")
NO_ZONE = _("%(found)s is not the name of a time zone, for example America/Toronto.")


@dataclass(frozen=True)
class Quoted:
    """Text from the file, quoted as the reader's language quotes."""

    text: str

    def __str__(self) -> str:
        return gettext("“%(text)s”") % {"text": self.text}


def printable(text: str, most: int = 40) -> str:
    """The beginning of a text from the file, without what no screen shows."""
    clean = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text[: most + 1])
    return f"{clean[:most]}…" if len(clean) > most else clean


def shown(value: Any) -> Any:
    """A value as a message names it, shortened."""
    if isinstance(value, str):
        return Quoted(printable(value))
    if isinstance(value, Mapping):
        return OBJECT
    if isinstance(value, list | tuple):
        return LIST
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    # Python refuses to write out a number of thousands of digits.
    return repr(value)[:40] if isinstance(value, float) or abs(value) < 10**30 else "…"


class Fields:
    """Reads `values`, noting each fault at its place. A field that is absent or null is the same thing."""

    def __init__(self, values: Mapping[str, Any], place: Place, faults: Faults) -> None:
        self.values, self.place, self.faults = values, place, faults
        self._before = faults.count

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found wrong since this reading began, inner records included."""
        return self.faults.count == self._before

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def fault(self, name: str, message: Any, **params: Any) -> None:
        self.faults.add(self.place.at(name) if name else self.place, message, **params)

    def text(self, name: str, most: int, *, required: bool = False, expected: Any = TEXT) -> str:
        """Text without the spaces around it; empty where it is null."""
        value = self.values.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.fault(name, MISSING, expected=expected)
            return ""
        if not isinstance(value, str):
            self.fault(name, UNEXPECTED, expected=expected, found=shown(value))
            return ""
        return self._clean(name, value.strip(), most)

    def _clean(self, name: str, value: str, most: int) -> str:
        if any(each == "\x00" or "\ud800" <= each <= "\udfff" for each in value):
            self.fault(name, UNPRINTABLE)
        elif len(value) > most:
            self.fault(name, TOO_LONG, most=most)
        else:
            return value
        return ""

    def word(self, name: str, words: Iterable[str], *, required: bool = False) -> str:
        """One of `words`, spelled as they are."""
        words = list(words)
        known = ", ".join(words)
        value = self.text(name, 100, required=required, expected=_("one of: %s") % known if required else TEXT)
        if value and value not in words:
            self.fault(name, UNKNOWN_WORD, found=shown(value), words=known)
            return ""
        return value

    def time(self, name: str, *, required: bool = False) -> datetime | None:
        """An instant, in UTC. Without an offset it is refused: nobody could know when it was."""
        value = self.text(name, 100, required=required, expected=INSTANT)
        if not value:
            return None
        try:
            instant = datetime.fromisoformat(value.upper().replace(" Z", "Z")) if TIME.fullmatch(value) else None
            if instant is None or instant.tzinfo is None:
                self.fault(name, NO_OFFSET if instant else NO_TIME, found=shown(value), expected=INSTANT)
                return None
            instant = instant.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fault(name, NO_TIME, found=shown(value), expected=INSTANT)
            return None
        if not EARLIEST <= instant < LATEST:
            self.fault(name, OUT_OF_TIME, found=shown(value))
        return instant

    def flag(self, name: str) -> bool | None:
        """True or false as JSON writes them; the text "false" is neither."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return value
        self.fault(name, UNEXPECTED, expected=FLAG, found=shown(value))
        return None

    def seconds(self, name: str) -> int | None:
        """A whole number of seconds."""
        value = self.values.get(name)
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
        if value is None or (whole and 0 <= value <= MOST_SECONDS):
            return None if value is None else int(value)
        self.fault(name, UNEXPECTED, expected=WHOLE, found=shown(value))
        return None

    def sha(self, name: str, *, required: bool = False) -> str:
        """The hash of a commit, in lower case."""
        value = self.text(name, 100, required=required, expected=_("the hash of a commit")).lower()
        if value and not SHA.fullmatch(value):
            self.fault(name, NO_SHA, found=shown(value))
            return ""
        return value

    def address(self, name: str) -> str:
        value = self.text(name, 500)
        if value and not ADDRESS.fullmatch(value):
            self.fault(name, NO_ADDRESS, found=shown(value))
            return ""
        return value

    def zone(self, name: str) -> str | None:
        value = self.text(name, 64)
        if value and value not in known_timezones():
            self.fault(name, NO_ZONE, found=shown(value))
        return value or None

    def inner(self, name: str) -> "Fields | None":
        """The object that stands in a field."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.fault(name, UNEXPECTED, expected=OBJECT, found=shown(value))
            return None
        return Fields(value, self.place.at(name), self.faults)

    def items(self, name: str) -> "list[Fields] | None":
        """The objects of a list; what is none is a fault."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            self.fault(name, UNEXPECTED, expected=LIST, found=shown(value))
            return None
        return list(each_object(value, self.place.at(name), self.faults))


def each_object(values: Iterable[Any], place: Place, faults: Faults) -> "Iterable[Fields]":
    """The fields of each object in a list, each at its own place."""
    for number, each in enumerate(values):
        if faults.is_full:
            return
        if isinstance(each, Mapping):
            yield Fields(each, place.item(number), faults)
        else:
            faults.add(place.item(number), UNEXPECTED, expected=OBJECT, found=shown(each))
