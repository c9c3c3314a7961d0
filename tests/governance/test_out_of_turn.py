"""Steps out of turn, sent by hand past every page: no state changes, and the trail says who tried (trust.md S-04)."""

import pytest
from django.urls import reverse

from governance.actions.agenda import add_point, remove_point
from governance.actions.decisions import decide_review
from governance.actions.meetings import open_meeting
from governance.actions.votes import close_voting
from governance.models import AgendaPoint, Ballot, Decision, Recusal, Review
from records import clock
from records.models import AuditEvent
from tests.governance.before_board import NOW, TEXTS, another_product, called, present, submitted, vote, voted, voting

pytestmark = pytest.mark.django_db
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
