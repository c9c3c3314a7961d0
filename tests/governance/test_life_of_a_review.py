"""A review's whole life in any order: whatever people try, one final decision, a true tally, nothing after the close."""

from dataclasses import dataclass
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from governance.actions.agenda import add_point, remove_point
from governance.actions.decisions import decide_review
from governance.actions.meetings import close_meeting, mark_attendance, open_meeting
from governance.actions.reviews import withdraw_review
from governance.actions.votes import cast_vote, close_voting, declare_conflict, open_voting
from governance.models import AgendaPoint, Ballot, Decision, Meeting, Review
from governance.states import Choice, Outcome
from governance.voting.tally import Tally, outcomes_allowed
from products.models import Product
from records.refusals import Conflict, Refused
from tests.governance.before_board import VOTERS, called, present, submitted

pytestmark = pytest.mark.django_db
TEXTS = {
    "rationale_en": "Why.",
    "rationale_fr": "Pourquoi.",
    "complexity_reason_en": "So.",
    "complexity_reason_fr": "Ainsi.",
}
LIVE = ("waiting", "voting", "voted")


@dataclass(frozen=True)
class Step:
    """One move and whatever it may need."""

    move: str
    voter: str
    anybody: str
    choices: list[str]
    reason: str
    presence: str
    outcome: str
    leaving: str


class Life:
    """One review before the board; every move is somebody trying something, which may be refused."""

    def __init__(self, town):
        self.town, self.closed = town, {}
        self.review = submitted(town, gate=1)

    def attempt(self, act, **values):
        try:
            return act(**values)
        except (Conflict, Refused, ValidationError):
            return None

    def person(self, name):
        return self.town.cast.people[name]

    @property
    def point(self):
        found = AgendaPoint.objects.filter(review=self.review).order_by("-created_at")
        return found.filter(state__in=LIVE).first() or found.first()

    def stands(self, *states):
        """Whether the review is on an agenda in one of these states."""
        return self.point is not None and self.point.state in states

    def put_on_an_agenda(self):
        if self.stands(*LIVE):
            return
        meeting = Meeting.objects.filter(state="open").first()
        if meeting is None:
            meeting = open_meeting(meeting=called(self.town), by=self.town.secretary)
            present(self.town, meeting)
        self.attempt(add_point, meeting=meeting, review=self.review, by=self.town.secretary)

    def open_the_vote(self):
        if self.point is None:
            return
        self.attempt(open_voting, point=self.point, by=self.town.secretary)

    def recuse(self, name):
        if self.point is None:
            return
        self.attempt(declare_conflict, point=self.point, conflict="Mine.", by=self.person(name))

    def everybody_votes(self, choices):
        for name, choice in zip(VOTERS, choices, strict=True):
            self.vote(name, choice, "Because.")

    def vote(self, name, choice, reason):
        if self.point:
            self.attempt(cast_vote, point=self.point, choice=choice, reason=reason, by=self.person(name))

    def mark(self, name, presence):
        if self.point is None:
            return
        marks = {self.town.seats[name]: presence}
        self.attempt(mark_attendance, meeting=self.point.meeting, presences=marks, by=self.town.secretary)

    def close(self, name):
        if self.point is None:
            return
        point = self.point
        if self.attempt(close_voting, point=point, by=self.person(name)):
            self.closed[point.pk] = Ballot.objects.filter(point=point).count()

    def chair_decides(self, outcome):
        """Half the time what the vote allows, so that lives come to an end."""
        point = self.point
        allowed = outcomes_allowed(Tally.from_json(point.tally)) if point and point.tally else ()
        self.decide("chair", allowed[0] if allowed and outcome in ("approved", "rejected") else outcome)

    def decide(self, name, outcome):
        if self.point:
            values = TEXTS | {"is_complex_or_risky": False if outcome in Outcome.approvals() else None}
            self.attempt(decide_review, point=self.point, outcome=outcome, by=self.person(name), **values)

    def leave(self, what):
        if self.point is None:
            return
        if what == "take off":
            self.attempt(remove_point, point=self.point, reason="Later.", by=self.town.secretary)
        elif what == "end the meeting":
            self.attempt(close_meeting, meeting=self.point.meeting, by=self.town.secretary)
        else:
            by = self.person("member_one" if "stranger" in what else "product_manager")
            self.attempt(withdraw_review, review=self.review, reason="Not ready.", by=by)

    def holds(self):
        """Everything that is true whatever happened."""
        self.at_most_one_final_decision_and_it_follows_the_rule()
        self.tally_equals_the_rows_and_nothing_comes_after_the_close()
        self.states_fit_each_other()
        self.phase_moves_by_decision_alone()

    def at_most_one_final_decision_and_it_follows_the_rule(self):
        decisions = Decision.objects.filter(review=self.review)
        assert decisions.filter(corrects=None).exclude(outcome="deferred").count() <= 1
        for decision in decisions.select_related("point"):
            tally = Tally.from_json(decision.point.tally)
            assert decision.present >= decision.quorum
            assert decision.corrects_id or decision.outcome in outcomes_allowed(tally)

    def tally_equals_the_rows_and_nothing_comes_after_the_close(self):
        for point in AgendaPoint.objects.filter(review=self.review, tally__isnull=False):
            choices = list(Ballot.objects.filter(point=point).current().values_list("choice", flat=True))
            tally = Tally.from_json(point.tally)
            assert [choices.count(each) for each in Choice.values] == [tally.for_, tally.against, tally.abstained]
            assert Ballot.objects.filter(point=point).count() == self.closed[point.pk]
            assert tally.present <= tally.base <= tally.eligible

    def states_fit_each_other(self):
        review = Review.objects.get(pk=self.review.pk)
        on_agenda = AgendaPoint.objects.filter(review=review, state__in=LIVE).exists()
        decided = Decision.objects.filter(review=review).exclude(outcome="deferred").exists()
        assert decided == (review.state == "decided")
        assert decided or on_agenda == (review.state == "on_agenda")

    def phase_moves_by_decision_alone(self):
        moving = Decision.objects.filter(review=self.review, mandate__isnull=False).exists()
        assert moving or Product.objects.get(pk=self.review.product_id).phase == "strategy"


