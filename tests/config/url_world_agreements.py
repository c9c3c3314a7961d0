"""A memorandum in force for the addresses of its life, with a transfer booked and its end proposed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from governance.actions.mou_ending import TEXTS, propose_termination
from governance.models import MouTransfer
from governance.mou_states import Side
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.cast import Cast
from tests.governance.mou_rows import memorandum


def add_agreements(cast: Cast) -> dict[str, Any]:
    """Name → row."""
    today = clock.today()
    mou = memorandum(cast, "in_force", first_year=2026, last_year=2028)
    transfer = MouTransfer(product=cast.product, number=mou.number, branch=cast.branch, fiscal_year=2026, kind="salary")
    transfer.amount, transfer.transferred_on = Decimal(100), today
    save(transfer, by=SYSTEM)
    party = mou.parties.get(side=Side.SPONSOR)
    words = dict.fromkeys(TEXTS, "Because")
    propose_termination(
        mou=mou, party=party, effective_on=today + timedelta(days=9), by=cast.people["sponsor"], **words
    )
    return {"mou_in_force": mou, "transfer": transfer, "it_party": mou.parties.get(side=Side.IT)}
