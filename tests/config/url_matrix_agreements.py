"""Who gets which answer from the addresses of a memorandum in force: its transfers, its end."""

from typing import Any

from tests.config.url_matrix import LEADS, Row, department, only, posted, thing

# The CFO signs for the CIO while the delegation of this world lasts.
FOR_IT = {"cio", "cfo"}


def living(**names: Any) -> dict[str, Any]:
    return {"key": thing("mou_in_force")} | names


LIVING: dict[str, Row] = {
    "mou-transfers": department(**living()),
    "mou-transfer-book": only(LEADS | {"cfo"}, **living()),
    "mou-transfer-correct": only(LEADS | {"cfo"}, **living(transfer=thing("transfer"))),
    "mou-transfer-remove": only(LEADS | {"cfo"}, **living(transfer=thing("transfer"))),
    "mou-log": department(**living()),
    "mou-log-describe": only(LEADS | {"portfolio_manager"}, **living()),
    "mou-sign-again": posted(**living()),
    "mou-as-amended": department(),
    "mou-end": department(**living()),
    "mou-end-propose": only(FOR_IT | {"sponsor"}, **living()),
    "mou-end-consent": only(FOR_IT, **living(party=thing("it_party"))),
    "mou-end-withdraw": only(FOR_IT | {"sponsor"}, **living()),
}
