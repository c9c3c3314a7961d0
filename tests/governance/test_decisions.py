"""The decision on a point: by the chair, on a closed vote with quorum, as the rule allows, once (domain.md §5)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from governance.actions.agenda import add_point, remove_point
from governance.actions.boards import change_board, seat_person
from governance.actions.decisions import NewCondition, decide_review
from governance.actions.meetings import mark_attendance, open_meeting
from governance.actions.votes import close_voting, declare_conflict
from governance.models import Condition, Decision
from people.models import Notice
from records import clock
from records.actors import SYSTEM
from records.refusals import Conflict, Refused
from tests.governance.before_board import NOW, another_product, called, proposed, submitted, vote, voted, voting

pytestmark = pytest.mark.django_db
WHY = {"rationale_en": "Search in French first.", "rationale_fr": "La recherche en français d’abord."}
RISK = {"complexity_reason_en": "Two departments.", "complexity_reason_fr": "Deux ministères."}


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def review(town):
    return submitted(town, product=another_product(town), gate=2)


def wrong(point, by, **values):
    with pytest.raises(ValidationError) as told:
        decide_review(point=point, by=by, **values)
    assert not Decision.objects.exists()
    return set(told.value.error_dict)


def test_approval_keeps_votes_package_and_moves_on(town, review):
    decision = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    review.refresh_from_db()
    assert (decision.votes_for, decision.present, decision.quorum, decision.package_sha256) == (5, 5, 4, "e0" * 32)
    assert (review.state, decision.point.state, review.product.phase) == ("decided", "decided", "design")
    assert decision.mandate.reference.endswith(decision.number)


def test_board_of_five_with_one_recusal_decides_with_conditions(town, review):
    first, second = proposed(review, town), proposed(review, town, 2, "Privacy")
    point = voting(town, review)
    declare_conflict(point=point, conflict="My sister leads it.", by=town.member_four)
    vote(town, point, chair="for", member_one="for", member_two="for", member_three="against")
    point = close_voting(point=point, by=town.chair)
    added = NewCondition("Test it", "L’essayer", town.cast.product_owner, town.cast.auditor, date(2027, 1, 31))
    decision = decide_review(
        point=point, outcome="with_conditions", by=town.chair, taken_up=[first], added=[added], **WHY
    )
    states = list(Condition.objects.order_by("number").values_list("number", "state", "decision"))
    assert states == [(1, "open", decision.pk), (second.number, "dropped", None), (3, "open", decision.pk)]
    assert (decision.eligible, decision.recused, decision.present) == (5, 1, 4)


@pytest.mark.parametrize("name", ["member_one", "secretary", "observer", "admin", "ops_chair", "product_manager"])
def test_only_the_chair_records_the_decision(town, review, name):
    with pytest.raises(Refused):
        decide_review(point=voted(town, review=review), outcome="approved", by=town.cast.people[name])
    assert not Decision.objects.exists()


def test_chair_who_may_not_vote_does_not_decide_but_the_alternate_does(town, review):
    deputy = town.cast.colleague
    seat_person(board=town.board, role="alternate", person=deputy, alternate_for=town.seats["chair"],
                starts_on=date(2024, 4, 1), by=SYSTEM)  # fmt: skip
    point = voting(town, review)
    declare_conflict(point=point, conflict="I own shares.", by=town.chair)
    vote(town, point, member_one="for", member_two="for", member_three="for", member_four="for")
    point = close_voting(point=point, by=town.secretary)
    with pytest.raises(Refused, match="alternate of the chair"):
        decide_review(point=point, outcome="approved", by=town.chair)
    assert decide_review(point=point, outcome="approved", by=deputy).recused == 1


def test_alternate_of_the_chair_waits_for_their_turn(town, review):
    deputy = town.cast.colleague
    seat_person(board=town.board, role="alternate", person=deputy, alternate_for=town.seats["chair"],
                starts_on=date(2024, 4, 1), by=SYSTEM)  # fmt: skip
    point = voted(town, review=review)
    with pytest.raises(Refused):
        decide_review(point=point, outcome="approved", by=deputy)
    mark_attendance(meeting=point.meeting, presences={town.seats["chair"]: "absent"}, by=town.secretary)
    assert decide_review(point=point, outcome="approved", by=deputy)


def test_no_decision_while_the_vote_is_open_or_without_quorum(town, review):
    point = voting(town, review, "member_one", "member_two")
    with pytest.raises(Conflict, match="Close the vote"):
        decide_review(point=point, outcome="approved", by=town.chair)
    vote(town, point, chair="for", member_three="for", member_four="for")
    point = close_voting(point=point, by=town.chair)
    with pytest.raises(Conflict, match="without quorum"):
        decide_review(point=point, outcome="approved", by=town.chair)
    remove_point(point=point, reason="No quorum.", by=town.secretary)
    review.refresh_from_db()
    assert review.state == "submitted"


def test_recorded_result_follows_the_rule(town, review):
    carried = voted(town, review=review)
    assert wrong(carried, town.chair, outcome="rejected", **WHY) == {"outcome"}
    assert wrong(carried, town.chair, outcome="returned", **WHY) == {"outcome"}
    assert wrong(carried, town.chair, outcome="nonsense", **WHY) == {"outcome"}
    failed = voted(town, "chair", "member_one", review=submitted(town, gate=1))
    assert wrong(failed, town.chair, outcome="approved") == {"outcome", "is_complex_or_risky"}
    assert wrong(failed, town.chair, outcome="with_conditions", **WHY) >= {"outcome", "taken_up"}
    assert decide_review(point=failed, outcome="rejected", by=town.chair, **WHY)


def test_chair_decides_on_advice_with_quorum(town, review):
    change_board(board=town.board, by=SYSTEM, rule="chair")
    point = voted(town, "chair", review=review)
    assert decide_review(point=point, outcome="approved", by=town.chair).votes_against == 4


def test_everything_but_a_plain_approval_says_why_in_both_languages(town, review):
    point = voted(town, "chair", review=review)
    assert wrong(point, town.chair, outcome="returned") == {"rationale_en", "rationale_fr"}
    assert wrong(point, town.chair, outcome="returned", rationale_en="No.") == {"rationale_fr"}


def test_approval_with_conditions_names_some_of_its_own(town, review):
    point = voted(town, review=review)
    assert wrong(point, town.chair, outcome="with_conditions", **WHY) == {"taken_up"}
    foreign = proposed(submitted(town, gate=1), town)
    assert wrong(point, town.chair, outcome="with_conditions", taken_up=[foreign], **WHY) == {"taken_up"}
    mine = proposed(review, town)
    assert wrong(point, town.chair, outcome="approved", taken_up=[mine]) == {"taken_up"}


def test_justification_says_whether_it_is_complex_and_why(town):
    point = voted(town, review=submitted(town, gate=1))
    assert wrong(point, town.chair, outcome="approved") == {"is_complex_or_risky"}
    reasons = {"complexity_reason_en", "complexity_reason_fr"}
    assert wrong(point, town.chair, outcome="approved", is_complex_or_risky=True) == reasons
    assert decide_review(point=point, outcome="approved", by=town.chair, is_complex_or_risky=True, **RISK)


def test_deferred_waits_with_its_package_and_its_conditions(town, review):
    condition = proposed(review, town)
    point = voted(town, review=review)
    decide_review(point=point, outcome="deferred", by=town.chair, **WHY)
    review.refresh_from_db()
    condition.refresh_from_db()
    assert (review.state, condition.state, review.product.phase) == ("submitted", "proposed", "strategy")
    again = voted(town, review=review)
    assert decide_review(point=again, outcome="approved", by=town.chair)
    assert Decision.objects.filter(review=review).count() == 2


def test_point_is_decided_once(town, review):
    point = voted(town, review=review)
    first = decide_review(point=point, outcome="approved", by=town.chair)
    with pytest.raises(Conflict, match=first.number):
        decide_review(point=point, outcome="deferred", by=town.chair, **WHY)
    with pytest.raises(Conflict):
        remove_point(point=point, reason="Away with it.", by=town.secretary)


def test_correction_is_a_new_decision_that_refers_to_the_old(town, review):
    first = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    review.refresh_from_db()
    point = voted(town, review=review)
    assert wrong_outcome(point, town.chair) == {"outcome"}
    second = decide_review(point=point, outcome="approved", by=town.chair, **WHY)
    assert (second.corrects, first.corrected_by) == (first, second)
    review.refresh_from_db()
    assert review.state == "decided"


def wrong_outcome(point, by):
    with pytest.raises(ValidationError) as told:
        decide_review(point=point, by=by, outcome="deferred", **WHY)
    return set(told.value.error_dict)


def test_result_cannot_be_taken_off_the_agenda(town, review):
    point = voted(town, "chair", review=review)
    with pytest.raises(Conflict, match="records the decision"):
        remove_point(point=point, reason="Better later.", by=town.secretary)


def test_decision_on_what_was_taken_off_is_refused(town, review):
    point = add_point(meeting=called(town), review=review, by=town.secretary)
    remove_point(point=point, reason="Later.", by=town.secretary)
    with pytest.raises(Conflict, match="taken off"):
        decide_review(point=point, outcome="approved", by=town.chair)


def test_team_submitter_and_board_are_told(town, review):
    decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    told = set(Notice.objects.filter(kind="decision.taken").values_list("person__name", flat=True))
    assert told == {"Product Manager", "Member One", "Member Two", "Member Three", "Member Four", "Secretary", "Observer",
                    "Alternate"}  # fmt: skip


@pytest.mark.parametrize("statement", ["UPDATE governance_decision SET outcome = 'rejected'",
                                       "DELETE FROM governance_decision"])  # fmt: skip
def test_database_refuses_to_change_a_decision(town, review, statement):
    decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Decision.objects.get().outcome == "approved"


def test_written_procedure_is_decided_after_its_end(town, review):
    meeting = called(town, form="written", ends_at=NOW + timedelta(days=2))
    point = add_point(meeting=meeting, review=review, by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    vote(town, point, chair="for", member_one="for", member_two="for", member_three="for")
    with clock.at(NOW + timedelta(days=2)):
        point = close_voting(point=point, by=town.chair)
        assert decide_review(point=point, outcome="approved", by=town.chair).present == 4


def test_seat_without_a_vote_did_not_vote_once_the_vote_is_closed(town, review, client_of):
    point = voting(town, review)
    vote(town, point, **dict.fromkeys(("chair", "member_one", "member_two", "member_three"), "for"))
    page = reverse("point-detail", args=[point.pk])
    assert "not yet" in client_of("secretary").get(page).content.decode()
    close_voting(point=point, by=town.chair)
    assert "did not vote" in client_of("secretary").get(page).content.decode()
    decision = decide_review(point=point, outcome="approved", by=town.chair)
    told = client_of("secretary").get(reverse("decision-detail", args=[decision.pk])).content.decode()
    assert "did not vote" in told
    assert "not yet" not in told
