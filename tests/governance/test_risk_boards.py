"""A risk before a board: who brings it, what the board reads, what each decision does (domain.md §7)."""

import re
from datetime import UTC, date, datetime

import pdfua
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.actions.boards import give_competence
from governance.actions.conditions import NewCondition
from governance.actions.decisions import decide_review
from governance.actions.reviews import begin_review, change_review, submit_review, withdraw_review
from governance.actions.risk_acceptances import accept_risk, withdraw_acceptance
from governance.actions.risk_boards import escalate_risk
from governance.actions.risk_mitigations import add_mitigation
from governance.actions.risk_scores import score_risk
from governance.actions.risks import close_risk, materialise_risk
from governance.forms.votes import DecisionForm
from governance.gates.package import draft_of
from governance.models import Package, Review, Risk, RiskAcceptance
from governance.papers.sheet import brief_pdf, sheet_of
from governance.risks.history import changes
from governance.states import DecisionKind
from governance.states import Outcome as Decided
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict, OutOfTurn, Refused
from records.writing import save
from tests.governance.before_board import voted
from tests.governance.deciding import gate_of
from tests.governance.risk_world import DIT, a_risk, an_activity
from tests.governance.test_vote_pages import NONE_ADDED

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
UNTIL = date(2027, 3, 31)
WHY = {"rationale_en": "The price of acting is higher.", "rationale_fr": "Agir coûterait plus cher."}


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def risk(town):
    give_competence(board=town.board, kind=DecisionKind.RISK_ESCALATION, by=SYSTEM)
    return a_risk(town.cast, strategy="monitor", owner=town.cast.product_owner, **DIT)


def escalated(town, risk, until=UNTIL):
    """The risk before the board, its package frozen."""
    review = escalate_risk(risk=risk, until=until, by=town.cast.product_manager)
    return submit_review(review=review, by=town.cast.product_manager)


def decided(town, risk, outcome, **values):
    point = voted(town, *([] if outcome == "approved" else ["chair"]), review=escalated(town, risk))
    values = (WHY if outcome != "approved" else {}) | values
    decision = decide_review(point=point, outcome=outcome, by=town.chair, **values)
    risk.refresh_from_db()
    return decision


def test_escalated_risk_asks_the_board_in_both_languages(town, risk):
    review = escalated(town, risk)
    told = Package.objects.get(review=review).content["risk"]
    assert (review.ask_en, review.risk, review.board) == (
        "Accept the risk R-001 of Job Seeker Account until 2027-03-31", risk, town.board,
    )  # fmt: skip
    assert "Compte du chercheur d’emploi" in review.ask_fr
    assert (told["label"], told["asked_until"], told["scores"]["current"]["band"]) == ("R-001", "2027-03-31", "high")
    assert list(Risk.objects.escalated()) == [risk]
    withdraw_review(review=review, reason="Not yet", by=town.cast.product_manager)
    assert not Risk.objects.escalated().exists()


def test_board_accepts_a_risk_until_the_day_it_names(town, risk):
    decision = decided(town, risk, "approved", accepted_until=date(2027, 1, 29))
    acceptance = RiskAcceptance.objects.get(risk=risk)
    assert (acceptance.until, acceptance.mandate, acceptance.accepted_as) == (date(2027, 1, 29), decision.mandate, "")
    assert (acceptance.likelihood, acceptance.impact, acceptance.band) == (4, 4, "high")
    assert decision.content["accepted_until"] == "2027-01-29"
    assert (risk.strategy, risk.state) == ("monitor", "open")
    assert not Risk.objects.escalated().exists()


def test_rejected_risk_is_to_be_treated_at_once(town, risk):
    decided(town, risk, "rejected")
    both = " / ".join(WHY.values())
    assert (risk.strategy, risk.strategy_note, risk.review_on) == ("", both, date(2026, 11, 18))
    assert not RiskAcceptance.objects.exists()
    assert AuditEvent.objects.get(event="risk not accepted by a board").reason == both
    assert ("Strategy taken back", both) in [(each.what, each.note) for each in changes(risk)]


def test_rejected_risk_that_is_treated_keeps_its_strategy(town, risk):
    treated = a_risk(town.cast, strategy="mitigate", first=an_activity(town.cast))
    decided(town, treated, "rejected")
    assert treated.strategy == "mitigate"


def test_returned_risk_stands_as_it_was_and_the_next_attempt_begins_with_its_texts(town, risk):
    decided(town, risk, "returned")
    assert (risk.strategy, RiskAcceptance.objects.count()) == ("monitor", 0)
    again = escalate_risk(risk=risk, until=date(2027, 6, 30), by=town.cast.product_manager)
    assert (again.attempt, again.asked_until) == (2, date(2027, 6, 30))
    assert again.ask_en == "Accept the risk R-001 of Job Seeker Account until 2027-06-30"
    assert "2027-06-30" in again.ask_fr


