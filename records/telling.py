"""How an audit event reads to people: fields by their labels, keys by the names of what they point at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from records.models import AuditEvent

# Columns without a label of their own, as changes name them.
UNLABELLED = (
    gettext_noop("content"),
    gettext_noop("dependencies"),
    gettext_noop("is declared complete"),
    gettext_noop("phase since"),
    gettext_noop("planned year"),
    gettext_noop("quarter start"),
    gettext_noop("repositories"),
    gettext_noop("stage"),
    gettext_noop("state since"),
    gettext_noop("vetted at"),
    gettext_noop("vetted by name"),
    gettext_noop("year"),
)


@dataclass
class Story:
    """An event with its changes in words: (field, before, after)."""

    event: AuditEvent
    changes: list[tuple[str, ...]] = field(default_factory=list)


def told(events: Iterable[AuditEvent]) -> list[Story]:
    """The events in words. Asks the database once per kind of record that is pointed at, however many events."""
    events = list(events)
    names = _names(events)
    return [Story(event, [_change(event, key, pair, names) for key, pair in _pairs(event)]) for event in events]


def _pairs(event: AuditEvent) -> list[tuple[str, list[Any]]]:
    return [(key, pair) for key, pair in event.changes.items() if isinstance(pair, list) and len(pair) == 2]


def _field(event: AuditEvent, key: str) -> Any:
    try:
        return apps.get_model(event.subject_kind)._meta.get_field(key)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _names(events: list[AuditEvent]) -> dict[tuple[Any, str], str]:
    wanted: dict[Any, set[str]] = defaultdict(set)
    for event in events:
        for key, pair in _pairs(event):
            column = _field(event, key)
            if column is not None and column.is_relation:
                wanted[column.related_model].update(str(value) for value in pair if value)
    found: dict[tuple[Any, str], str] = {}
    for model, keys in wanted.items():
        try:
            found |= {(model, str(key)): str(row) for key, row in model._base_manager.in_bulk(keys).items()}
        except (ValidationError, ValueError):
            continue
    return found


def _change(event: AuditEvent, key: str, pair: list[Any], names: dict[tuple[Any, str], str]) -> tuple[str, ...]:
    column = _field(event, key)
    if column is None:
        return _(key.replace("_", " ")), *map(_plain, pair)
    return _(str(column.verbose_name)), *(_said(column, value, names) for value in pair)


def _said(column: Any, value: Any, names: dict[tuple[Any, str], str]) -> str:
    if value in (None, ""):
        return "–"
    if column.is_relation:
        return names.get((column.related_model, str(value)), str(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.DateTimeField):
        return str(value)[:16].replace("T", " ")
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
