"""Who gets which answer from matrices of risks and from the files that carry registers."""

from tests.config.url_matrix import READERS, Row, staff

OVERSEERS = frozenset(READERS | {"sponsor", "director_general", "cio", "cfo", "portfolio_manager", "executive"})


def of_register(ok: int = 200, **names) -> Row:
    """The team and whoever oversees the product; for the rest it is not there."""
    return Row(allowed=OVERSEERS, readers=OVERSEERS, ok=ok, names=names)


REGISTERS: dict[str, Row] = {
    # Everybody may look: at the registers they read, which may be none.
    "risk-overview": staff(),
    "risk-matrix": of_register(),
}
