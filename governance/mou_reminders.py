"""Each day, those for whom a memorandum has waited for a while are reminded: to validate, to concur, to sign (ux.md A7)."""

from datetime import datetime
from typing import Any

from governance.models import Mou
from governance.mou.frozen import the_text
from governance.mou.turns import signing_of
from governance.mou.waited_for import tell_opinion_due, tell_signers
from governance.mou_states import MouState
from records import clock
from records.actors import SYSTEM
from records.jobs import daily

AFTER_DAYS = (3, 7, 14, 28)  # then no more: whoever is silent for a month is spoken to, not written to


@daily("governance.remind_of_memoranda")
def remind_of_memoranda(payload: dict[str, Any]) -> None:
    """One reminder to each person for each of these days of waiting; harmless when done before."""
    rows = Mou.objects.under_way().select_related("product").order_by("pk")
    for mou in rows.filter(state=MouState.IN_REVIEW):
        text = the_text(mou)
        if reached := days_reached(text.frozen_at):
            tell_opinion_due(mou, text, SYSTEM, again=f":{reached}")
    for mou in rows.filter(state=MouState.OUT_FOR_SIGNATURE):
        for step in signing_of(mou).now:
            if step.since and (reached := days_reached(step.since)):
                tell_signers(mou, SYSTEM, again=f":{reached}", steps=[step])


def days_reached(since: datetime) -> int:
    """The latest of the days of reminding that waiting `since` then has reached; 0 before the first."""
    days = (clock.now() - since).days
    return max((each for each in AFTER_DAYS if each <= days), default=0)
