"""A lead brings a risk before a board; the chair reads it where the vote is, and is asked until when it is accepted."""

from datetime import date, timedelta

import pytest

from governance.actions.boards import give_competence
from governance.models import Review
from governance.states import DecisionKind
from records.actors import SYSTEM
from tests.governance.before_board import voted
from tests.governance.risk_world import DIT, a_risk, an_activity
from tests.walks.walk import ONCE, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_of_a_risk_before_a_board(walk, town, cast, language, width):
    give_competence(board=town.board, kind=DecisionKind.RISK_ESCALATION, by=SYSTEM)
    first = an_activity(cast, what_fr="Réindexer")
    risk = a_risk(cast, strategy="mitigate", first=first, owner=cast.it_manager, impact_areas=["legal"], **DIT)
    way = walk("product_manager", language, width)
    way.go("risk-escalate", "JSA", risk.pk)
    way.click(way.page.locator("main form .actions button"))
    shown(way, "escalate-wrong")
    way.page.fill("[name=until]", (date.today() + timedelta(days=90)).isoformat())
    way.click(way.page.locator("main form .actions button"))
    shown(way, "escalated")
    way.press("Check and submit")
    way.press("Submit to the board")
    point = voted(town, review=Review.objects.get(risk=risk))
    chair = walk("chair", language, width)
    chair.go("point-detail", point.pk)
    shown(chair, "point")
    chair.go("point-decide", point.pk)
    shown(chair, "decide")
    way.go("risk-detail", "JSA", risk.pk)
