"""JSON: one document of `dora-events/1`, or JSON Lines of its records.

A line says its kind in one of three ways: {"deployment": {…}}, or a field `kind` (or `type`) beside the others, or by
fields that only one kind has. A document always names its schema; a line may, and a first line may hold nothing else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from metrics.events_format.entries import PLURALS, READERS, Terms
from metrics.events_format.faults import Faults, Place
from metrics.events_format.fields import LIST, OBJECT, UNEXPECTED, Fields, each_object, printable, shown
from metrics.events_format.readings import Found, Readings
from metrics.normal import SCHEMA

MARKS = {
    "product": {"key", "timezone", "incident_source", "attribution_window_seconds"},
    "deployment": {"finished_at", "sha", "rollback_of", "unplanned", "voided", "commits"},
    "incident": {"resolved_at", "deployment", "change_related"},
}
SPACES = (" ", "\t", "\r", "\n", ":", ",")
NOT_JSON = _("This is not JSON: %(problem)s at line %(line)s, column %(column)s.")
TOO_DEEP = _("This is nested too deeply, or holds a number too long to read.")
NO_NUMBER = _("%(found)s is not a number that JSON knows.")
TWICE = _("The name %(name)s stands here twice; nobody could know which is meant.")
NO_SCHEMA = _("Expected the schema %(schema)s, found %(found)s.")
STRANGE_LIST = _("%(name)s is not known here. Expected one of: %(words)s.")
NOTHING = _("No record stands in this file.")
NO_KIND = _("Which record this is cannot be told. Add a field kind with one of: %(words)s.")


class _Twice(dict[str, Any]):
    """An object in which a name stands twice."""

    name = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    seen: set[str] = set()
    twice.name = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return twice


class _NoNumber(ValueError):
    """NaN and the infinities, which Python reads though JSON has none."""


def _constant(word: str) -> Any:
    raise _NoNumber(word)


def parse(text: str, place: Place, faults: Faults) -> Any:
    """The JSON value in `text`, or None with the fault noted at its line and column."""
    first = place.line or 1
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        line = first + error.lineno - 1
        faults.add(replace(place, line=line), NOT_JSON, problem=error.msg, line=line, column=error.colno)
    except _NoNumber as error:
        faults.add(place, NO_NUMBER, found=str(error))
    except (RecursionError, ValueError):
        faults.add(place, TOO_DEEP)
    return None


def read_value(value: Any, place: Place, faults: Faults, terms: Terms) -> Iterator[Found]:
    """The records of one JSON value: a document, or a single record."""
    if not isinstance(value, Mapping):
        faults.add(place, UNEXPECTED, expected=OBJECT, found=shown(value))
    elif any(name in value for name in PLURALS):
        yield from _document(value, place, faults, terms)
    else:
        yield from _record(value, place, faults, terms)


def _document(value: Mapping[str, Any], place: Place, faults: Faults, terms: Terms) -> Iterator[Found]:
    _check_names(value, place, faults)
    _check_schema(value, place, faults)
    for name, each in value.items():
        if name in PLURALS:
            if isinstance(each, list):
                for fields in each_object(each, place.at(name), faults):
                    yield from _entry(PLURALS[name], fields, terms)
            elif each is not None:
                faults.add(place.at(name), UNEXPECTED, expected=LIST, found=shown(each))
        elif isinstance(each, list | Mapping) and name[:4] in ("prod", "depl", "inci"):
            faults.add(place.at(printable(name)), STRANGE_LIST, name=shown(name), words=", ".join(PLURALS))


def _check_schema(value: Mapping[str, Any], place: Place, faults: Faults) -> None:
    if value.get("schema") != SCHEMA:
        faults.add(place.at("schema"), NO_SCHEMA, schema=SCHEMA, found=shown(value.get("schema")))


def _check_names(value: Any, place: Place, faults: Faults) -> None:
    if isinstance(value, _Twice):
        faults.add(place, TWICE, name=shown(value.name))


def _entry(kind: str, fields: Fields, terms: Terms) -> Iterator[Found]:
    for inner, place in _objects_in(fields.values, fields.place):
        _check_names(inner, place, fields.faults)
    record = READERS[kind](fields, terms)
    if record is not None and fields.is_sound:
        yield Found(kind, fields.place, record)


def _objects_in(values: Mapping[str, Any], place: Place) -> Iterator[tuple[Any, Place]]:
    """The record and the objects it holds, each of which may have a name twice."""
    yield values, place
    if isinstance(values.get("deployment"), Mapping):
        yield values["deployment"], place.at("deployment")
    if isinstance(values.get("commits"), list):
        yield from ((each, place.at("commits").item(number)) for number, each in enumerate(values["commits"]))


def _record(value: Mapping[str, Any], place: Place, faults: Faults, terms: Terms) -> Iterator[Found]:
    names = set(value) - {"schema"}
    if "schema" in value:
        _check_schema(value, place, faults)
    if not names and "schema" in value:
        return
    (only,) = names if len(names) == 1 else ("",)
    if only in READERS:
        _check_names(value, place, faults)
        fields = Fields(value, place, faults).inner(only)
        if fields is not None:
            yield from _entry(only, fields, terms)
        return
    kind = _kind(value, place, faults)
    if kind:
        yield from _entry(kind, Fields(value, place, faults), terms)


def _kind(value: Mapping[str, Any], place: Place, faults: Faults) -> str:
    """The kind a record says it is; else the one kind whose own fields it has."""
    for name in ("kind", "type"):
        word = value.get(name)
        told = str(word).strip().lower() if isinstance(word, str) else ""
        if PLURALS.get(told, told) in READERS:
            return PLURALS.get(told, told)
        if name == "kind" and word is not None:
            faults.add(place.at("kind"), STRANGE_LIST, name=shown(word), words=", ".join(READERS))
            return ""
    kinds = [kind for kind, marks in MARKS.items() if marks & set(value)]
    if len(kinds) == 1:
        return kinds[0]
    faults.add(place, NO_KIND, words=", ".join(READERS))
    return ""


def read_text(text: str, place: Place, terms: Terms) -> Readings:
    """The records of a file of JSON: one value, or one value to a line."""
    faults = Faults()
    lines = _lines(text, place.file)
    if lines is None:
        value = parse(text, place, faults)
        found = [] if faults.count else list(read_value(value, place, faults, terms))
    else:
        found = [each for number, line in lines for each in _line(line, replace(place, line=number), faults, terms)]
    if not found and not faults.count:
        faults.add(place, NOTHING)
    return Readings(found, faults)


def _line(line: str, place: Place, faults: Faults, terms: Terms) -> list[Found]:
    before = faults.count
    if faults.is_full:
        return []
    value = parse(line, place, faults)
    return [] if faults.count > before else list(read_value(value, place, faults, terms))


def _lines(text: str, name: str) -> list[tuple[int, str]] | None:
    """Number and text of each line where each is a value of its own; None for a single value over several lines."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if name.lower().endswith((".jsonl", ".ndjson")):
        return lines
    return lines if len(lines) > 1 and any(_stands_alone(line) for _number, line in lines[:2]) else None


def _stands_alone(line: str) -> bool:
    faults = Faults()
    return isinstance(parse(line, Place(), faults), Mapping) and not faults.count


def lines_of_items(text: str) -> dict[str, int]:
    """The line on which each record of a document begins, by its path, for example deployments[3]; the text is sound JSON."""
    found: dict[str, int] = {}
    decoder, at = json.JSONDecoder(), _skip(text, 0)
    if text[at : at + 1] != "{":
        return found
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if name in PLURALS and text[at] == "[":
            at = _note_items(text, at, name, found)
        else:
            _value, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
    return found


def _note_items(text: str, start: int, name: str, found: dict[str, int]) -> int:
    """Note the line of each item of the list that begins at `start`; where the list ends."""
    decoder, at = json.JSONDecoder(), _skip(text, start + 1)
    line, counted, number = 1 + text.count("\n", 0, at), at, 0
    while text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        found[f"{name}[{number}]"] = line
        _value, at = decoder.raw_decode(text, at)
        at, number = _skip(text, at), number + 1
    return at + 1


def _skip(text: str, at: int) -> int:
    """Past spaces, colons and commas, which a sound text has only where they belong."""
    while text[at : at + 1] in SPACES and at < len(text):
        at += 1
    return at
