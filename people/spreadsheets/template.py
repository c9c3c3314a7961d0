"""The empty file to fill in: heads in the reader's language, and what each column wants on a second sheet."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from people.spreadsheets.columns import Column


def as_csv(columns: Sequence[Column]) -> bytes:
    """One line of heads, with the mark that lets spreadsheets read accents."""
    text = io.StringIO()
    csv.writer(text).writerow([column.head for column in columns])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(columns: Sequence[Column], title: str) -> bytes:
    """The heads on the first sheet, which is called `title`; explanations on the second."""
    book = Workbook()
    sheet, notes = book.active, book.create_sheet(_("Explanations"))
    sheet.title = title
    sheet.append([column.head for column in columns])
    notes.append([_("Column"), _("Required"), _("What it holds")])
    for column in columns:
        notes.append([column.head, _("yes") if column.required else _("no"), column.hint])
    for page in (sheet, notes):
        for cell in page[1]:
            cell.font = Font(bold=True)
            page.column_dimensions[cell.column_letter].width = 28
        page.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