def test_ask_that_was_rewritten_is_handed_on_as_it_was_written(town, risk):
    review = escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)
    review = change_review(review=review, ask_en="Bear it with us", by=town.cast.product_manager)
    withdraw_review(review=review, reason="Not yet", by=town.cast.product_manager)
    again = escalate_risk(risk=risk, until=date(2027, 6, 30), by=town.cast.product_manager)
    assert again.ask_en == "Bear it with us"
    assert "2027-06-30" in again.ask_fr


def test_approval_without_a_day_to_come_is_refused_in_words(town, risk):
    point = voted(town, review=escalated(town, risk))
    for until in (None, date(2026, 11, 18)):
        with pytest.raises(ValidationError) as told:
            decide_review(point=point, outcome="approved", by=town.chair, accepted_until=until)
        assert set(told.value.error_dict) == {"accepted_until"}
    with pytest.raises(ValidationError):
        decide_review(point=point, outcome="deferred", by=town.chair, accepted_until=UNTIL, **WHY)
    assert not RiskAcceptance.objects.exists()


def test_board_does_not_accept_what_was_scored_anew_since(town, risk):
    review = escalated(town, risk)
    score_risk(risk=risk, scores={"current": (5, 5)}, note="Worse", by=town.cast.product_manager)
    point = voted(town, review=review)
    with pytest.raises(Conflict, match="scored anew"):
        decide_review(point=point, outcome="approved", by=town.chair, accepted_until=UNTIL)
    decide_review(point=point, outcome="deferred", by=town.chair, **WHY)
    assert not RiskAcceptance.objects.exists()


def test_members_read_that_a_risk_was_scored_anew_before_they_vote(town, risk, client_of):
    point = voted(town, review=escalated(town, risk))
    page = reverse("point-detail", args=[point.pk])
    assert "Scored anew" not in client_of("chair").get(page).content.decode()
    team = client_of("product_manager")
    form = team.get(reverse("risk-score", args=[risk.product.code, risk.pk])).content.decode()
    assert "It is before a board" in form
    score_risk(risk=risk, scores={"current": (5, 4)}, note="Worse", by=town.cast.product_manager)
    assert "Scored anew, it stands at 20 today" in client_of("chair").get(page).content.decode()


def test_correction_takes_an_acceptance_back(town, risk):
    first = decided(town, risk, "approved", accepted_until=UNTIL)
    point = voted(town, review=first.review)
    decide_review(point=point, outcome="rejected", by=town.chair, **WHY)
    ended = RiskAcceptance.objects.get()
    assert (ended.ended_why, ended.ended_note) == ("withdrawn", " / ".join(WHY.values()))
    assert Risk.objects.get(pk=risk.pk).strategy == ""


def test_one_person_does_not_take_back_what_a_board_accepted(town, risk, client_of):
    decided(town, risk, "approved", accepted_until=UNTIL)
    acceptance, sponsor = RiskAcceptance.objects.get(), client_of("sponsor")
    page = f"/en/products/JSA/risks/{risk.pk}/"
    with pytest.raises(OutOfTurn, match="only a board"):
        withdraw_acceptance(acceptance=acceptance, reason="Dearer.", by=town.cast.sponsor)
    answer = sponsor.post(f"{page}acceptance/withdraw/", {"version": acceptance.version, "reason": "Dearer."})
    assert answer.status_code == 409
    assert RiskAcceptance.objects.get().ended_on is None


def test_nobody_puts_their_own_acceptance_in_the_place_of_a_boards(town, risk, client_of):
    decided(town, risk, "approved", accepted_until=UNTIL)
    page, sponsor = f"/en/products/JSA/risks/{risk.pk}/", client_of("sponsor")
    with pytest.raises(OutOfTurn, match="until 2027-03-31; only a board"):
        accept_risk(risk=risk, until=date(2028, 1, 1), justification_en="Longer.", by=town.cast.sponsor)
    assert f"{page}accept/" not in sponsor.get(page).content.decode()
    assert sponsor.get(f"{page}accept/").status_code == 409
    assert [each.until for each in RiskAcceptance.objects.filter(ended_on=None)] == [UNTIL]
    score_risk(risk=risk, scores={"current": (5, 5)}, note="Worse", by=town.cast.product_manager)
    assert f"{page}accept/" in sponsor.get(page).content.decode()


def test_risk_that_no_board_accepts_any_more_is_not_submitted(town, risk, client_of):
    review = escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)
    score_risk(risk=risk, scores={"current": (1, 1)}, note="Better", by=town.cast.product_manager)
    with pytest.raises(ValidationError) as told:
        submit_review(review=review, by=town.cast.product_manager)
    assert set(told.value.error_dict) == {"risk"}
    answer = client_of("product_manager").post(f"/en/reviews/{review.pk}/prepare/")
    assert answer.status_code == 422
    assert 'href="#risk"' in answer.content.decode()


