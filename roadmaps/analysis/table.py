"""The findings of an edition as a table to take away: CSV and XLSX, heads and texts in the reader's language."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from people.bilingual import other, reader
from people.listing import cell
from roadmaps.analysis.expecting import Pair
from roadmaps.models import ImpactEdition

WIDTHS = (10, 10, 28, 40, 40, 16, 14, 40, 40)


def said(pair: Pair) -> str:
    """The reader's text, else the other one."""
    return pair[reader()] or pair[other(reader())]


def rows_of(edition: ImpactEdition) -> list[list[str]]:
    """The head and one row for each finding; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    head = [_("Release"), _("Outcome"), _("Name"), _("Expected"), _("Observed"), _("Verdict"), _("Effect"), _("Evidence"),
            _("Where the evidence is")]  # fmt: skip
    number = edition.content["release"]["number"]
    rows = [
        [
            number,
            each["code"],
            said(each["name"]),
            said(each["expected"]),
            said(each["observed"]),
            said(each["verdict_words"]),
            said(each["effect_words"]),
            said(each["evidence"]),
            each["link"] or (each["file"] or {}).get("name", ""),
        ]
        for each in edition.findings
    ]
    return [[str(cell(value)) for value in row] for row in (head, *rows)]


def as_csv(edition: ImpactEdition) -> bytes:
    """With the mark that lets spreadsheets read accents (RFC 4180)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows_of(edition))
    return text.getvalue().encode("utf-8-sig")


def as_workbook(edition: ImpactEdition) -> bytes:
    """One sheet; every cell is text."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Findings")
    for row in rows_of(edition):
        sheet.append(row)
    for cells, width in zip(sheet.columns, WIDTHS, strict=True):
        sheet.column_dimensions[cells[0].column_letter].width = width
        cells[0].font = Font(bold=True)
        for each in cells:
            each.data_type, each.alignment = "s", Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
