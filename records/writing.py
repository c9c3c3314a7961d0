"""The one writer of governed rows (decisions.md §18).

Validates, compares the version under a row lock, stamps who and when, keeps history at the act's instant, and turns a
constraint that only a race can meet into the same message the form would have given.
"""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import CheckViolation

from records import clock
from records.actors import Actor
from records.models import Governed
from records.refusals import Conflict, Stale

G = TypeVar("G", bound=Governed)
OWN_FIELDS = {"id", "version", "created_at", "changed_at", "changed_by_id", "changed_by_name"}


def save(obj: Governed, *, by: Actor, expected: int | None = None) -> dict[str, list[Any]]:
    """Write `obj` as `by`; return what changed, field → [before, after].

    `expected` is the version the person saw. Raises Stale when the row has moved on since, ValidationError when a rule
    of the model is broken, Conflict when another act took the place in the same moment.
    """
    before = None if obj._state.adding else _locked(obj, expected)
    changes = difference(before, obj)
    if before is not None and not changes:
        return {}
    obj.version = (before.version if before else 0) + 1
    obj.changed_at, obj.changed_by_id, obj.changed_by_name = clock.now(), str(by.pk), by.get_full_name()
    if before is None:
        obj.created_at = obj.changed_at
    obj.clean_before_writing()
    obj._history_date, obj._history_user = obj.changed_at, by
    write(obj)
    # What history leaves out (a password, the bytes of a file) is written, but has no place in the trail either.
    return {name: pair for name, pair in changes.items() if name not in getattr(obj, "NO_HISTORY", ())}


def _locked(obj: G, expected: int | None) -> G:
    current = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    if current.version != (obj.version if expected is None else expected):
        raise Stale(
            _("This was changed by %(name)s on %(when)s while you were working.")
            % {"name": current.changed_by_name, "when": f"{timezone.localtime(current.changed_at):%Y-%m-%d %H:%M}"},
            current=current,
        )
    return current


def difference(before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """Field → [before, after] for each concrete field that differs."""
    found = {}
    for field in after._meta.concrete_fields:
        if field.name in OWN_FIELDS:
            continue
        old, new = getattr(before, field.attname) if before else None, field.to_python(getattr(after, field.attname))
        if old != new and not (before is None and new in (None, "", [], {})):
            found[field.name] = [old, new]
    return found


def write(obj: models.Model) -> None:
    """Save inside a savepoint; a broken constraint becomes a Conflict with the constraint's own words.

    A broken check is no race but a rule of the row: it becomes the ValidationError that asking beforehand would have raised.
    """
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError as error:
        if isinstance(error.__cause__, CheckViolation):
            obj.validate_constraints()
        raise Conflict(constraint_message(type(obj), error)) from error


def constraint_message(model: type[models.Model], error: IntegrityError) -> str:
    """The human message of the constraint that `error` names, else a general one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    return _("Somebody else did the same thing in the same moment. Look again before you try once more.")


def remove(obj: Governed, *, by: Actor) -> None:
    """Delete a row that is only an arrangement (a link, an unpublished line); its history stays."""
    obj._history_date, obj._history_user = clock.now(), by
    models.Model.delete(obj)


def messages_of(error: ValidationError) -> list[str]:
    """Every message of a validation error as plain text."""
    return [str(message) for message in error.messages]
