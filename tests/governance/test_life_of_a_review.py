"""A review's whole life in any order: whatever people try, one final decision, a true tally, nothing after the close."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from governance.actions.agenda import add_point, carry_over, remove_point
from governance.actions.decisions import decide_review
from governance.actions.meetings import open_meeting
from governance.actions.reviews import withdraw_review
from governance.actions.votes import cast_vote, close_voting, declare_conflict, open_voting
from governance.models import AgendaPoint, Ballot, Decision, Review
from governance.states import Choice, Outcome
from governance.voting.tally import Tally, outcomes_allowed
from products.models import Product
from records.refusals import Conflict, Refused
from tests.governance.before_board import VOTERS, called, present, submitted

pytestmark = pytest.mark.django_db
WHY = {"rationale_en": "Why.", "rationale_fr": "Pourquoi."}
COMPLEX = {"complexity_reason_en": "So.", "complexity_reason_fr": "Ainsi.", "is_complex_or_risky": False}
LIVE = ("waiting", "voting", "voted")
VOTER, CHOICE = st.sampled_from(VOTERS), st.sampled_from(["for", "for", "against", "abstain"])
ANYBODY = st.sampled_from([*VOTERS, "secretary", "alternate", "observer", "admin", "product_manager"])


def stands(*states):
    """A step that makes sense only while the review stands so."""
    return precondition(lambda life: life.state in states)


def between(*states):
    """As `stands`, for what leads nowhere: only now and then, so that lives come to their end."""
    return precondition(lambda life: life.state in states and (life.steps % 3 == 0 or life.state == "decided"))


class Life(RuleBasedStateMachine):
    """One review before the board. Every step is somebody trying something; what is out of turn is refused."""

    def __init__(self, town, reached):
        super().__init__()
        self.town, self.reached, self.closed, self.steps = town, reached, {}, 0
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.review = submitted(town, gate=1)
        self.look()

    def teardown(self):
        self.reached.extend(Decision.objects.values_list("outcome", flat=True))
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def look(self):
        """Where the review stands now: the state of its point on an agenda, else its own."""
        rows = AgendaPoint.objects.filter(review=self.review).select_related("meeting__board").order_by("-created_at")
        self.point = next((each for each in rows if each.state in LIVE), rows[0] if rows else None)
        self.review = Review.objects.get(pk=self.review.pk)
        self.state = self.point.state if self.review.state == "on_agenda" else self.review.state

    def attempt(self, act, by, **values):
        """Try it; whether it was done."""
        self.steps += 1
        try:
            act(by=self.town.cast.people[by], **values)
        except (Conflict, Refused, ValidationError):
            return False
        finally:
            self.look()
        return True

    @stands("submitted")
    @rule()
    def put_on_an_agenda(self):
        assert self.attempt(add_point, "secretary", meeting=called(self.town), review=self.review)

    @between("waiting")
    @rule()
    def carry_over(self):
        assert self.attempt(carry_over, "secretary", point=self.point, to=called(self.town))

    @stands("waiting")
    @rule()
    def open_the_vote(self):
        if self.point.meeting.state == "planned":
            present(self.town, open_meeting(meeting=self.point.meeting, by=self.town.secretary))
            self.look()
        assert self.attempt(open_voting, "secretary", point=self.point)

    @between("waiting", "voting", "voted", "decided")
    @rule(name=VOTER)
    def recuse(self, name):
        done = self.attempt(declare_conflict, name, point=self.point, conflict="Mine.")
        assert not done or self.state in ("waiting", "voting")

    @stands("voting")
    @rule(choices=st.lists(CHOICE, min_size=5, max_size=5))
    def everybody_votes(self, choices):
        for name, choice in zip(VOTERS, choices, strict=True):
            self.attempt(cast_vote, name, point=self.point, choice=choice, reason="Because.")

    @between("waiting", "voting", "voted", "decided")
    @rule(name=ANYBODY, choice=CHOICE, reason=st.sampled_from(["", "Because."]))
    def vote_or_change_a_vote(self, name, choice, reason):
        done = self.attempt(cast_vote, name, point=self.point, choice=choice, reason=reason)
        assert not done or (self.state == "voting" and name in VOTERS)

    @precondition(lambda life: life.state == "voting" and life.steps > 6)
    @rule(name=st.sampled_from(["chair", "secretary"]))
    def close(self, name):
        point = self.point
        if self.attempt(close_voting, name, point=point):
            self.closed[point.pk] = Ballot.objects.filter(point=point).count()

    @stands("voted")
    @rule(pick=st.integers(0, 4))
    def decide_what_the_vote_allows(self, pick):
        allowed = outcomes_allowed(Tally.from_json(self.point.tally))
        if not allowed:
            assert self.attempt(remove_point, "secretary", point=self.point, reason="No quorum.")
            return
        self.decide("chair", allowed[pick % len(allowed)])

    @between("voting", "voted", "decided")
    @rule(name=ANYBODY, outcome=st.sampled_from(Outcome.values))
    def decide(self, name, outcome):
        before = self.state
        values = WHY | (COMPLEX if outcome in Outcome.approvals() else {})
        done = self.attempt(decide_review, name, point=self.point, outcome=outcome, **values)
        assert not done or (before == "voted" and name == "chair")

    @between("waiting", "voting", "voted", "decided")
    @rule()
    def take_off(self):
        before = self.state
        done = self.attempt(remove_point, "secretary", point=self.point, reason="Later.")
        assert not done or before in ("waiting", "voted")

    @precondition(lambda life: life.steps > 12)
    @rule(name=st.sampled_from(["product_manager", "member_one"]))
    def withdraw(self, name):
        before = self.state
        done = self.attempt(withdraw_review, name, review=self.review, reason="Not ready.")
        assert not done or (before in ("submitted", "waiting") and name == "product_manager")

    @invariant()
    def at_most_one_final_decision_and_it_follows_the_rule(self):
        decisions = Decision.objects.filter(review=self.review)
        assert decisions.filter(corrects=None).exclude(outcome="deferred").count() <= 1
        for decision in decisions.select_related("point"):
            tally = Tally.from_json(decision.point.tally)
            assert decision.present >= decision.quorum
            assert decision.corrects_id or decision.outcome in outcomes_allowed(tally)

    @invariant()
    def tally_equals_the_rows_and_nothing_comes_after_the_close(self):
        for point in AgendaPoint.objects.filter(review=self.review, tally__isnull=False):
            choices = list(Ballot.objects.filter(point=point).current().values_list("choice", flat=True))
            tally = Tally.from_json(point.tally)
            assert [choices.count(each) for each in Choice.values] == [tally.for_, tally.against, tally.abstained]
            assert Ballot.objects.filter(point=point).count() == self.closed[point.pk]
            assert tally.present <= tally.base <= tally.eligible

    @invariant()
    def states_fit_each_other(self):
        review = Review.objects.get(pk=self.review.pk)
        on_agenda = AgendaPoint.objects.filter(review=review, state__in=LIVE).exists()
        decided = Decision.objects.filter(review=review).exclude(outcome="deferred").exists()
        assert decided == (review.state == "decided")
        assert decided or on_agenda == (review.state == "on_agenda")

    @invariant()
    def phase_moves_by_decision_alone(self):
        moving = Decision.objects.filter(review=self.review, mandate__isnull=False).exists()
        assert moving or Product.objects.get(pk=self.review.product_id).phase == "strategy"


def test_life_of_a_review(town):
    reached = []
    run_state_machine_as_test(
        lambda: Life(town, reached),
        settings=settings(
            max_examples=10,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )
    assert len(set(reached)) > 1, f"The lives that were tried came to {reached}, which proves too little."
