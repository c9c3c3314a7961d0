"""The system's own records as frozen PDF: which kinds there are (decisions.md §2).

Each package registers its kinds in `AppConfig.ready`. This floor knows none of them: a product and a person are whatever
the packages above say they are.

    frozen.kinds()                          # [("strategy", "Strategy"), …] in the reader's language
    frozen.choices("budget", product, person)  # what this person may freeze of this product
    frozen.digest("budget", key)            # what the record says today; another digest means changed since
    records.actions.freezing.freeze(kind=…, key=…, product=…, language="en", by=person)   # Frozen, with its Document
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from records.models import Document


@dataclass(frozen=True)
class Choice:
    """One record of a product that can be frozen now. `key` names the living record, `digest` what it says today."""

    key: str
    title: str
    version: str
    digest: str


@dataclass(frozen=True)
class Frozen:
    """A record as it was frozen: the document, and what the record said then."""

    kind: str
    key: str
    version: str
    digest: str
    document: Document


class Freezable:
    """A kind of record. `label` is a lazy text; the other parts are said by the package that owns the record."""

    kind: str
    label: Any

    def choices(self, product: Any, person: Any) -> list[Choice]:
        """What there is to freeze of `product` and `person` may read, titles in the reader's language."""
        raise NotImplementedError

    def digest(self, key: str) -> str:
        """A text that is another one as soon as the record says something else; empty when it is gone."""
        raise NotImplementedError

    def render(self, key: str, language: str) -> bytes:
        """The record as tagged PDF in "en" or "fr"."""
        raise NotImplementedError

    def stored_as(self, key: str, digest: str) -> tuple[str, str]:
        """Kind and subject of the document, so that the same content is stored once."""
        return f"frozen {self.kind}", fingerprint(key, digest)


KINDS: dict[str, Freezable] = {}


def register(freezable: Freezable) -> None:
    """Make a kind known; called once, when its package is ready."""
    KINDS[freezable.kind] = freezable


def kinds() -> list[tuple[str, str]]:
    """Every kind with its label in the reader's language, in the order of the floors."""
    return [(kind, str(each.label)) for kind, each in KINDS.items()]


def label(kind: str) -> str:
    """The kind in the reader's language; its code when the package that knew it is gone."""
    return str(KINDS[kind].label) if kind in KINDS else kind


def choices(kind: str, product: Any, person: Any) -> list[Choice]:
    """See Freezable.choices. Raises LookupError for a kind that nobody registered."""
    return KINDS[kind].choices(product, person)


def digest(kind: str, key: str) -> str:
    """What the record says today; empty when it is gone. Raises LookupError for an unknown kind."""
    return KINDS[kind].digest(key)


def fingerprint(*parts: Any) -> str:
    """SHA-256 over the parts, as 64 hexadecimal digits: for digests and for subjects of documents."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
