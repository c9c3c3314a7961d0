"""Who gets which answer from the addresses of a memorandum: written and signed it is a draft, in force another one."""

from typing import Any
from uuid import UUID

from governance.mou_states import ClauseKind
from tests.config.url_matrix import CHANGERS, LEADS, REVIEW_READERS, Row, department, only, posted, thing, word

NOBODY = word(UUID(int=1))
# The CFO signs for the CIO while the delegation of this world lasts.
FOR_IT = {"cio", "cfo"}


def some(allowed: set[str], ok: int = 200, **names: Any) -> Row:
    """Some of those who read a draft: the team, its watchers, the heads over the product. Refused to the others of them."""
    readers = frozenset(REVIEW_READERS)
    return Row(allowed=frozenset(allowed), readers=readers, ok=ok, names={"key": thing("mou")} | names)


def read(ok: int = 200, **names: Any) -> Row:
    """All who read a draft; for others it is not there."""
    return some(REVIEW_READERS, ok, **names)


def press(**names: Any) -> Row:
    return posted(key=thing("mou"), **names)


def signs() -> Row:
    """Whoever looks before it is out for signature is led to who signs."""
    return read(302, official=lambda world: world.mou.officials.filter(role="signatory").first().pk)


def living(**names: Any) -> dict[str, Any]:
    return {"key": thing("mou_in_force")} | names


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
    "mou-terms": some(CHANGERS),
    "mou-parties": some(CHANGERS),
    "mou-party-remove": press(party=sponsor),
    "mou-money": some(CHANGERS),
    "mou-amounts-add": some(CHANGERS, party=sponsor),
    "mou-amounts": some(CHANGERS, party=sponsor, source=lambda world: world.mou.amounts.first().source_id),
    "mou-officials": some(CHANGERS),
    "mou-official-add": some(CHANGERS),
    "mou-official-change": some(CHANGERS, official=official),
    "mou-official-remove": press(official=official),
    "mou-section": read(number=word(8)),
    "mou-answer": some(
        CHANGERS, clause=lambda world: world.mou.template.clauses.filter(kind=ClauseKind.PROMPT).first().pk
    ),
    "mou-remark-settle": press(remark=thing("mou")),
    "mou-amend": some(CHANGERS),
    "mou-opened": some(CHANGERS, 404),
}

SIGNING: dict[str, Row] = {
    "mou-review": read(),
    "mou-send": press(),
    "mou-validate": some({"director_general"}, 302, party=sponsor),
    "mou-concur": some({"cfo"}, 302),
    "mou-committee": press(),
    "mou-reopen": some(CHANGERS, 302),
    "mou-send-out": press(),
    "mou-void": some(CHANGERS),
    "mou-text": read(404, number=word(1)),
    "mou-signing": read(302),
    "mou-ask": read(302),
    "mou-copy-file": read(404, signature=NOBODY),
    "mou-sign": signs(),
    "mou-decline": signs(),
    "mou-copy": signs(),
}

LIVING: dict[str, Row] = {
    "mou-transfers": department(**living()),
    "mou-transfer-book": only(LEADS | {"cfo"}, **living()),
    "mou-transfer-correct": only(LEADS | {"cfo"}, **living(transfer=thing("transfer"))),
    "mou-transfer-remove": only(LEADS | {"cfo"}, **living(transfer=thing("transfer"))),
    "mou-review-note": only(LEADS | {"portfolio_manager"}, **living()),
    "mou-log": department(**living()),
    "mou-log-describe": only(LEADS | {"portfolio_manager"}, **living()),
    "mou-sign-again": posted(**living()),
    "mou-as-amended": department(),
    "mou-end": department(**living()),
    "mou-end-propose": only(FOR_IT | {"sponsor"}, **living()),
    "mou-end-consent": only(FOR_IT, **living(party=thing("it_party"))),
    "mou-end-withdraw": only(FOR_IT | {"sponsor"}, **living()),
}
