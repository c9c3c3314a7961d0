"""Somebody of the team raises a risk, scores it from the list, reads its history, accepts and closes it."""

from datetime import date

import pytest

from governance.actions.risk_scores import review_risk, score_risk
from governance.models import Risk
from records import clock
from tests.governance.risk_world import DIT, SAID, a_risk, an_activity, noon
from tests.walks.walk import ONCE_NARROW, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def risk(cast):
    """Scored three times over a year; its review and its activity are late."""
    said = {**SAID, **DIT}
    with clock.at(noon("2025-11-03")):
        first = an_activity(cast, due_on=date(2026, 5, 1), what_fr="Réindexer")
        found = a_risk(
            cast, strategy="mitigate", first=first, owner=cast.it_manager, impact_areas=["legal", "media"], **said
        )
    for day, likelihood, note in (("2026-02-02", 5, "Deux plaintes."), ("2026-06-01", 3, "L’index est scindé.")):
        with clock.at(noon(day)):
            score_risk(risk=found, scores={"current": (likelihood, 4)}, note=note, by=cast.product_manager)
    with clock.at(noon("2026-07-01")):
        review_risk(risk=found, note="Tient toujours.", by=cast.product_manager)
    return found


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_of_a_risk(walk, cast, risk, language, width):
    way = walk("product_manager", language, width)
    way.go("risk-add", "JSA")
    shown(way, "add")
    way.click(way.page.locator("main form .actions button"))
    shown(way, "add-wrong")
    for part, words in (("given", "Un"), ("event", "Deux"), ("consequence", "Trois")):
        way.page.fill(f"[name={part}_{language}]", words)
    way.page.select_option("[name=category]", "people")
    for name in ("current_likelihood", "current_impact"):
        way.page.check(f"[name={name}][value='2']")
    way.click(way.page.locator("main form .actions button"))
    way.go("risk-list", "JSA")
    way.page.locator("details.quick summary").first.click()
    way.look()
    shown(way, "list")
    way.page.select_option("details.quick [name=current_impact]", "5")
    way.click(way.page.locator("details.quick button").first)
    shown(way, "score-wrong")
    way.page.fill("textarea[name=note]", "Au tribunal." if language == "fr" else "Before a court.")
    way.click(way.page.locator("main form .actions button"))
    way.go("risk-detail", "JSA", risk.pk)
    shown(way, "detail")
    way.go("risk-quality", "JSA")
    shown(way, "quality")
    way.go("risk-close", "JSA", risk.pk)
    way.page.fill("textarea[name=reason]", "Fini." if language == "fr" else "Done.")
    way.click(way.page.locator("main form .actions button"))
    assert Risk.objects.get(pk=risk.pk).state == "closed"