def test_risk_before_a_board_neither_closes_nor_becomes_an_issue(town, risk):
    review, by = escalated(town, risk), town.cast.product_manager
    with pytest.raises(OutOfTurn, match="Withdraw it from the board first"):
        close_risk(risk=risk, reason="Over", by=by)
    risk.refresh_from_db()
    with pytest.raises(OutOfTurn, match="Withdraw it from the board first"):
        materialise_risk(risk=risk, became_issue_on=clock.today(), issue_en="It broke.", by=by)
    withdraw_review(review=review, reason="It is over", by=by)
    risk.refresh_from_db()
    assert close_risk(risk=risk, reason="Over", by=by).state == "closed"


def test_what_is_prepared_about_a_risk_ends_with_it(town, risk):
    review, by = escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager), town.cast.product_manager
    close_risk(risk=risk, reason="The index was split.", by=by)
    review.refresh_from_db()
    assert review.state == "withdrawn"
    assert AuditEvent.objects.get(event="review withdrawn").reason == "The index was split."
    with pytest.raises(Conflict):
        submit_review(review=review, by=by)


def test_board_that_rejects_what_ended_in_the_same_moment_is_told_to_defer(town, risk):
    point = voted(town, "chair", review=escalated(town, risk))
    risk.state, risk.closed_on, risk.closed_reason = "closed", clock.today(), "Over"
    save(risk, by=SYSTEM)
    with pytest.raises(OutOfTurn, match="Defer it"):
        decide_review(point=point, outcome="rejected", by=town.chair, **WHY)
    assert decide_review(point=point, outcome="deferred", by=town.chair, **WHY).outcome == "deferred"


@pytest.mark.parametrize(("who", "error"), [("product_owner", Refused), ("colleague", Refused)])
def test_only_those_who_lead_escalate(town, risk, who, error):
    with pytest.raises(error):
        escalate_risk(risk=risk, until=UNTIL, by=town.cast.people[who])


def test_what_no_board_accepts_is_not_escalated(town, risk):
    small = a_risk(town.cast, scores={"current": (1, 2)})
    with pytest.raises(Conflict, match="Product Manager"):
        escalate_risk(risk=small, until=UNTIL, by=town.cast.product_manager)
    close_risk(risk=risk, reason="Over", by=town.cast.product_manager)
    with pytest.raises(Conflict, match="closed"):
        escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)
    assert not Review.objects.exists()


def test_risk_is_before_one_board_at_a_time(town, risk):
    escalated(town, risk)
    with pytest.raises(ValidationError, match="under way"):
        escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)


def test_day_asked_for_must_lie_ahead_when_it_is_submitted(town, risk):
    review = escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)
    review = change_review(review=review, asked_until=None, by=town.cast.product_manager)
    with pytest.raises(ValidationError) as told:
        submit_review(review=review, by=town.cast.product_manager)
    assert set(told.value.error_dict) == {"asked_until"}


def test_chair_reads_what_each_decision_does(town, risk):
    review = escalated(town, risk)
    form = DecisionForm(review=review, outcomes=list(Decided))
    assert ("rejected", "rejected: the risk is not accepted, and the team must treat it") in form.fields[
        "outcome"
    ].choices
    assert form.fields["accepted_until"].initial == UNTIL


def test_brief_tells_the_risk_in_the_readers_language(town, risk, client_of):
    point = voted(town, review=escalated(town, risk))
    english, french = (
        client_of("chair").get(f"/{code}/boards/points/{point.pk}/").content.decode() for code in ("en", "fr")
    )
    assert "Given that French postings are indexed as English, there is a risk that" in english
    assert re.search(r"to be accepted until .{0,40}2027-03-31", english)
    assert "Likelihood 4, high; impact 4, severe" in english
    assert "les offres en français sont indexées comme des offres en anglais" in french
    assert sheet_of(point.review).brief.risk.label == "R-001"


def test_brief_names_the_worst_three_risks_high_first(town):
    for current in ((1, 1), (3, 4), (5, 4), (2, 4)):
        a_risk(town.cast, scores={"current": current}, **DIT)
    review = begin_review(product=town.cast.product, gate=gate_of(1), by=town.cast.product_manager)
    told = draft_of(review)["risks"]
    assert told["counts"] == {"high": 1, "medium": 2, "low": 1}
    assert [each["label"] for each in told["worst"]] == ["R-003", "R-002", "R-004"]


