"""Meetings of the board in the world of the address matrix: one that is over with its minutes, one that is voting."""

from typing import Any

from governance.actions.decisions import decide_review
from governance.actions.meetings import close_meeting
from governance.actions.minutes import draft_minutes
from tests.governance.before_board import another_product, called, submitted, voted, voting
from tests.governance.town import Town

WHY = {"rationale_en": "Not enough people.", "rationale_fr": "Trop peu de gens."}


def add_meetings(town: Town) -> dict[str, Any]:
    """A decided point with the minutes of its meeting, a vote that is closed, and one that is open."""
    decided = voted(town, review=submitted(town, gate=7))
    decision = decide_review(point=decided, outcome="deferred", by=town.chair, **WHY)
    past = close_meeting(meeting=decided.meeting, by=town.secretary)
    minutes = draft_minutes(meeting=past, by=town.secretary)
    product = another_product(town)
    closed = voted(town, review=submitted(town, gate=2, product=product))
    point = voting(town, submitted(town, gate=3, product=product))
    return {
        "meeting": called(town),
        "past_meeting": past,
        "minutes": minutes,
        "decision": decision,
        "voted_point": closed,
        "point": point,
    }
