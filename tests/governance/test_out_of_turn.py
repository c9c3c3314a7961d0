"""Steps out of turn, sent by hand past every page: no state changes, and the trail says who tried (trust.md S-04)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.actions.agenda import add_point, remove_point
from governance.actions.boards import end_seat, seat_person
from governance.actions.decisions import decide_review
from governance.actions.meetings import cancel_meeting, open_meeting
from governance.actions.packs import issue_pack
from governance.actions.votes import close_voting
from governance.models import AgendaPoint, Ballot, Decision, Recusal, Review
from products.actions.roles import assign_role, end_role
from products.models import Product
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict
from tests.governance.before_board import NOW, TEXTS, another_product, called, present, submitted, vote, voted, voting
from tests.governance.deciding import stand

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NONE_ADDED = {"added-TOTAL_FORMS": "2", "added-INITIAL_FORMS": "0"}
APPROVE = NONE_ADDED | {"outcome": "approved", "confirm": "1"}
FOR, CONFLICT = {"choice": "for", "reason": ""}, {"conflict": "Mine."}


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def before_the_vote(town, review):
    meeting = open_meeting(meeting=called(town), by=town.secretary)
    present(town, meeting)
    return add_point(meeting=meeting, review=review, by=town.secretary)


def without_quorum(town, review):
    point = voting(town, review, "member_three", "member_four")
    vote(town, point, chair="for", member_one="for", member_two="for")
    return close_voting(point=point, by=town.chair)


def taken_off(town, review):
    return remove_point(point=before_the_vote(town, review), reason="Later.", by=town.secretary)


def decided(town, review):
    point = voted(town, review=review)
    decide_review(point=point, outcome="approved", by=town.chair)
    return point


def carried(town, review):
    return voted(town, review=review)


def fallen(town, review):
    return voted(town, "chair", review=review)


STEPS = [
    (before_the_vote, "member_one", "vote-cast", FOR, 409, "not open yet"),
    (before_the_vote, "chair", "voting-close", {}, 409, "cannot become"),
    (before_the_vote, "chair", "point-decide", APPROVE, 409, "Close the vote before"),
    (voting, "chair", "point-decide", APPROVE, 409, "Close the vote before"),
    (voting, "secretary", "point-remove", {"reason": "Now."}, 409, "cannot become"),
    (carried, "member_one", "vote-cast", FOR, 409, "is closed"),
    (carried, "member_one", "conflict-declare", CONFLICT, 409, "before the vote is closed"),
    (carried, "secretary", "voting-open", {}, 409, "cannot become"),
    (carried, "secretary", "voting-close", {}, 409, "is closed"),
    (carried, "secretary", "point-remove", {"reason": "Now."}, 409, "the chair records the decision"),
    (carried, "chair", "point-decide", APPROVE | {"outcome": "rejected"}, 422, "does not allow"),
    (fallen, "chair", "point-decide", APPROVE, 422, "does not allow"),
    (without_quorum, "chair", "point-decide", APPROVE, 409, "without quorum"),
    (taken_off, "member_one", "vote-cast", FOR, 409, "taken off"),
    (taken_off, "member_one", "conflict-declare", CONFLICT, 409, "before the vote is closed"),
    (taken_off, "chair", "point-decide", APPROVE, 409, "taken off"),
    (decided, "member_one", "vote-cast", FOR, 409, "is closed"),
    (decided, "chair", "point-decide", APPROVE | {"outcome": "deferred"}, 409, "decided already"),
]


def rows():
    """Everything that a vote or a decision could have changed."""
    tables = (AgendaPoint, Ballot, Decision, Recusal, Review)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(("standing", "name", "address", "sent", "status", "why"), STEPS)
def test_step_out_of_turn_changes_nothing_and_is_recorded(town, client_of, standing, name, address, sent, status, why):
    point = standing(town, submitted(town, product=another_product(town), gate=2))
    before, client = rows(), client_of(name)
    answer = client.post(reverse(address, args=[point.pk]), sent)
    assert answer.status_code == status
    assert rows() == before
    noted = AuditEvent.objects.get(event="act refused")
    assert noted.actor_id == str(town.cast.people[name].pk)
    assert why in noted.reason


EDITS = [
    ("review-texts", TEXTS | {"ask_en": "Fund ten years", "version": "1"}),
    ("extra-link", {"link": "https://example.org/x", "title": "X", "version_label": "1"}),
]


@pytest.mark.parametrize(("name", "sent"), EDITS)
def test_what_was_submitted_is_not_edited(town, client_of, name, sent):
    review = submitted(town, gate=1)
    before = rows()
    answer = client_of("product_manager").post(reverse(name, args=[review.pk]), sent)
    assert answer.status_code == 409
    assert rows() == before
    assert "does not change" in AuditEvent.objects.get(event="act refused").reason


def test_papers_of_a_cancelled_meeting_are_not_issued(town):
    meeting = cancel_meeting(meeting=called(town), reason="Snow.", by=town.secretary)
    with pytest.raises(Conflict):
        issue_pack(meeting=meeting, by=town.secretary)
    assert "cancelled" in AuditEvent.objects.get(event="act refused").reason


def test_decision_on_a_product_that_moved_on_is_recorded_as_refused(town):
    point = voted(town, review=submitted(town, product=stand(another_product(town), "design"), gate=3))
    stand(point.review.product, "operate")
    before = rows()
    with pytest.raises(Conflict, match="not passed from there"):
        decide_review(point=point, outcome="approved", by=town.chair)
    assert rows() == before
    assert "not passed from there" in AuditEvent.objects.get(event="act refused").reason


def nobody(town):
    return town.cast.admin  # a superuser without a seat


def ended(town):
    end_seat(seat=town.seats["member_one"], ends_on=TODAY - timedelta(days=1), by=SYSTEM)
    town.seats["member_one"] = town.seats["chair"]
    return town.member_one


def to_come(town):
    person, day = town.cast.colleague, TODAY + timedelta(days=1)
    seat_person(board=town.board, role="voting", person=person, starts_on=day, by=SYSTEM)
    return person


def submitter(town):
    return town.member_two


def left_the_team_since(town):
    """On the team on the day it was submitted, and until yesterday."""
    role = {"product": Product.objects.get(code="GUIDED"), "kind": "product_owner", "person": town.member_three}
    first = {"starts_on": TODAY - timedelta(days=9), "by": town.cast.portfolio_manager}
    end_role(assignment=assign_role(**role, **first), ends_on=TODAY - timedelta(days=1), by=first["by"])
    return town.member_three


WITHOUT_A_VOTE = {
    nobody: 404,
    ended: 404,
    to_come: 404,
    submitter: 403,
    left_the_team_since: 403,
    lambda town: town.secretary: 403,
    lambda town: town.observer: 403,
    lambda town: town.alternate: 403,  # whose principal is there
}


@pytest.mark.parametrize(("who", "status"), WITHOUT_A_VOTE.items())
def test_who_has_no_vote_neither_votes_nor_decides_nor_closes_by_hand(town, client_of, who, status):
    with clock.at(NOW - timedelta(days=3)):
        review = submitted(town, product=another_product(town), gate=2, by="member_two")
    person = who(town)
    point = voting(town, review)
    name = next(key for key, each in town.cast.people.items() if each.pk == person.pk)
    before, client = rows(), client_of(name)
    sent = {"vote-cast": FOR, "point-decide": APPROVE, "voting-close": {}, "conflict-declare": CONFLICT}
    if person.pk == town.secretary.pk:
        del sent["voting-close"]  # runs the meeting
    if status == 403 and person.pk in (town.member_two.pk, town.member_three.pk, town.alternate.pk):
        del sent["conflict-declare"]  # may say so of the seat all the same
    for address, data in sent.items():
        assert client.post(reverse(address, args=[point.pk]), data).status_code == status, address
    assert rows() == before