MOVES = {
    "agenda": lambda life, step: life.put_on_an_agenda(),
    "open": lambda life, step: life.open_the_vote(),
    "recuse": lambda life, step: life.recuse(step.voter),
    "all": lambda life, step: life.everybody_votes(step.choices),
    "vote": lambda life, step: life.vote(step.anybody, step.choices[0], step.reason),
    "mark": lambda life, step: life.mark(step.voter, step.presence),
    "close": lambda life, step: life.close(step.anybody),
    "chair closes": lambda life, step: life.close("chair"),
    "decide": lambda life, step: life.chair_decides(step.outcome),
    "somebody decides": lambda life, step: life.decide(step.anybody, step.outcome),
    "leave": lambda life, step: life.leave(step.leaving),
}
# What leads on comes more often than what leads away.
WEIGHTED = [*MOVES, *["agenda", "open", "all", "chair closes", "decide"] * 4]


def step_of(chance):
    """One move drawn by chance."""
    return Step(
        move=chance.choice(WEIGHTED),
        voter=chance.choice(VOTERS),
        anybody=chance.choice([*VOTERS, "secretary", "alternate", "admin", "product_manager"]),
        choices=chance.choices(["for", "for", "against", "abstain"], k=5),
        reason=chance.choice(["", "Because."]),
        presence=chance.choice(["present", "absent"]),
        outcome=chance.choice(Outcome.values),
        leaving=chance.choice(["take off", "withdraw", "withdraw as a stranger", "end the meeting"]),
    )


def test_life_of_a_review(town):
    reached = []

    @settings(max_examples=7, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def live(seed):
        chance = Random(seed)
        with transaction.atomic():
            life = Life(town)
            for step in (step_of(chance) for _count in range(18)):
                MOVES[step.move](life, step)
                life.holds()
            reached.extend(Decision.objects.values_list("outcome", flat=True))
            transaction.set_rollback(True)

    live()
    assert reached, "None of the lives that were tried came to a decision, so they prove nothing."
