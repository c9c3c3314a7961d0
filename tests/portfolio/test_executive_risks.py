"""What the executive view says of risks, releases and outcomes that users confirmed: on that day, for those who may read it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from governance.actions.risk_scores import score_risk
from governance.reading.delivered import delivered_told, delivered_words
from records import clock
from roadmaps.actions.outcomes import close_outcome, start_outcome
from roadmaps.actions.releases import make_release, plan_release
from tests.governance.risk_world import DIT, a_risk, an_activity
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, approve, open_with_outcome

EARLIER = datetime(2026, 9, 14, 14, 0, tzinfo=UTC)


@pytest.fixture
def year(cast):
    """An approved year with two risks, one of them scored anew in November."""
    with clock.at(EARLIER):
        outcome = open_with_outcome(cast)
        add_milestones(outcome, cast, 3)
        approve(outcome, cast)
        a_risk(cast, strategy="mitigate", first=an_activity(cast), owner=cast.product_owner, **DIT)
        small = a_risk(cast, scores={"current": (1, 2)})
    with clock.at(NOVEMBER):
        score_risk(risk=small, scores={"current": (5, 5)}, note="Worse", by=cast.product_manager)
    return outcome


def page(client, language="en", **query):
    with clock.at(NOVEMBER):
        response = client.get(reverse("roadmap-executive", args=["JSA", 2026]).replace("/en/", f"/{language}/"), query)
    assert response.status_code == 200
    return response


def test_executive_view_names_the_worst_risks_with_their_bands(year, client_of):
    response = page(client_of("executive"))
    risks = response.context["risks"]
    assert [(line.band, line.count) for line in risks.lines] == [("high", 2), ("medium", 0), ("low", 0)]
    assert [each.label for each in risks.worst] == ["R-002", "R-001"]
    text = response.content.decode()
    assert "Risks: two of two are high" in text
    assert "Mitigate: Index anew" in text
    assert reverse("risk-matrix", args=["JSA"]) + "?band=high" in text


def test_past_day_shows_the_scores_of_that_day(year, client_of):
    response = page(client_of("product_manager"), at="2026-10-01")
    risks = response.context["risks"]
    assert [(line.band, line.count) for line in risks.lines] == [("high", 1), ("medium", 0), ("low", 1)]
    assert "on=2026-10-01" in risks.lines[0].address


def test_who_does_not_read_the_register_sees_no_risk(year, client_of):
    response = page(client_of("colleague"))
    assert response.context["risks"] is None
    assert "French matches are poorer" not in response.content.decode()


def test_verified_outcome_and_releases_stand_in_the_view(year, cast, client_of):
    by = cast.product_manager
    with clock.at(EARLIER):
        told = {"number": "3.9", "goal_en": "Alerts", "goal_fr": "Alertes", "planned_on": date(2026, 9, 14)}
        make_release(release=plan_release(roadmap=year.roadmap, by=by, **told), authorisation="CAB 9", by=by)
        start_outcome(outcome=year, by=by)
        close_outcome(outcome=year, state="delivered", verdict="met", evidence_en="They say so", by=by)
    response = page(client_of("executive"))
    text = response.content.decode()
    assert "users say: met" in text
    assert [(row.number, row.is_made) for row in response.context["releases"]] == [("3.9", True)]
    assert "Releases: one is made; one impact analysis is overdue" in text


def test_package_tells_what_was_delivered_and_what_users_confirm(year, cast):
    by = cast.product_manager
    with clock.at(EARLIER):
        told = {"number": "3.9", "goal_en": "Alerts", "goal_fr": "Alertes", "planned_on": date(2026, 9, 14)}
        make_release(release=plan_release(roadmap=year.roadmap, by=by, **told), authorisation="CAB 9", by=by)
        start_outcome(outcome=year, by=by)
        close_outcome(outcome=year, state="delivered", verdict="met", evidence_en="They say so", by=by)
    with clock.at(NOVEMBER):
        found = delivered_words(delivered_told(cast.product))
    assert found == [
        "1 release in the last year",
        "1 impact analysis is overdue",
        "1 of 1 outcome is delivered",
        "users confirm A.1",
    ]
    assert delivered_words(None) == []
