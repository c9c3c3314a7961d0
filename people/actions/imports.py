"""What every import of a file does inside the acts of its floor: keep it, note what was found, write all rows or none."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from people.bilingual import reader
from people.models.file_import import FileImport
from people.spreadsheets.files import check_kind
from people.spreadsheets.problems import Problem, Unreadable, both
from people.spreadsheets.report import CHANGED, NEW, SAME, Report
from people.states import IMPORT_MOVES, ImportState
from records import clock
from records.actors import Actor
from records.acts import running
from records.moves import check_move
from records.refusals import Conflict, Refused

MOST_TOLD = 500
Line = TypeVar("Line")


def put_file(*, upload: FileImport, file_name: str, content: bytes, by: Actor) -> None:
    """Put the file into a new row. ValidationError on `file` for what cannot be a table."""
    try:
        check_kind(content)
    except Unreadable as error:
        raise ValidationError({"file": error.message[reader() == "fr"]}) from error
    upload.file_name, upload.content = file_name[-200:], content
    upload.sha256 = hashlib.sha256(content).hexdigest()
    upload.uploaded_at, upload.uploaded_by_id = clock.now(), str(by.pk)
    upload.uploaded_by_name = by.get_full_name()


def report_of(read: Callable[[], Report[Line]]) -> Report[Line]:
    """What reading and checking found; a file that is no table is one problem of the whole file."""
    try:
        return read()
    except Unreadable as error:
        return Report(problems=[Problem(0, "", "", error.message)])


def put_report(
    *, upload: FileImport, report: Report[Any], state: ImportState, preview: list[list[Any]], by: Actor
) -> None:
    """Note what was found, and what became of the file."""
    check_move(IMPORT_MOVES, upload.state, state)
    upload.state, upload.notes = state, [list(note) for note in report.notes]
    found = sorted(report.problems, key=lambda each: each.row)
    upload.problems, upload.problem_count = [each.stored() for each in found[:MOST_TOLD]], len(found)
    upload.preview = preview
    upload.new_count, upload.changed_count = report.count(NEW), report.count(CHANGED)
    upload.same_count = report.count(SAME)
    if state == ImportState.APPLIED:
        upload.applied_at, upload.applied_by_id = clock.now(), str(by.pk)


def write_lines(lines: Iterable[Line], enter: Callable[[Line], object], named: Callable[[Line], Any]) -> list[Problem]:
    """Write the rows inside a savepoint; the first that fails takes all others back, their events with them.

    `named` gives the row's number and what it calls itself.
    """
    events_before = len(running().events)  # type: ignore[union-attr]
    line: Line | None = None
    try:
        with transaction.atomic():
            for line in lines:
                enter(line)
    except (ValidationError, Conflict, Refused) as error:
        del running().events[events_before:]  # type: ignore[union-attr]
        words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        number, name = named(line) if line is not None else (0, "")
        return [Problem(number, "", name, both(words))]
    return []


def counts_of(upload: FileImport) -> dict[str, list[object]]:
    """The state and the counts that are not zero, as changes of an event."""
    counts = {name: getattr(upload, name) for name in ("new_count", "changed_count", "same_count", "problem_count")}
    return {"state": [None, upload.state], **{name: [None, value] for name, value in counts.items() if value}}
