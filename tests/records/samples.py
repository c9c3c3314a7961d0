"""Small files of every kind that is kept, and ways to spoil them."""

import io
import zipfile
import zlib

import openpyxl
import pikepdf
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
PART = '<Override PartName="/{}" ContentType="application/vnd.{}+xml"/>'
WORD = PART.format("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main")
SLIDES = PART.format("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.presentation.main")
MACROS = PART.format("word/document.xml", "ms-word.document.macroEnabled.main")


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def docx(types: str = WORD, **extra: bytes) -> bytes:
    """A document; `extra` parts by name, with / written as __ and . as _dot_."""
    more = {name.replace("__", "/").replace("_dot_", "."): content for name, content in extra.items()}
    return archive({"[Content_Types].xml": TYPES.format(types).encode(), "word/document.xml": b"<w/>"} | more)


def pptx() -> bytes:
    return archive({"[Content_Types].xml": TYPES.format(SLIDES).encode(), "ppt/presentation.xml": b"<p/>"})


def xlsx() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Cost"
    book.save(buffer)
    return buffer.getvalue()


def pdf(password: str = "") -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(buffer, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return buffer.getvalue()


def picture(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).save(buffer, kind)
    return buffer.getvalue()


def huge_png() -> bytes:
    """A picture that says it has 400 million pixels, and is otherwise in order."""
    small = picture("PNG")
    head = b"IHDR" + (20_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + head + zlib.crc32(head).to_bytes(4, "big") + small[33:]
