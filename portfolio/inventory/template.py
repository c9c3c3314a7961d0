"""The empty file to fill in: heads in the reader's language, and what each column wants on a second sheet."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from people.bilingual import reader
from portfolio.inventory.columns import COLUMNS


def as_csv() -> bytes:
    """One line of heads, with the mark that lets spreadsheets read accents."""
    text = io.StringIO()
    csv.writer(text).writerow([column.head for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def as_workbook() -> bytes:
    """The heads on the first sheet, explanations on the second."""
    book = Workbook()
    sheet, notes = book.active, book.create_sheet(_("Explanations"))
    sheet.title = _("Products")
    sheet.append([column.head for column in COLUMNS])
    notes.append([_("Column"), _("Required"), _("What it holds")])
    for column in COLUMNS:
        notes.append(
            [
                column.head,
                _("yes") if column.required else _("no"),
                column.hint_fr if reader() == "fr" else column.hint_en,
            ]
        )
    for page in (sheet, notes):
        for cell in page[1]:
            cell.font = Font(bold=True)
            page.column_dimensions[cell.column_letter].width = 28
        page.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
