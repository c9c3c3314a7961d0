"""What a page about an uploaded file shows: its state, its problems in the reader's language, what it would change."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from people.actions.imports import MOST_TOLD
from people.bilingual import reader
from people.models.file_import import FileImport
from people.spreadsheets.columns import Column
from people.states import ImportState
from records.jobs import is_parked


def shown(
    upload: FileImport, columns: Sequence[Column], jobs: Sequence[str], label: Callable[[str], str]
) -> dict[str, Any]:
    """Context of people/import_show.html. `jobs` are the kinds of work on it; `label` names a changed field."""
    waits = upload.state in (ImportState.CHECKING, ImportState.APPLYING)
    return {
        "upload": upload,
        "waits": waits,
        "is_stuck": waits and is_parked(jobs, [str(upload.pk)]),
        "problems": _problems(upload, {column.key: column.head for column in columns}),
        "more_problems": upload.problem_count - len(upload.problems),
        "notes": [note[reader() == "fr"] for note in upload.notes],
        "changes_something": bool(upload.new_count or upload.changed_count),
        "rows": _preview(upload, label),
        "more_rows": max(0, upload.new_count + upload.changed_count - MOST_TOLD),
    }


def _problems(upload: FileImport, heads: dict[str, str]) -> list[tuple[int, str, str, str]]:
    """(row, head of the column, cell, message) in the reader's language."""
    french = reader() == "fr"
    return [(row, _head(column, heads), cell, fr if french else en) for row, column, cell, en, fr in upload.problems]


def _head(key: str, heads: dict[str, str]) -> str:
    if key.startswith("#"):
        return _("column %(number)s") % {"number": key[1:]}
    return heads.get(key, "")


def _preview(upload: FileImport, label: Callable[[str], str]) -> list[tuple[int, str, str, str, str]]:
    """(row, code, name, effect, changed fields) of what will be written."""
    french = reader() == "fr"
    return [
        (row, code, names[french], effect, ", ".join(label(name) for name in fields))
        for row, code, names, effect, fields in upload.preview
    ]
