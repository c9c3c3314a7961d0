"""Gates of outcomes held by the team within its autonomy, and what an analysis hands on to them and to a board."""

import re

import pytest
from django.urls import reverse

from governance.models import Artefact
from roadmaps.actions.outcomes import hold_own_gate
from roadmaps.models import ImpactFinding, Outcome, OutcomeGate
from tests.roadmaps.analysing import autonomy, page


@pytest.fixture
def autonomous(cast):
    autonomy(cast, "continue", "adjust", "stop")


@pytest.mark.parametrize(
    ("result", "state"), [("continue", "in_delivery"), ("adjust", "in_delivery"), ("stop", "stopped")]
)
def test_team_holds_the_gate_within_its_autonomy(published, autonomous, outcome, client_of, result, state):
    outcome.refresh_from_db()
    finding = ImpactFinding.objects.get()
    sent = {"result": result, "reason_en": "Users said so", "version": outcome.version, "finding": finding.pk}
    answer = client_of("product_manager").post(reverse("outcome-gate-hold", args=["JSA", "A", 1]), sent)
    gate = OutcomeGate.objects.get()
    assert answer.status_code == 303
    assert (gate.decided_by, gate.mandate, gate.finding) == ("team", None, finding)
    assert Outcome.objects.get(pk=outcome.pk).state == state


@pytest.mark.parametrize("is_published", [True, False])
def test_gate_says_who_recorded_it_and_on_what_evidence(
    analysis, autonomous, outcome, cast, client_of, request, is_published
):
    if is_published:
        request.getfixturevalue("published")
    finding, by = ImpactFinding.objects.get(), cast.head_of_product
    outcome.refresh_from_db()
    hold_own_gate(outcome=outcome, result="continue", finding=finding, by=by, reason_en="Users said so")
    shown = client_of("colleague").get(reverse("outcome-detail", args=["JSA", "A", 1])).content.decode()
    assert f"recorded by {by.name}" in shown
    assert (f'href="{page("analysis-detail", analysis.release)}"' in shown) == is_published


@pytest.mark.parametrize(
    ("left", "words"),
    [(None, "No autonomy level is recorded"), (["continue"], "does not leave this to the team: stop")],
)
def test_gate_beyond_autonomy_goes_to_a_board(release, outcome, cast, client_of, left, words):
    if left is not None:
        autonomy(cast, *left)
    outcome.refresh_from_db()
    sent = {"result": "stop", "reason_en": "Nobody came", "version": outcome.version}
    answer = client_of("product_manager").post(reverse("outcome-gate-hold", args=["JSA", "A", 1]), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert words in text
    assert "Nobody came" in text
    assert OutcomeGate.objects.count() == 0


@pytest.mark.parametrize(
    ("left", "offered"), [(["continue"], ["continue"]), (["continue", "adjust"], ["continue", "adjust"]), ([], [])]
)
def test_gate_offers_what_the_level_leaves_to_the_team(release, outcome, cast, client_of, left, offered):
    autonomy(cast, *left)
    text = client_of("product_manager").get(reverse("outcome-gate-hold", args=["JSA", "A", 1])).content.decode()
    radios = re.findall(r'<input[^>]*name="result"[^>]*>', text)
    assert [re.search(r'value="(\w+)"', each)[1] for each in radios] == offered
    assert f"what=outcome-{outcome.pk}" in text
    assert ("A board decides at the gate of outcome A.1" in text) == (not offered)


def test_closing_an_outcome_begins_with_the_finding(published, client_of):
    where = reverse("outcome-close", args=["JSA", "A", 1])
    form = client_of("product_manager").get(f"{where}?finding={ImpactFinding.objects.get().pk}").context["form"]
    assert form.initial["verdict"] == "partly_met"
    assert "Survey of October" in form.initial["evidence_en"]


def test_board_is_asked_about_the_outcome_the_page_names(published, outcome, client_of):
    where = f"{reverse('board-ask', args=['JSA'])}?what=outcome-{outcome.pk}"
    form = client_of("product_manager").get(where).context["form"]
    assert form["what"].value() in dict(form.fields["what"].choices)


def test_board_asked_from_an_analysis_is_given_it(published, outcome, client_of):
    """The page of the analysis names it, the page of the question says so, and the review has it as its record."""
    client, analysis = client_of("product_manager"), ImpactFinding.objects.get().analysis
    where = f"{reverse('board-ask', args=['JSA'])}?what=outcome-{outcome.pk}&amp;analysis={analysis.pk}"
    assert where in client.get(page("analysis-detail", analysis.release)).content.decode()
    where = where.replace("&amp;", "&")
    assert "edition 1, will be attached" in client.get(where).content.decode()
    assert client.post(where, {"what": f"outcome-{outcome.pk}"}).status_code == 303
    assert Artefact.objects.get().frozen_key == str(analysis.pk)


def test_gate_sent_back_offers_again_what_was_offered(release, outcome, cast, client_of):
    autonomy(cast, "continue")
    outcome.refresh_from_db()
    answer = client_of("product_manager").post(
        reverse("outcome-gate-hold", args=["JSA", "A", 1]), {"reason_en": "Users said so", "version": outcome.version}
    )
    assert answer.status_code == 422
    assert 'value="continue"' in answer.content.decode()
    assert 'value="stop"' not in answer.content.decode()


@pytest.mark.parametrize(("left", "status"), [((), 409), (("stop",), 303)])
def test_closing_as_stopped_is_no_way_around_the_gate(release, outcome, cast, client_of, left, status):
    autonomy(cast, "continue", *left)
    outcome.refresh_from_db()
    client, where = client_of("product_manager"), reverse("outcome-close", args=["JSA", "A", 1])
    assert ('value="stopped"' in client.get(where).content.decode()) == bool(left)
    sent = {"state": "stopped", "verdict": "not_met", "evidence_en": "Nobody came", "version": outcome.version}
    answer = client.post(where, sent)
    assert answer.status_code == status
    if not left:
        assert "does not leave this to the team: stop" in answer.content.decode()
        assert "Nobody came" in answer.content.decode()
