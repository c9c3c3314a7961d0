"""Who gets which answer from matrices of risks and from the files that carry registers."""

from typing import Any

from tests.config.url_matrix import READERS, TEAM, Row, posted, staff, thing, word

OVERSEERS = frozenset(READERS | {"sponsor", "director_general", "cio", "cfo", "portfolio_manager", "executive"})


def of_register(ok: int = 200, **names: Any) -> Row:
    """The team and whoever oversees the product; for the rest it is not there."""
    return Row(allowed=OVERSEERS, readers=OVERSEERS, ok=ok, names=names)


def of_keepers(**names: Any) -> Row:
    """The team; refused to those who only read, for the rest it is not there."""
    return Row(allowed=frozenset(TEAM), readers=OVERSEERS, names=names)


REGISTERS: dict[str, Row] = {
    # Everybody may look: at the registers they read, which may be none.
    "risk-overview": staff(),
    "risk-overview-file": staff(kind=word("csv")),
    "risk-matrix": of_register(),
    "risk-file": of_register(kind=word("csv")),
    "risk-import": of_keepers(),
    "risk-import-template": of_keepers(kind=word("csv")),
    # One's own uploads only.
    "risk-import-detail": Row(
        allowed=frozenset({"product_manager"}),
        readers=frozenset({"product_manager"}),
        names={"pk": thing("risk_import")},
    ),
    "risk-import-confirm": posted(pk=thing("risk_import")),
}
