"""PNG and JPEG: whole, of a size that can be shown, and nothing else in the same file."""

import io
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from records.evidence import faults

MOST_PIXELS = 100_000_000
ENDS = {"PNG": b"\x00\x00\x00\x00IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
FOREIGN = (b"<html", b"<script", b"<svg", b"<?php", b"%pdf-", b"pk\x03\x04")


def check(content: bytes, kind: str) -> None:
    """ValidationError for a picture that is damaged, cut off, too large to unpack, or stuck together with another file."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _check_pixels(picture)
            picture.verify()
        if kind == "JPEG":
            _read_through(content)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise faults.damaged() from error
    _check_end(content, kind)


def _check_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    words = _("The picture has more than %(limit)d million pixels. Save it smaller.")
    return ValidationError(words % {"limit": MOST_PIXELS // 1_000_000})


def _read_through(content: bytes) -> None:
    """Read the whole picture at an eighth of its size: a cut one fails, and a large one takes little memory."""
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
        picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()


def _check_end(content: bytes, kind: str) -> None:
    """A PNG ends with its last chunk. Cameras add to a JPEG after its end, but never a page, a program or an archive."""
    _picture, end, after = content.rpartition(ENDS[kind])
    if not end:
        raise faults.damaged()
    stuck = after if kind == "PNG" else any(sign in after.lower() for sign in FOREIGN)
    if stuck or zipfile.is_zipfile(io.BytesIO(content)):
        raise faults.mixed()
