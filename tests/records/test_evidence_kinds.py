"""What is kept as evidence and what is refused, in which words (S-12): by name, by content, by both together."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from records.evidence import kinds
from tests.records import samples

PDF, PNG, JPEG, DOCX = samples.pdf(), samples.picture("PNG"), samples.picture("JPEG"), samples.docx()
SVG = b'<?xml version="1.0"?><!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
PAGE = b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>"
ZIP = samples.archive({"a.txt": b"a"})
BOMB = samples.docx(word__media__image1_dot_bmp=b"\0" * 40_000_000)

KEPT = {
    "Décision du comité.pdf": (PDF, "application/pdf"),
    "with a line after its end.pdf": (PDF + b"\r\n", "application/pdf"),
    "minutes v1.2.docx": (DOCX, kinds.WORD),
    "costs.xlsx": (samples.xlsx(), kinds.SHEET),
    "deck.pptx": (samples.pptx(), kinds.SLIDES),
    "screen.png": (PNG, "image/png"),
    "PHOTO.JPG": (JPEG, "image/jpeg"),
    "photo.jpeg": (JPEG + b"\0\0camera notes", "image/jpeg"),
    "figures.csv": ("année;coût\r\n2026;12\r\n".encode(), "text/csv"),
    "with a mark.csv": (b"\xef\xbb\xbfyear,cost\n", "text/csv"),
    "log of 2026-11-18.txt": (b"a < b, and 3 <html> tags were counted", "text/plain"),
}


@pytest.mark.parametrize("name", KEPT)
def test_good_file_is_kept_under_its_name(name):
    content, media_type = KEPT[name]
    assert kinds.check(name, content) == kinds.Checked(name, media_type, content)


NOT_KEPT = "Files of this kind are not kept here"
SVG_WORDS = "SVG pictures can carry programs"
PAGE_WORDS = "Web pages can carry programs"
MACRO_WORDS = "Documents with macros are not kept here"
OLD_WORDS = "Old office documents, and those with a password, cannot be checked"
TWO = "The name of the file has two extensions"
PATH = "The name of the file holds a path"
MIXED = "Something else stands before or after the document"
DAMAGED = "The file is damaged or cut off"
TOO_FAR = "The file unpacks to far more than a document does"
LOCKED = "The file has a password"
UTF8 = "The text is not in UTF-8"
NO_TEXT = "the content is not text"


def is_not(kind):
    return f"This is not what its name says: the content is not {kind}."


REFUSED = {
    "nothing in it": ("a.pdf", b"", "The file is empty."),
    "a program": ("setup.exe", b"MZ\x90\0", NOT_KEPT),
    "no extension": ("minutes", b"Minutes", NOT_KEPT),
    "a hidden file": (".pdf", PDF, NOT_KEPT),
    "an archive": ("all.zip", ZIP, NOT_KEPT),
    "SVG": ("logo.svg", SVG, SVG_WORDS),
    "SVG as PNG": ("logo.png", SVG, SVG_WORDS),
    "SVG as text": ("logo.txt", SVG, SVG_WORDS),
    "a page": ("page.html", PAGE, PAGE_WORDS),
    "a page as text": ("page.txt", PAGE, PAGE_WORDS),
    "a page as CSV": ("page.csv", b"<!-- x --><html><body>", PAGE_WORDS),
    "a page before a PDF": ("a.pdf", b"<html><script>1</script>" + PDF, PAGE_WORDS),
    "macros by name": ("a.docm", DOCX, MACRO_WORDS),
    "macros by part": ("a.docx", samples.docx(word__vbaProject_dot_bin=b"x"), MACRO_WORDS),
    "macros by type": ("a.docx", samples.docx(samples.MACROS), MACRO_WORDS),
    "macros of old": ("a.xlsx", samples.docx(xl__macrosheets__sheet1_dot_xml=b"x"), MACRO_WORDS),
    "old office by name": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD_WORDS),
    "old office or a password": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD_WORDS),
    "two extensions": ("report.exe.pdf", PDF, TWO),
    "two extensions, one of ours": ("report.pdf.docx", DOCX, TWO),
    "a stream of a file": ("report.php:x.pdf", PDF, TWO),
    "PNG as PDF": ("a.pdf", PNG, is_not("PDF")),
    "PDF as PNG": ("a.png", PDF, is_not("PNG")),
    "PDF as text": ("a.txt", PDF, is_not("TXT")),
    "text as PDF": ("a.pdf", b"just words", is_not("PDF")),
    "archive as DOCX": ("a.docx", ZIP, is_not("DOCX")),
    "XLSX as DOCX": ("a.docx", samples.xlsx(), is_not("DOCX")),
    "a program as text": ("a.txt", b"MZ\x90\0\0\0", NO_TEXT),
    "bells as text": ("a.csv", b"a\x07b", NO_TEXT),
    "Latin-1": ("a.csv", "année".encode("latin-1"), UTF8),
    "half a PDF": ("a.pdf", PDF[: len(PDF) // 2], DAMAGED),
    "no PDF after all": ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF", DAMAGED),
    "half a PNG": ("a.png", PNG[: len(PNG) // 2], DAMAGED),
    "half a JPEG": ("a.jpg", JPEG[: len(JPEG) // 2], DAMAGED),
    "half a DOCX": ("a.docx", DOCX[: len(DOCX) // 2], DAMAGED),
    "a DOCX with a wrong sum": ("a.docx", DOCX.replace(DOCX[60:64], b"\1\2\3\4", 1), DAMAGED),
    "an archive after a PDF": ("a.pdf", PDF + ZIP, MIXED),
    "an archive in a comment of a PDF": ("a.pdf", PDF + ZIP + b"%%EOF", MIXED),
    "an archive after a PNG": ("a.png", PNG + ZIP, MIXED),
    "a page after a JPEG": ("a.jpg", JPEG + b"<HTML><script>", MIXED),
    "something before a DOCX": ("a.docx", ZIP[:30] + DOCX, MIXED),
    "something after a DOCX": ("a.docx", DOCX + b"x", MIXED),
    "a bomb": ("a.docx", BOMB, TOO_FAR),
    "a picture too large": ("a.png", samples.huge_png(), "more than 100 million pixels"),
    "a PDF with a password": ("a.pdf", samples.pdf("secret"), LOCKED),
    "a part that climbs": ("a.docx", samples.docx(**{"..__..__evil_dot_txt": b"x"}), DAMAGED),
    "no main part": ("a.docx", samples.archive({"[Content_Types].xml": samples.TYPES.format("").encode()}), is_not("DOCX")),
    "300 characters": ("a" * 296 + ".pdf", PDF, "longer than 200 characters"),
    "a path": ("../../etc/cron.d/job.txt", b"x", PATH),
    "a path of Windows": ("..\\..\\boot.txt", b"x", PATH),
    "only dots": ("..", b"x", PATH),
    "no name": (" ", b"x", "The file has no name"),
    "turned round": ("annex\u202efdp.exe", b"MZ", NOT_KEPT),
    "turned round, two extensions": ("annex\u202e.exe\u202c.pdf", PDF, TWO),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_file_is_refused_in_exact_words(case):
    name, content, words = REFUSED[case]
    with pytest.raises(ValidationError) as refused:
        kinds.check(name, content)
    assert words in refused.value.message


@pytest.mark.parametrize(("name", "kept"), [
    ("re\u202eport\u202c.pdf", "report.pdf"),
    ("minutes\x00\r\n.pdf", "minutes.pdf"),
    ("  e\u0301tude\u200b.pdf ", "étude.pdf"),
    ('a "quoted" <b>.pdf', 'a "quoted" <b>.pdf'),
])  # fmt: skip
def test_name_is_kept_without_what_nobody_sees(name, kept):
    assert kinds.check(name, PDF).name == kept


def test_largest_file_is_a_setting(settings):
    settings.EVIDENCE_MAX_MB = 1
    kinds.check("a.txt", b"a" * 1_000_000)
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        kinds.check("a.txt", b"a" * 1_000_001)
    assert kinds.hint().endswith("at most 1 MB.")


def test_words_are_also_french():
    with translation.override("fr"), pytest.raises(ValidationError, match="macros"):
        kinds.check("a.docm", b"x")
