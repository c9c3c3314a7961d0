"""Genuine or altered, in force or not: what the public page and the command answer (decisions.md §2).

The bytes that were sealed are kept, so their hash decides; no PDF that a stranger sends is ever opened. A file that is not
among them but says a number of ours was altered.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import IO

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from records.identity import ALPHABET
from records.models import Seal, Standing
from records.states import StandingState

NUMBER = re.compile(rb"GH-[%(a)s]{4}-[%(a)s]{4}-[%(a)s]{4}" % {b"a": ALPHABET.encode()})
HASH = re.compile(r"[0-9a-f]{64}")
LONGEST = 200  # of a number or hash as people type it, spaces included
MOST_NUMBERS = 20
PIECE, OVERLAP = 1 << 20, 32


class Answer(TextChoices):
    CURRENT = "current", _("Genuine and in force")
    SUPERSEDED = "superseded", _("Genuine, superseded")
    ENDED = "ended", _("Genuine, no longer in force")
    ALTERED = "altered", _("Altered: this is not the file that was sealed")
    UNKNOWN = "unknown", _("Unknown: nothing sealed here has this number or hash, or is this file")


@dataclass(frozen=True)
class Verdict:
    """An answer and, for a genuine document, how it was sealed and since when it stands as it does."""

    answer: Answer
    seal: Seal | None = None
    standing: Standing | None = None

    @property
    def is_genuine(self) -> bool:
        return self.seal is not None


UNKNOWN, ALTERED = Verdict(Answer.UNKNOWN), Verdict(Answer.ALTERED)
BY_STATE = {
    StandingState.CURRENT: Answer.CURRENT,
    StandingState.SUPERSEDED: Answer.SUPERSEDED,
    StandingState.ENDED: Answer.ENDED,
}


def of_text(typed: str) -> Verdict:
    """The verdict on a number, or on the SHA-256 of a sealed file or of the text it holds; case and spaces are forgiven."""
    plain = "".join(typed[:LONGEST].split())
    if HASH.fullmatch(plain.lower()):
        return _of_hash(plain.lower())
    if not NUMBER.fullmatch(plain.upper().encode("ascii", "replace")):
        return UNKNOWN
    return _of_seal(_seals().filter(document__number=plain.upper()).first())


def of_file(file: IO[bytes]) -> Verdict:
    """The verdict on a file: by its hash; with a number of ours in it and another hash, altered. Read piece by piece."""
    digest, numbers, tail = hashlib.sha256(), set[bytes](), b""
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        if len(numbers) < MOST_NUMBERS:
            numbers.update(NUMBER.findall(tail + piece))
        tail = piece[-OVERLAP:]
    same = _seals().filter(document__sha256=digest.hexdigest()).first()
    if same:
        return _of_seal(same)
    known = [each.decode() for each in sorted(numbers)[:MOST_NUMBERS]]
    return ALTERED if known and _seals().filter(document__number__in=known).exists() else UNKNOWN


def _seals():  # type: ignore[no-untyped-def]
    return Seal.objects.select_related("document").defer("document__content", "certificate")


def _of_hash(plain: str) -> Verdict:
    same = _seals().filter(document__sha256=plain).first()
    return _of_seal(same or _seals().filter(text_sha256=plain).first())


def _of_seal(seal: Seal | None) -> Verdict:
    """Genuine; whether in force says the last standing noted."""
    if seal is None:
        return UNKNOWN
    standing = Standing.objects.filter(document=seal.document_id).first()
    return Verdict(BY_STATE[StandingState(standing.state)] if standing else Answer.CURRENT, seal, standing)
