"""Who gets which answer from the addresses on which a memorandum is written and read; `mou` of the world is a draft."""

from typing import Any

from governance.mou_states import ClauseKind
from tests.config.url_matrix import LEADS, READERS, Row, department, posted, thing, word

# Who reads a draft: the team, who watches over it, the heads over the product, and the officials it names.
DRAFT_READERS = frozenset(READERS | {"sponsor", "cio", "cfo", "director_general", "portfolio_manager"})
WRITERS = frozenset(LEADS | {"portfolio_manager"})


def read(ok: int = 200, **names: Any) -> Row:
    return Row(allowed=DRAFT_READERS, readers=DRAFT_READERS, ok=ok, names={"key": thing("mou")} | names)


def write(ok: int = 200, **names: Any) -> Row:
    return Row(allowed=WRITERS, readers=DRAFT_READERS, ok=ok, names={"key": thing("mou")} | names)


def press(**names: Any) -> Row:
    return posted(key=thing("mou"), **names)


def sponsor(world: Any) -> Any:
    return world.mou.parties.get(side="sponsor").pk


def official(world: Any) -> Any:
    return world.mou.officials.first().pk


WRITING: dict[str, Row] = {
    "mou-home": department(),
    "mou-begin": posted(),
    "mou-detail": read(),
    "mou-read": read(),
    "mou-document": read(),
    "mou-changes": read(404),
    "mou-terms": write(),
    "mou-parties": write(),
    "mou-party-remove": press(party=sponsor),
    "mou-money": write(),
    "mou-amounts-add": write(party=sponsor),
    "mou-amounts": write(party=sponsor, source=lambda world: world.mou.amounts.first().source_id),
    "mou-officials": write(),
    "mou-official-add": write(),
    "mou-official-change": write(official=official),
    "mou-official-remove": press(official=official),
    "mou-section": read(number=word(8)),
    "mou-answer": write(clause=lambda world: world.mou.template.clauses.filter(kind=ClauseKind.PROMPT).first().pk),
    "mou-remark-settle": press(remark=thing("mou")),
    "mou-amend": write(),
    "mou-opened": write(404),
}
