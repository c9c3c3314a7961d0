"""CSV and TXT: UTF-8 that people read, and no web page under another name."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# How browsers recognise a page: after blanks, comments and declarations, one of these.
BEFORE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>|<!doctype\s+svg[^>\[]*(?:\[[^\]]*\])?\s*>)*", re.I | re.S)
PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|img|form|meta)\b", re.I
)
SVG = re.compile(rb"<(?:[a-z]+:)?svg\b", re.I)
MARK = b"\xef\xbb\xbf"
BEGINNING = 2_000


def check(content: bytes) -> None:
    """ValidationError for anything that is not UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise _no_text() from error
        raise ValidationError(
            _("The text is not in UTF-8. Save it as UTF-8 (in a spreadsheet: CSV UTF-8) and try again.")
        ) from error
    if CONTROLS.search(text):
        raise _no_text()


def _no_text() -> ValidationError:
    return ValidationError(_("This is not what its name says: the content is not text."))


def is_web_page(content: bytes) -> bool:
    """Whether a browser would take the content for HTML."""
    return bool(PAGE.match(_beginning(content)))


def is_svg(content: bytes) -> bool:
    """Whether the content is an SVG picture."""
    return bool(SVG.match(_beginning(content)))


def _beginning(content: bytes) -> bytes:
    start = content[:BEGINNING].removeprefix(MARK)
    before = BEFORE.match(start)
    return start[before.end() :] if before else start
