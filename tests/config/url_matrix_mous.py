"""Who gets which answer from the addresses of a memorandum on its way to signature; it stands there as a draft."""

from typing import Any
from uuid import UUID

from tests.config.url_matrix import CHANGERS, REVIEW_READERS, Row, posted, thing, word

NOBODY = word(UUID(int=1))


def read(ok: int = 200, **names: Any) -> Row:
    """Who reads unfinished memoranda; for the others it is not there."""
    return Row(
        allowed=frozenset(REVIEW_READERS),
        readers=frozenset(REVIEW_READERS),
        ok=ok,
        names={"key": thing("mou")} | names,
    )


def some(allowed: set[str], ok: int = 200, **names: Any) -> Row:
    """Some of its readers; refused to the others."""
    return Row(
        allowed=frozenset(allowed), readers=frozenset(REVIEW_READERS), ok=ok, names={"key": thing("mou")} | names
    )


def signs() -> Row:
    """Whoever looks before it is out for signature is led to who signs."""
    return read(302, official=lambda world: world.mou.officials.filter(role="signatory").first().pk)


SIGNING: dict[str, Row] = {
    "mou-review": read(),
    "mou-send": posted(key=thing("mou")),
    "mou-validate": some({"director_general"}, 302, party=lambda world: world.mou.parties.get(side="sponsor").pk),
    "mou-concur": some({"cfo"}, 302),
    "mou-committee": posted(key=thing("mou")),
    "mou-reopen": some(CHANGERS, 302),
    "mou-send-out": posted(key=thing("mou")),
    "mou-void": some(CHANGERS),
    "mou-text": read(404, number=word(1)),
    "mou-signing": read(302),
    "mou-copy-file": read(404, signature=NOBODY),
    "mou-sign": signs(),
    "mou-decline": signs(),
    "mou-copy": signs(),
}
