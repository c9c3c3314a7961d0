"""What checking a file found before anything is written: the columns it has, its bad cells, the lines that would be written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.spreadsheets.columns import Column, heads_of, plain
from people.spreadsheets.files import Table, read
from people.spreadsheets.problems import Both, Problem, problem

NEW, CHANGED, SAME = "new", "changed", "same"
Line = TypeVar("Line")


@dataclass
class Report(Generic[Line]):
    """`lines` stand in the order in which they are to be written; each says its `effect`."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Both] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def count(self, effect: str) -> int:
        return sum(line.effect == effect for line in self.lines)  # type: ignore[attr-defined]


@dataclass
class Cells:
    """The rows of a file by their number, each as key of a column → text; `given` are the columns the file has."""

    given: set[str] = field(default_factory=set)
    rows: dict[int, dict[str, str]] = field(default_factory=dict)


def cells_of(content: bytes, columns: Sequence[Column], report: Report[Any]) -> Cells:
    """The rows of a file, none when its head is wrong; what is wrong goes into `report`. Raises Unreadable for no table."""
    table = read(content)
    report.notes = table.notes
    if not table.rows:
        report.problems.append(problem(0, "", "", _("The file has no rows.")))
        return Cells()
    keys = _heads(table, columns, report)
    dates = {column.key for column in columns if column.is_date}
    placed = [_placed(each, keys) for each in table.problems]
    report.problems += [each for each in placed if not (each.is_date and each.column in dates)]
    if any(each.row <= table.rows[0][0] for each in report.problems):
        return Cells()
    rows = {number: _row(keys, texts) for number, texts in table.rows[1:]}
    if not rows:
        report.problems.append(problem(0, "", "", _("The file has a head and no rows.")))
    return Cells({key for key in keys if key}, rows)


def _heads(table: Table, columns: Sequence[Column], report: Report[Any]) -> list[str]:
    """The column key of each place; unknown, repeated and missing heads are problems of the first row."""
    number, texts = table.rows[0]
    known, by_key = heads_of(columns), {column.key: column for column in columns}
    keys = [known.get(plain(text), "") for text in texts]
    for place, (text, key) in enumerate(zip(texts, keys, strict=True)):
        if text and not key:
            report.problems.append(problem(number, f"#{place + 1}", text, _("There is no column with this head.")))
    for key, times in Counter(key for key in keys if key).items():
        if times > 1:
            report.problems.append(problem(number, key, by_key[key].en, _("This column stands there more than once.")))
    report.problems += [
        problem(number, column.key, "", _("This column is missing."))
        for column in columns
        if column.required and column.key not in keys
    ]
    return keys


def _placed(found: Problem, keys: list[str]) -> Problem:
    """A problem of the file's n-th place, as one of a column."""
    place = int(found.column)
    key = keys[place] if place < len(keys) and keys[place] else f"#{place + 1}"
    return replace(found, column=key)


def _row(keys: list[str], texts: list[str]) -> dict[str, str]:
    return {key: text for key, text in zip(keys, texts, strict=False) if key}


Errors = dict[str, list[ValidationError]]


def note_errors(found: dict[int, Errors], cells: Cells, report: Report[Any]) -> None:
    """Name each bad cell of each row once: one that holds a formula is no code or name either."""
    named = {(each.row, each.column) for each in report.problems}
    for number, errors in found.items():
        for name, several in errors.items():
            if (number, name) not in named:
                text = cells.rows[number].get(name, "")
                flat = [each for error in several for each in error.error_list]
                report.problems += [problem(number, name, text, each.message, each.params) for each in flat]
