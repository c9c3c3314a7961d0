"""DOCX, XLSX and PPTX: an archive with the right parts, no macros, no password, and no more in it than a document has."""

import io
import zipfile
import zlib
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

from records.evidence import faults
from records.evidence.naming import no_macros

TYPES = "[Content_Types].xml"
MAIN = {
    f"application/vnd.openxmlformats-officedocument.{part}.main+xml": kind
    for part, kind in {
        "wordprocessingml.document": "docx",
        "spreadsheetml.sheet": "xlsx",
        "presentationml.presentation": "pptx",
    }.items()
}
MOST_PARTS = 5_000
MOST_EXPANDED = 250_000_000
UNSUSPICIOUS = 20_000_000  # below this no ratio is looked at: a short document of spaces packs very well
MOST_RATIO = 100
STEP = 1_000_000


def check(content: bytes, kind: str) -> None:
    """ValidationError for what is no whole document of `kind`, or one with macros, a password or a bomb in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_shape(content, archive, parts)
            _check_names(parts)
            _read_all(archive, parts, len(content))
            _check_types(archive, parts, kind)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise faults.damaged() from error


def _check_shape(content: bytes, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """The archive begins with the file and ends with it."""
    if not parts:
        raise faults.damaged()
    if min(part.header_offset for part in parts) > 0 or archive.comment or not content[-22:].startswith(b"PK\x05\x06"):
        raise faults.mixed()
    if any(part.flag_bits & 1 for part in parts):
        raise faults.locked()


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise faults.unpacks_too_far()
    for part in parts:
        name = part.filename.lower()
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise faults.damaged()
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name:
            raise ValidationError(no_macros())


def _read_all(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> None:
    """Unpack everything once, counting: what an archive says of its own size may be a lie, its checksums are not."""
    most = min(MOST_EXPANDED, max(UNSUSPICIOUS, packed * MOST_RATIO))
    if sum(part.file_size for part in parts) > most or sum(part.compress_size for part in parts) > packed:
        raise faults.unpacks_too_far()
    seen = 0
    for part in parts:
        with archive.open(part) as unpacked:
            while step := unpacked.read(STEP):
                seen += len(step)
                if seen > most:
                    raise faults.unpacks_too_far()


def _check_types(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: str) -> None:
    names = {part.filename.lower(): part.file_size for part in parts}
    if names.get(TYPES.lower(), STEP + 1) > STEP:
        raise faults.not_of(kind)
    types = _content_types(archive)
    if any("macroenabled" in each or "vbaproject" in each for each in types.values()):
        raise ValidationError(no_macros())
    main = [part for part, each in types.items() if MAIN.get(each) == kind]
    if len(main) != 1 or main[0] not in names:
        raise faults.not_of(kind)


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part or extension → content type, in small letters."""
    try:
        root: Any = ElementTree.fromstring(archive.read(TYPES))
    except (ElementTree.ParseError, DefusedXmlException, KeyError) as error:
        raise faults.damaged() from error
    found = {}
    for each in root:
        part = each.get("PartName") or f".{each.get('Extension')}"
        found[part.lower().removeprefix("/")] = str(each.get("ContentType")).lower()
    return found
