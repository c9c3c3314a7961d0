"""What may be kept as evidence: an allow-list of kinds, each told by its content and held against its name (trust.md S-12)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.evidence import faults, office, pictures, texts
from records.evidence.naming import clean_name, extension, no_old_office, no_svg, no_web_page
from records.evidence.papers import check_pdf

MEGABYTE = 1_000_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Check = Callable[[bytes], None]

# extension → (media type, how the content begins, the check of its structure); nothing begins a text
KINDS: dict[str, tuple[str, bytes, Check]] = {
    "pdf": ("application/pdf", b"%PDF-", check_pdf),
    "docx": (WORD, b"PK\x03\x04", lambda content: office.check(content, "docx")),
    "xlsx": (SHEET, b"PK\x03\x04", lambda content: office.check(content, "xlsx")),
    "pptx": (SLIDES, b"PK\x03\x04", lambda content: office.check(content, "pptx")),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n", lambda content: pictures.check(content, "PNG")),
    "jpg": ("image/jpeg", b"\xff\xd8\xff", lambda content: pictures.check(content, "JPEG")),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff", lambda content: pictures.check(content, "JPEG")),
    "csv": ("text/csv", b"", texts.check),
    "txt": ("text/plain", b"", texts.check),
}
ACCEPT = ",".join(f".{each}" for each in KINDS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes


def check(name: str, content: bytes) -> Checked:
    """Refuse what is not, by name and by content, one whole file of a kind on the list. ValidationError in exact words."""
    name = clean_name(name)
    suffix = extension(name)
    if not content:
        raise ValidationError(_("The file is empty."))
    check_size(len(content))
    media_type, beginning, check_structure = KINDS[suffix]
    _refuse_disguise(content, suffix, beginning)
    check_structure(content)
    return Checked(name, media_type, content)


def check_size(size: int) -> None:
    """Refuse more than EVIDENCE_MAX_MB."""
    if size > settings.EVIDENCE_MAX_MB * MEGABYTE:
        raise ValidationError(
            _("The file is larger than %(limit)d MB, the most that is kept here.") % {"limit": settings.EVIDENCE_MAX_MB}
        )


def hint() -> str:
    """What a form says beside its file field."""
    return _("PDF, DOCX, XLSX, PPTX, PNG, JPEG, CSV or TXT, at most %(limit)d MB.") % {
        "limit": settings.EVIDENCE_MAX_MB
    }


def _refuse_disguise(content: bytes, suffix: str, beginning: bytes) -> None:
    if texts.is_svg(content):
        raise ValidationError(no_svg())
    if texts.is_web_page(content):
        raise ValidationError(no_web_page())
    if content.startswith(OLE):
        raise ValidationError(no_old_office())
    others = {start for _type, start, _check in KINDS.values() if start and start != beginning}
    if not content.startswith(beginning) or any(content.startswith(start) for start in others):
        raise faults.not_of(suffix)
