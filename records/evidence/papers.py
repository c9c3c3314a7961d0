"""PDF: readable, whole, without a password, and nothing else in the same file."""

import io
import zipfile

import pikepdf

from records.evidence import faults

BLANK = b"\0\t\n\f\r "


def check_pdf(content: bytes) -> None:
    """ValidationError for a PDF that is damaged, cut off, locked, or stuck together with another file."""
    body, end, after = content.rpartition(b"%%EOF")
    if not end:
        raise faults.damaged()
    if after.strip(BLANK) or zipfile.is_zipfile(io.BytesIO(content)):
        raise faults.mixed()
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise faults.locked() from error
    except (pikepdf.PdfError, ValueError) as error:
        raise faults.damaged() from error
    if not body or not pages:
        raise faults.damaged()
