"""The process that sets documents: `python -m records.typesetter`, asked through its standard input by `records.pdf`.

It holds the renderer and the typeface ready and sets each document in a child of its own, which may take only so much memory
and so long (trust.md S-09). So a document that cannot be set ends that child and nothing else. It knows nothing of Django, of
the database or of settings; nothing but the typeface and the paper style is fetched. It ends with who started it.
"""

import gc
import io
import json
import logging
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import fontpkg_noto_sans
import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from records.typesetter_talk import ANSWER, FAILED, QUESTION, SET, TOO_LONG, TOO_MUCH

# Cutting a typeface stamps it with the time of day; a fixed one keeps the same content the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1000000000")
FONTS = Path(fontpkg_noto_sans.ROOT) / "files"
STYLE = Path(__file__).resolve().parent.parent / "static" / "paper.css"
OWN_FILES = {
    "paper:NotoSans.ttf": FONTS / "NotoSans[wdth,wght].ttf",
    "paper:NotoSans-Italic.ttf": FONTS / "NotoSans-Italic[wdth,wght].ttf",
}
TYPEFACE = """
@font-face { font-family: "Noto Sans"; src: url("paper:NotoSans.ttf"); font-weight: 100 900; font-style: normal }
@font-face { font-family: "Noto Sans"; src: url("paper:NotoSans-Italic.ttf"); font-weight: 100 900; font-style: italic }
"""

COLD = "cold"


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
    style = STYLE.read_text("utf-8")
    return fonts, [CSS(string=text, font_config=fonts, url_fetcher=OwnFilesOnly()) for text in (TYPEFACE, style)]


def typeset(html: str, variant: str) -> bytes:
    """`html` as a tagged PDF of `variant` ("pdf/ua-1", "pdf/a-3a"), in this process and without limits."""
    fonts, sheets = _paper()
    with collecting_later():
        pdf = HTML(string=html, url_fetcher=OwnFilesOnly()).write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant=variant
        )
        return with_repaired_tags(pdf)


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


def set_apart(html: bytes, variant: str, seconds: int, memory: int) -> bytes:
    """The answer to one question, made by a child that may take `seconds` and `memory` bytes more than this process has."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _in_child(theirs, html, variant, seconds, memory)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as pipe:
        made = _read_until(pipe, time.monotonic() + seconds)
    os.kill(child, signal.SIGKILL)  # over, or over its time
    os.waitpid(child, 0)
    if made is None:
        return ANSWER.pack(TOO_LONG, 0, 0)
    return whole(made)


def whole(made: bytes) -> bytes:
    """The answer of a child, where it is as long as it says; one that was ended before its last word had too little memory."""
    if len(made) >= ANSWER.size:
        _how, said, rest = ANSWER.unpack_from(made)
        if len(made) == ANSWER.size + said + rest:
            return made
    return ANSWER.pack(TOO_MUCH, 0, 0)


def _read_until(pipe: Any, deadline: float) -> bytes | None:
    """All that comes until the other end closes; None when that is not before the deadline."""
    found: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        part = pipe.read(1 << 20)
        if not part:
            return b"".join(found)
        found.append(part)
    return None


def _in_child(pipe: int, html: bytes, variant: str, seconds: int, memory: int) -> None:
    """Set the document, write the answer and end, whatever happens."""
    said: list[str] = []
    try:
        _limit(seconds, memory)
        logging.getLogger("weasyprint").addHandler(_Listener(said))
        how, rest = SET, typeset(html.decode(), variant)
    except (MemoryError, RecursionError):
        how, rest = TOO_MUCH, b""
    except BaseException as error:  # noqa: BLE001 - whatever it was, who asked is to hear of it
        how, rest = FAILED, f"{type(error).__name__}: {error}".encode(errors="replace")
    told = json.dumps(said[:100]).encode()
    with os.fdopen(pipe, "wb") as out:
        out.write(ANSWER.pack(how, len(told), len(rest)) + told + rest)
    os._exit(0)


def _limit(seconds: int, memory: int) -> None:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Listener(logging.Handler):
    """Keeps what the renderer says, for who asked."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage()[:500])


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer one question after the other until there is nobody who asks."""
    while len(question := asked.read(QUESTION.size)) == QUESTION.size:
        variant, seconds, memory, length = QUESTION.unpack(question)
        html = asked.read(length)
        answer = set_apart(html, variant.rstrip(b"\0").decode(), seconds, memory)
        try:
            answered.write(answer)
            answered.flush()
        except BrokenPipeError:  # who asked was killed meanwhile
            os._exit(0)


def main() -> None:
    """Warm up, then serve. A renderer that begins threads of its own cannot be copied warm: then it begins anew, cold."""
    listeners = logging.getLogger("weasyprint")
    listeners.handlers, listeners.propagate = [logging.NullHandler()], False
    if COLD not in sys.argv:
        typeset('<html lang="en"><title>-</title><p>Éa <b>b</b> <i>i</i></p>', "pdf/ua-1")
        if len(os.listdir("/proc/self/task")) > 1:
            os.execv(sys.executable, [sys.executable, "-m", "records.typesetter", COLD])  # noqa: S606 - ourselves
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