def test_lead_brings_a_risk_before_a_board_from_its_page(town, risk, client_of):
    client, page = client_of("product_manager"), f"/en/products/JSA/risks/{risk.pk}/"
    assert f"{page}escalate/" in client.get(page).content.decode()
    wrong = client.post(f"{page}escalate/", {"until": "2026-11-18"})
    assert (wrong.status_code, Review.objects.count()) == (422, 0)
    assert "Choose a day that is still to come." in wrong.content.decode()
    answer = client.post(f"{page}escalate/", {"until": "2027-03-31"}, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/en/reviews/{Review.objects.get().pk}/prepare/"
    assert "there is a risk that French matches are poorer than English ones" in text
    assert "It is being prepared for a board" in client.get(page).content.decode()
    assert client_of("product_owner").get(f"{page}escalate/").status_code == 403
    assert client_of("colleague").get(f"{page}escalate/").status_code == 404


def test_page_of_a_risk_leads_to_its_review_only_who_may_read_it(town, risk, client_of):
    page, owner = f"/en/products/JSA/risks/{risk.pk}/", town.cast.colleague
    risk.owner = owner
    save(risk, by=SYSTEM)
    review = escalate_risk(risk=risk, until=UNTIL, by=town.cast.product_manager)
    link = f"/en/reviews/{review.pk}/"
    assert "for a board" not in client_of("colleague").get(page).content.decode()
    submit_review(review=review, by=town.cast.product_manager)
    text = client_of("colleague").get(page).content.decode()
    assert "It is brought before a board" in text
    assert link not in text
    assert link in client_of("product_manager").get(page).content.decode()


def test_what_a_board_decided_stands_on_the_page_of_the_risk(town, risk, client_of):
    decision = decided(town, risk, "approved", accepted_until=UNTIL)
    text = client_of("product_manager").get(f"/en/products/JSA/risks/{risk.pk}/").content.decode()
    assert decision.number in text
    shown = client_of("chair").get(f"/fr/decisions/{decision.pk}/").content.decode()
    assert "2027-03-31" in shown
    assert f"/risks/{risk.pk}/" not in shown
    assert f"/risks/{risk.pk}/" in client_of("sponsor").get(f"/en/decisions/{decision.pk}/").content.decode()


@pytest.mark.parametrize("code", ["en", "fr"])
def test_decision_brief_of_a_long_risk_is_one_tagged_page(town, risk, code, tmp_path):
    long = {f"{part}_{each}": "word " * 110 for part in ("given", "event", "consequence") for each in ("en", "fr")}
    wordy = a_risk(town.cast, strategy="mitigate", first=an_activity(town.cast), **long)
    for number in range(14):
        add_mitigation(
            risk=wordy, by=town.cast.product_manager, **vars(an_activity(town.cast, what_en=f"Step {number} " * 9))
        )
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(escalated(town, wordy), language=code))
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
    assert [each.message for each in pdfua.validate(str(path)).findings if each.severity.name == "ERROR"] == []


def test_history_tells_a_decision_on_a_risk_to_its_readers_only(town, risk, client_of):
    asked = NewCondition("Split the index", "Scinder", town.cast.product_manager, town.cast.portfolio_manager, UNTIL)
    point = voted(town, review=escalated(town, risk))
    decide_review(point=point, outcome="with_conditions", by=town.chair, accepted_until=UNTIL, added=[asked], **WHY)
    history, page = (f"/en/products/JSA/{each}" for each in ("history/?topic=board", ""))
    for secret in ("The price of acting is higher.", "recorded a decision", "took up a condition"):
        for who in ("product_owner", "sponsor"):
            assert secret in client_of(who).get(history).content.decode(), (who, secret)
        for each in (history, page):
            assert secret not in client_of("colleague").get(each).content.decode(), (each, secret)


def test_chair_accepts_a_risk_in_two_steps_until_the_day_typed(town, risk, client_of):
    client, point = client_of("chair"), voted(town, review=escalated(town, risk))
    page, data = f"/en/boards/points/{point.pk}/decide/", NONE_ADDED | {"outcome": "approved"}
    assert 'value="2027-03-31"' in client.get(page).content.decode()
    refused = client.post(page, data | {"accepted_until": ""})
    assert (refused.status_code, RiskAcceptance.objects.count()) == (422, 0)
    assert "Say until when the risk is accepted." in refused.content.decode()
    past = client.post(page, data | {"accepted_until": "2026-11-01", "confirm": "1"})
    assert (past.status_code, RiskAcceptance.objects.count()) == (422, 0)
    checked = client.post(page, data | {"accepted_until": "2027-02-26"}).content.decode()
    assert "Risk accepted until" in checked
    assert not RiskAcceptance.objects.exists()
    client.post(page, data | {"accepted_until": "2027-02-26", "confirm": "1"})
    assert RiskAcceptance.objects.get().until == date(2027, 2, 26)
