"""What is wrong with a file or a cell, in both languages, so that the preview reads in either."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

Both = tuple[str, str]


def both(message: Any, params: dict[str, Any] | None = None) -> Both:
    """A lazily translated message in English and in French."""
    found = []
    for language in ("en", "fr"):
        with translation.override(language):
            # A lazy plural only knows its number once the parameters are there, so it is never made text before.
            found.append(str(message % params) if params else str(message))
    return found[0], found[1]


@dataclass(frozen=True)
class Problem:
    """Row as the spreadsheet numbers it (0: the whole file), key of the column or empty, the cell as it was.

    `is_date`: the cell holds a date of the spreadsheet, which is no problem in a column of dates.
    """

    row: int
    column: str
    cell: str
    message: Both
    is_date: bool = False

    def stored(self) -> list[Any]:
        return [self.row, self.column, self.cell[:100].replace("\x00", ""), *self.message]


class Unreadable(Exception):
    """The file cannot be read at all."""

    def __init__(self, message: Any, **params: Any) -> None:
        super().__init__(str(message))
        self.message = both(message, params)


def problem(row: int, column: str, cell: Any, message: Any, params: dict[str, Any] | None = None) -> Problem:
    return Problem(row, column, "" if cell is None else str(cell), both(message, params))
