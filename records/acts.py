"""One act, one transaction, its audit events beside its rows.

`@act` wraps every public action. The outermost act opens the transaction, claims the form token (a second click on the
same form finds it taken), collects the audit events of everything it calls and writes them last, chain by chain in sorted
order, so that two acts never wait for each other in a circle. What a rule forbids rolls the act back and is then recorded alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg.errors import ForeignKeyViolation

from records.refusals import AlreadyDone, Conflict, Remembered

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Act:
    """What the running outermost act has gathered so far."""

    events: list[Any] = field(default_factory=list)


_running: ContextVar[Act | None] = ContextVar("running_act", default=None)
form_token: ContextVar[str] = ContextVar("form_token", default="")


def running() -> Act | None:
    """The outermost act in progress, if any."""
    return _running.get()


def _claim(token: str) -> None:
    from records.models import FormToken

    try:
        with transaction.atomic():
            FormToken.objects.create(token=token)
    except IntegrityError as error:
        raise AlreadyDone(token) from error


@contextmanager
def performing() -> Iterator[Act]:
    """Run a block as (part of) one act."""
    from records.trail import write_events

    outer = _running.get()
    if outer is not None:
        yield outer
        return
    mine, token = Act(), form_token.get()
    marker = _running.set(mine)
    try:
        with transaction.atomic():
            if token:
                _claim(token)
            yield mine
            write_events(mine.events)
        # One form, one act: what else the same request does is no second sending.
        form_token.set("")
    except IntegrityError as error:
        # What a row points at is asked for when the act commits: meanwhile somebody may have taken it away.
        if isinstance(error.__cause__, ForeignKeyViolation):
            raise Conflict(
                _("Somebody else did the same thing in the same moment. Look again before you try once more.")
            ) from error
        raise
    finally:
        _running.reset(marker)


def act(action: Callable[P, T]) -> Callable[P, T]:
    """Make `action` one act. Raises what the action raises; what a rule forbade is recorded once everything is rolled back."""

    @wraps(action)
    def perform(*args: P.args, **kwargs: P.kwargs) -> T:
        outermost = running() is None
        try:
            with performing():
                return action(*args, **kwargs)
        except Remembered as refusal:
            refusal.act = refusal.act or action.__name__
            refusal.by = refusal.by or kwargs.get("by")
            refusal.subject = refusal.subject or _subject_of(kwargs)
            if outermost:
                note_refusal(refusal)
            raise

    perform.is_act = True  # type: ignore[attr-defined]
    return perform


def _subject_of(named: dict[str, Any]) -> Any:
    """What an act is about: the first record it was given that has a chain; `by` comes after all others."""
    return next((each for name, each in named.items() if name != "by" and hasattr(each, "chain")), None)


def note_refusal(refusal: Remembered) -> None:
    """Record the refusal on its subject, once; nothing when it has no chain."""
    from records.trail import record

    if refusal.is_noted:
        return
    refusal.is_noted = True

    subject = refusal.subject or refusal.by
    if subject is None or not hasattr(subject, "chain"):
        return
    form_token.set("")
    with performing():
        record(
            gettext_noop("act refused"),
            on=subject,
            by=refusal.by,
            changes={"act": [None, refusal.act]},
            reason=str(refusal.reason),
        )
