"""The neutral format of delivery events, `dora-events/1` (dora.md §3.2 and §4), read strictly into the normal form.

Every fault names its place and says what was expected; nothing is guessed, and a file is never half read: whoever stores
records looks at the faults first. The words are in docs/reference/dora-events.md.
"""

from typing import Any

from metrics.events_format.documents import read_value
from metrics.events_format.entries import Terms
from metrics.events_format.faults import Fault, Faults, Place
from metrics.events_format.files import located, read_files, read_path
from metrics.events_format.readings import Found, Readings
from metrics.normal import Malformed, Record

__all__ = [
    "Fault",
    "Faults",
    "Found",
    "Place",
    "Readings",
    "Terms",
    "located",
    "read_body",
    "read_files",
    "read_path",
    "records_of",
]


def records_of(value: Any, terms: Terms) -> tuple[Record, ...]:
    """The records of a parsed JSON value: a document or a single record. Raises Malformed with the first fault's place."""
    faults = Faults()
    found = list(read_value(value, Place(), faults, terms))
    _raise_first(faults)
    return tuple(each.record for each in found if each.record is not None)


def read_body(body: bytes, terms: Terms) -> tuple[Record, ...]:
    """The records of a request's body: a document, a record, or JSON Lines. Raises Malformed with the first fault's place."""
    readings = read_files({"": body}, terms)
    _raise_first(readings.faults)
    return tuple(readings.records)


def _raise_first(faults: Faults) -> None:
    if faults.count:
        first = faults.kept[0]
        line = f"line {first.place.line}" if first.place.line else ""
        raise Malformed(first.reason, ": ".join(part for part in (line, first.place.path) if part))
