"""Tables as spreadsheets: an empty one to fill in, or one that carries rows away; what each column wants on a second sheet.

Text that a spreadsheet would run gets an apostrophe before it (`people.listing.cell`), in workbooks too.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from people.listing import cell
from people.spreadsheets.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDTH = 28


def as_csv(columns: Sequence[Column]) -> bytes:
    """One line of heads, with the mark that lets spreadsheets read accents."""
    text = io.StringIO()
    csv.writer(text).writerow([column.head for column in columns])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(columns: Sequence[Column], title: str, rows: Iterable[Sequence[Any]] = ()) -> bytes:
    """The heads and the rows on the first sheet, which is called `title`; explanations on the second."""
    book = Workbook(write_only=True)
    heads = [column.head for column in columns]
    _write(book.create_sheet(title), heads, rows)
    told = [[column.head, _("yes") if column.required else _("no"), column.hint] for column in columns]
    _write(book.create_sheet(_("Explanations")), [_("Column"), _("Required"), _("What it holds")], told)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet.freeze_panes = "A2"
    for place in range(len(heads)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = WIDTH
    sheet.append([_bold(sheet, head) for head in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])


def _bold(sheet: Any, head: str) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value=head)
    made.font, made.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return made
