"""Who gets which answer from the addresses of the risk register and of one risk."""

from typing import Any

from tests.config.url_matrix import LEADS, TEAM, Row, posted, thing
from tests.config.url_matrix_registers import OVERSEERS, of_register


def kept(ok: int = 200, **names: Any) -> Row:
    """For the team; refused to the register's other readers, not there for the rest."""
    return Row(allowed=frozenset(TEAM), readers=OVERSEERS, ok=ok, names={"key": thing("risk")} | names)


def accepted(**names: Any) -> Row:
    """For whom the rule of the band names: the risk of this world is high, so the head of the branch."""
    return Row(allowed=frozenset({"sponsor"}), readers=OVERSEERS, names={"key": thing("accepted_risk")} | names)


RISKS: dict[str, Row] = {
    "risk-list": of_register(),
    "risk-quality": of_register(),
    "risk-detail": of_register(key=thing("risk")),
    "risk-add": Row(allowed=frozenset(TEAM), readers=OVERSEERS),
    "risk-change": kept(),
    "risk-score": kept(),
    "risk-review": kept(),
    "risk-escalate": Row(allowed=frozenset(LEADS), readers=OVERSEERS, names={"key": thing("risk")}),
    "risk-issue": kept(),
    "risk-close": kept(),
    "risk-reopen": kept(key=thing("closed_risk")),
    "risk-accept": accepted(),
    "risk-acceptance-withdraw": accepted(),
    "mitigation-add": kept(),
    "mitigation-change": kept(mitigation=thing("mitigation")),
    "mitigation-move": posted(key=thing("risk"), mitigation=thing("mitigation")),
}
