"""Tagged PDF from our own templates (PDF/UA-1, ISO 14289-1), set by a process apart within limits (records.typesetter).

A process is started with the first document and kept for the next ones. There are at most MOST_AT_ONCE beside one worker,
however many threads ask: the others wait for their turn, and not for ever, because each of them answers nobody meanwhile.
"""

import atexit
import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from records.jobs import Denied
from records.refusals import Busy, Conflict
from records.typesetter_talk import ANSWER, FAILED, QUESTION, SET, TOO_LONG

MEGABYTE = 1024 * 1024
MOST_AT_ONCE = 2
GRACE_SECONDS = 30  # for a process to begin and to end; one that takes longer has lost its way
TURN_SECONDS = 10  # how long anybody looks at a page that does nothing
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)  # each process keeps its memory to the end of the worker
_idle: dict[int, list[subprocess.Popen[bytes]]] = {}  # by process: a copy of this one must not speak through its pipes


class TooMuch(Conflict, Denied):
    """The document takes more time or memory to set than a document may (trust.md S-09)."""


def render_pdf(template: str, context: dict[str, Any], *, language: str, archival: bool = False) -> bytes:
    """Render `template` in `language` ("en" or "fr") as PDF/UA-1; the same content gives the same bytes.

    `archival` renders PDF/A-3a instead, which records.seals completes and seals. Raises TooMuch beyond PDF_SECONDS and
    PDF_MEMORY_MB.
    """
    return _laid_out(html_of(template, context, language=language), "pdf/a-3a" if archival else "pdf/ua-1")


@lru_cache(maxsize=16)
def _laid_out(html: str, variant: str) -> bytes:
    """The document of `html`. The last few are kept: a paper that says nothing new is not laid out again for each reader."""
    return set_within_limits(html, variant)


def forget_papers() -> None:
    """Keep none of the last papers: who measures the layout wants it done each time."""
    _laid_out.cache_clear()


def html_of(template: str, context: dict[str, Any], *, language: str) -> str:
    with translation.override(language):
        return render_to_string(template, {**context, "language": language})


def render_on_one_page(template: str, context: dict[str, Any], *, language: str, settings: tuple[str, ...]) -> bytes:
    """Render `template` with the first of the `settings` (its variable `setting`) that fits one page, else with the last."""
    pdf = b""
    for setting in settings:
        pdf = render_pdf(template, {**context, "setting": setting}, language=language)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if len(document.pages) == 1:
                break
    return pdf


def set_within_limits(html: str, variant: str) -> bytes:
    """The PDF of `html`. Raises TooMuch; Busy; RuntimeError with what the renderer said when it failed otherwise."""
    if not _turns.acquire(timeout=TURN_SECONDS):
        raise Busy(_("Other documents are being made just now, and yours did not get its turn."))
    try:
        how, said, rest = _answer(html.encode(), variant)
    finally:
        _turns.release()
    for line in json.loads(said or b"[]"):
        logging.getLogger("weasyprint").error(line)
    if how == SET:
        return rest
    if how == FAILED:
        raise RuntimeError(f"The document could not be set: {rest.decode(errors='replace')[:500]}")
    if how == TOO_LONG:
        raise TooMuch(_("This document takes more than %(most)s seconds to set.") % {"most": settings.PDF_SECONDS})
    raise TooMuch(_("This document takes more memory to set than a document may."))


def _answer(html: bytes, variant: str) -> tuple[bytes, bytes, bytes]:
    """What a process that waits says, or a new one where none does; it waits again afterwards, unless asking it failed."""
    idle = _idle.setdefault(os.getpid(), [])
    process = next((each for each in _taken(idle) if each.poll() is None), None) or _start()
    watch = threading.Timer(settings.PDF_SECONDS + GRACE_SECONDS, process.kill)
    watch.start()
    try:
        answer = _ask(process, html, variant)
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        watch.cancel()
    idle.append(process)
    return answer


def _taken(idle: list[subprocess.Popen[bytes]]) -> Iterator[subprocess.Popen[bytes]]:
    """One after the other, until none is left; another thread may take the last one at any moment."""
    while True:
        try:
            process = idle.pop()
        except IndexError:
            return
        yield process


def _start() -> subprocess.Popen[bytes]:
    """In a session of its own: what stops us from the keyboard lets a document be finished."""
    return subprocess.Popen(
        [sys.executable, "-m", "records.typesetter"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR, start_new_session=True,
    )  # fmt: skip


def _ask(process: subprocess.Popen[bytes], html: bytes, variant: str) -> tuple[bytes, bytes, bytes]:
    asked, answered = process.stdin, process.stdout
    if asked is None or answered is None:
        raise RuntimeError("The process that sets documents has no pipes.")
    memory = settings.PDF_MEMORY_MB * MEGABYTE
    asked.write(QUESTION.pack(variant.encode(), settings.PDF_SECONDS, memory, len(html)) + html)
    asked.flush()
    how, said, rest = ANSWER.unpack(_read(answered, ANSWER.size))
    return how, _read(answered, said), _read(answered, rest)


def _read(answered: IO[bytes], length: int) -> bytes:
    """All of it: what a process that ends leaves half said is no document."""
    found = answered.read(length)
    if len(found) < length:
        raise RuntimeError("The process that sets documents has ended.")
    return found


@atexit.register
def _dismiss() -> None:
    """Let go of the processes that wait; a document that is being set is finished for nobody."""
    for process in _idle.pop(os.getpid(), []):
        process.communicate()
