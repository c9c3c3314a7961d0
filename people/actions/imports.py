"""What every import of a file does inside the acts of its floor: keep it, note what was found, write all rows or none."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from people.bilingual import reader
from people.models.file_import import FileImport
from people.spreadsheets.files import check_kind
from people.spreadsheets.problems import Both, Problem, Unreadable, both
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


Trouble = Callable[[Line, Exception], list[Problem]]


class _TakenBack(Exception):
    """Ends the savepoint of rows that are not to stay."""


def write_lines(
    lines: Iterable[Line], enter: Callable[[Line], object], trouble: Trouble[Line], *, in_earnest: bool = True
) -> list[Problem]:
    """Write the rows; the first that is refused takes all others back, their events with them.

    Not `in_earnest`: every row is tried and all are taken back, so that a preview names whatever the acts would refuse.
    `trouble` says what was wrong with a row, by its cells.
    """
    found: list[Problem] = []
    events_before = len(running().events)  # type: ignore[union-attr]
    try:
        with transaction.atomic():
            for line in lines:
                try:
                    with nullcontext() if in_earnest else transaction.atomic():
                        enter(line)
                except (ValidationError, Conflict, Refused) as error:
                    found += trouble(line, error)
                    if in_earnest:
                        break
            if found or not in_earnest:
                raise _TakenBack
    except _TakenBack:
        del running().events[events_before:]  # type: ignore[union-attr]
    return found


def words_of(error: Exception) -> Both:
    """What an act refused, in the language it was refused in, for a page that is read in either."""
    return both("; ".join(error.messages) if isinstance(error, ValidationError) else str(error))


def counts_of(upload: FileImport) -> dict[str, list[object]]:
    """The state and the counts that are not zero, as changes of an event."""
    counts = {name: getattr(upload, name) for name in ("new_count", "changed_count", "same_count", "problem_count")}
    return {"state": [None, upload.state], **{name: [None, value] for name, value in counts.items() if value}}
