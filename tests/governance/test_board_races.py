"""Votes, closes and decisions that meet on a real database: the tally equals the rows, one decision stands (R-17 to R-19)."""

from datetime import date

import pytest
from django.urls import reverse

from governance.actions.agenda import add_point
from governance.actions.boards import change_board, seat_person
from governance.actions.decisions import decide_review
from governance.actions.meetings import mark_attendance
from governance.actions.votes import cast_vote, close_voting
from governance.models import AgendaPoint, Ballot, Decision, Review
from governance.voting.tally import Tally
from records import trail
from records.actors import SYSTEM
from records.refusals import Conflict
from tests.attack.at_once import at_once, meeting_at, sender
from tests.cast import person
from tests.governance.before_board import VOTERS, another_product, called, submitted, voted, voting

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"rationale_en": "Later.", "rationale_fr": "Plus tard."}


@pytest.fixture
def review(town):
    return submitted(town, product=another_product(town), gate=2)


def fifteen(town):
    """Ten members more, so that fifteen sit on the board."""
    for number in range(10):
        name = f"more_{number}"
        town.cast.people[name] = person(name, town.cast.department, town.cast.branch)
        town.seats[name] = seat_person(board=town.board, role="voting", person=town.cast.people[name],
                                       starts_on=date(2024, 4, 1), by=SYSTEM)  # fmt: skip
    change_board(board=town.board, by=SYSTEM, quorum=8)
    return [*VOTERS, *(f"more_{number}" for number in range(10))]


def test_fifteen_vote_two_change_and_the_chair_closes_meanwhile(town, review):
    names = fifteen(town)
    point = voting(town, review)
    mark_attendance(meeting=point.meeting, by=town.secretary,
                    presences={town.seats[name]: "present" for name in names})  # fmt: skip

    def casting(name, choice):
        return lambda: cast_vote(point=point, choice=choice, reason="Because.", by=town.cast.people[name])

    first = [casting(name, "for") for name in names[:12]]
    assert all(isinstance(each, Ballot) for each in at_once(*first))
    last = [casting(name, "against") for name in names[12:]]
    changing = [casting(name, "abstain") for name in names[:2]]
    answers = at_once(*last, *changing, lambda: close_voting(point=point, by=town.chair))
    assert not [each for each in answers if not isinstance(each, Ballot | AgendaPoint | Conflict)]
    closed = AgendaPoint.objects.get(pk=point.pk)
    choices = [each.choice for each in Ballot.objects.filter(point=point).current()]
    tally = Tally.from_json(closed.tally)
    assert (tally.for_, tally.against, tally.abstained) == tuple(map(choices.count, ("for", "against", "abstain")))
    assert (tally.present, tally.has_quorum) == (15, True)
    assert not Ballot.objects.filter(point=point, cast_at__gt=closed.voting_closed_at).exists()
    kept = Ballot.objects.count()
    with pytest.raises(Conflict):
        cast_vote(point=point, choice="for", by=town.member_one)
    assert Ballot.objects.count() == kept
    assert trail.verify(review.chain()) is None


def test_vote_that_waited_for_the_close_is_not_counted(town, review):
    point = voting(town, review)
    closed, late = meeting_at(
        point,
        lambda: close_voting(point=point, by=town.chair),
        lambda: cast_vote(point=point, choice="for", by=town.member_one),
    )
    assert isinstance(closed, AgendaPoint)
    assert isinstance(late, Conflict)
    assert (closed.tally["for_"], Ballot.objects.count()) == (0, 0)


def test_two_votes_of_one_seat_are_two_numbers(town, review):
    point = voting(town, review)
    answers = at_once(*(
        lambda choice=choice: cast_vote(point=point, choice=choice, by=town.member_one) for choice in ("for", "abstain")
    ))  # fmt: skip
    assert sorted(each.number for each in answers) == [1, 2]


def test_two_decisions_at_once_leave_one(town, review):
    point = voted(town, review=review)
    answers = at_once(
        lambda: decide_review(point=point, outcome="approved", by=town.chair),
        lambda: decide_review(point=point, outcome="deferred", by=town.chair, **WHY),
    )
    [decision] = Decision.objects.all()
    [late] = [each for each in answers if isinstance(each, Conflict)]
    assert decision.number in str(late)
    state = "submitted" if decision.outcome == "deferred" else "decided"
    assert Review.objects.get(pk=review.pk).state == state


def test_vote_sent_twice_at_once_is_cast_once(town, review):
    point = voting(town, review)
    data = {"choice": "for", "reason": "", "form_token": "the-same-form"}
    send = [sender(town.member_one, reverse("vote-cast", args=[point.pk]), data) for _each in range(4)]
    answers = at_once(*send)
    assert {each.status_code for each in answers} <= {302, 303}
    assert len({each["Location"] for each in answers}) == 1
    assert Ballot.objects.get().number == 1


def test_decision_sent_twice_at_once_is_recorded_once(town, review):
    point = voted(town, review=review)
    data = {"outcome": "approved", "confirm": "1", "form_token": "the-same-form"}
    data |= {"added-TOTAL_FORMS": "0", "added-INITIAL_FORMS": "0"}
    answers = at_once(*[sender(town.chair, reverse("point-decide", args=[point.pk]), data) for _each in range(3)])
    assert {each.status_code for each in answers} <= {302, 303}
    [decision] = Decision.objects.all()
    assert {each["Location"] for each in answers} == {f"/en/decisions/{decision.pk}/"}


def test_review_goes_on_one_of_two_agendas(town, review):
    meetings = [called(town), called(town)]
    answers = at_once(*(
        lambda meeting=meeting: add_point(meeting=meeting, review=review, by=town.secretary) for meeting in meetings
    ))  # fmt: skip
    assert sum(isinstance(each, AgendaPoint) for each in answers) == 1
    assert AgendaPoint.objects.count() == 1
