"""Tagged PDF from our own templates (PDF/UA-1, ISO 14289-1). Nothing but the typeface and the paper style is fetched."""

import gc
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Cutting a typeface stamps it with the time of day; a fixed one keeps the same content the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1000000000")
FONTS = Path(fontpkg_noto_sans.ROOT) / "files"
OWN_FILES = {
    "paper:NotoSans.ttf": FONTS / "NotoSans[wdth,wght].ttf",
    "paper:NotoSans-Italic.ttf": FONTS / "NotoSans-Italic[wdth,wght].ttf",
}
TYPEFACE = """
@font-face { font-family: "Noto Sans"; src: url("paper:NotoSans.ttf"); font-weight: 100 900; font-style: normal }
@font-face { font-family: "Noto Sans"; src: url("paper:NotoSans-Italic.ttf"); font-weight: 100 900; font-style: italic }
"""


class OwnFilesOnly(URLFetcher):
    """Refuses every address but our own files; a document made from people's text must never reach out."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url in OWN_FILES:
            return URLFetcherResponse(url, OWN_FILES[url].open("rb"), {"Content-Type": "font/ttf"})
        raise ValueError(f"A document may not fetch {url[:80]!r}.")


@cache
def _paper() -> tuple[FontConfiguration, list[CSS]]:
    """The typeface and the paper style, read once per process."""
    fonts = FontConfiguration()
    style = (Path(settings.BASE_DIR) / "static" / "paper.css").read_text("utf-8")
    return fonts, [CSS(string=text, font_config=fonts, url_fetcher=OwnFilesOnly()) for text in (TYPEFACE, style)]


def render_pdf(template: str, context: dict[str, Any], *, language: str, archival: bool = False) -> bytes:
    """Render `template` in `language` ("en" or "fr") as PDF/UA-1; the same content gives the same bytes.

    `archival` renders PDF/A-3a instead, which records.seals completes and seals.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "language": language})
    return _laid_out(html, "pdf/a-3a" if archival else "pdf/ua-1")


@lru_cache(maxsize=16)
def _laid_out(html: str, variant: str) -> bytes:
    """The document of `html`. The last few are kept: a paper that says nothing new is not laid out again for each reader."""
    fonts, sheets = _paper()
    with collecting_later():
        pdf = HTML(string=html, url_fetcher=OwnFilesOnly()).write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant=variant
        )
        return with_repaired_tags(pdf)


def forget_papers() -> None:
    """Keep none of the last papers: who measures the layout wants it done each time."""
    _laid_out.cache_clear()


def render_on_one_page(template: str, context: dict[str, Any], *, language: str, settings: tuple[str, ...]) -> bytes:
    """Render `template` with the first of the `settings` (its variable `setting`) that fits one page, else with the last."""
    pdf = b""
    for setting in settings:
        pdf = render_pdf(template, {**context, "setting": setting}, language=language)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if len(document.pages) == 1:
                break
    return pdf


@contextmanager
def collecting_later() -> Iterator[None]:
    """Hold the garbage collector while one document is laid out: its many small boxes live to the end, and looking through
    them again and again takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def with_repaired_tags(pdf: bytes) -> bytes:
    """What the renderer leaves out of the tags.

    Each table header cell gets its scope: column in a head row, else row (ISO 32000-1, 14.8.5.7). A drawing without a name
    is decoration beside its word, so it becomes a span that says nothing instead of a figure that should (14.9.4).
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is not None:
            _repair(root, in_head=False)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _repair(element: pikepdf.Object, *, in_head: bool) -> None:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            continue
        head = in_head or kid.S == "/THead"
        if kid.S == "/TH":
            kid.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Column if head else pikepdf.Name.Row)
        if kid.S == "/Figure" and "/Alt" not in kid:
            kid.S, kid.ActualText = pikepdf.Name.Span, pikepdf.String("")
        _repair(kid, in_head=head)
