"""From bytes to rows of text: XLSX and CSV, in the encodings and with the separators spreadsheets write.

A formula is never taken for what it shows: such a cell is a problem. Everything else arrives as text.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from people.spreadsheets.problems import Both, Problem, Unreadable, both, problem

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_UNPACKED = 100 * 1024 * 1024
MOST_SCANNED = 20_000  # rows of a sheet, empty ones too: one far below would be reached through all that are above it
MOST_PROBLEMS = 10_000  # nobody reads more, and a file may hold millions
FORMULA_STARTS = ("=", "@", "\t", "\r")
QUOTED = ("=", "+", "-", "@")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ERRORS = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    SyntaxError,
    AttributeError,
    EOFError,
    IndexError,
    ArithmeticError,
    RuntimeError,
    zlib.error,
)


@dataclass
class Table:
    """`rows` are (number in the spreadsheet, cells as text); the first is the head."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Both] = field(default_factory=list)


def is_workbook(content: bytes) -> bool:
    return content[:4] == b"PK\x03\x04"


def read(content: bytes) -> Table:
    """The rows of a file. Raises Unreadable when it is no table, or too long."""
    table = _from_workbook(content) if is_workbook(content) else _from_text(content)
    if len(table.rows) > MOST_ROWS + 1:
        raise Unreadable(_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
    return table


def check_kind(content: bytes) -> None:
    """Refuse at once what cannot be an inventory: an empty file, an old or packed-up workbook, a picture."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if is_workbook(content):
        _check_workbook(content)
    else:
        _decode(content)


def _check_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            names = {info.filename for info in infos}
    except ERRORS as error:
        raise Unreadable(_("This workbook is damaged; save it anew as XLSX or CSV.")) from error
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is no Excel workbook. Upload an XLSX or a CSV file."))
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Unreadable(_("This workbook unpacks to an unreasonable size."))


def _from_workbook(content: bytes) -> Table:
    """The first sheet, opened twice: as formulas to find them, as values to read."""
    _check_workbook(content)
    table = Table()
    try:
        formulas = {
            (number, place): getattr(cell.value, "text", cell.value)
            for number, cells in _cells(content, values=False)
            for place, cell in enumerate(cells)
            if _is_formula(cell)
        }
        for number, cells in _cells(content, values=True):
            texts = [_text(cell.value) for cell in cells]
            if any(texts):
                table.rows.append((number, texts))
                wrong = [_of_cell(number, place, cell) for place, cell in enumerate(cells) if _is_wrong(cell)]
                table.problems += wrong[: MOST_PROBLEMS - len(table.problems)]
    except ERRORS as error:
        raise Unreadable(_("This workbook is damaged; save it anew as XLSX or CSV.")) from error
    room = MOST_PROBLEMS - len(table.problems)
    table.problems += [
        problem(number, str(place), text, FORMULA) for (number, place), text in islice(sorted(formulas.items()), room)
    ]
    return table


def _cells(content: bytes, *, values: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_SCANNED:
            raise Unreadable(
                _("The sheet goes on beyond row %(most)s. Delete what is below the table."), most=MOST_SCANNED
            )
        found += any(cell.value is not None for cell in cells)
        if found > MOST_ROWS + 1:
            raise Unreadable(_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
        yield number, cells
    book.close()


def _is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f" or (isinstance(cell.value, str) and cell.value.startswith("="))


def _is_wrong(cell: Any) -> bool:
    return isinstance(cell.value, date | datetime | time | bool) or getattr(cell, "data_type", "") == "e"


def _of_cell(number: int, place: int, cell: Any) -> Problem:
    wrong = (
        _("This cell holds an error of the spreadsheet.")
        if getattr(cell, "data_type", "") == "e"
        else _("This cell holds a date or a yes/no value; text is expected.")
    )
    return replace(problem(number, str(place), cell.value, wrong), is_date=isinstance(cell.value, date))


FORMULA = _("This cell holds a formula. Paste its value instead.")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return _unquoted(str(value))


def _from_text(content: bytes) -> Table:
    text, notes = _decode(content)
    table = Table(notes=notes)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, cells in enumerate(lines, start=1):
            if len(table.rows) > MOST_ROWS + 1:
                break
            if any(cell.strip() for cell in cells):
                table.rows.append((number, [_unquoted(cell) for cell in cells[:MOST_COLUMNS]]))
                active = [place for place, cell in enumerate(cells[:MOST_COLUMNS]) if _looks_active(cell)]
                room = MOST_PROBLEMS - len(table.problems)
                table.problems += [problem(number, str(place), cells[place], FORMULA) for place in active[:room]]
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)s is not valid CSV: a quotation mark is not closed."), line=lines.line_num
        ) from error
    return table


def _decode(content: bytes) -> tuple[str, list[Both]]:
    """The text of a CSV file, and a note where its encoding had to be guessed."""
    if content[:4] == OLD_EXCEL:
        raise Unreadable(_("This is a workbook of an old version of Excel. Save it as XLSX or CSV."))
    notes: list[Both] = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise Unreadable(
                _("The file is neither UTF-8 nor Windows text. Save it as “CSV UTF-8” or XLSX.")
            ) from error
        notes.append(
            both(
                _("The file is not UTF-8; it was read as Windows text (cp1252). Look at the accents before you import.")
            )
        )
    if any(ord(each) < 32 and each not in "\t\r\n" for each in text):
        raise Unreadable(_("This is no table. Upload an XLSX or a CSV file."))
    return text, notes


def _separator(text: str) -> str:
    """What separates cells in the head: French spreadsheets write semicolons."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _unquoted(cell: str) -> str:
    """A cell without the apostrophe that our own export puts before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(QUOTED) else text


def _looks_active(cell: str) -> bool:
    """Whether a spreadsheet would run the cell. Telephone numbers and signed numbers only look like it."""
    text = cell.lstrip(" ")
    if text.startswith(FORMULA_STARTS):
        return bool(text.strip())
    return text[:1] in ("+", "-") and any(each.isalpha() or each in "=@|!" for each in text)
