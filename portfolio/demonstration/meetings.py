"""What the boards did: meetings called and held, votes, decisions, minutes; one meeting ahead and one vote by letter open."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from governance.actions import agenda, decisions, meetings, minutes, packs, votes
from governance.models import AgendaPoint, Condition, Meeting, Minutes, Seat
from governance.states import Choice, ConditionState, MeetingForm, Outcome, Presence, SeatRole
from governance.voting.sitting import sitting_of
from people.models import Person
from portfolio.demonstration.reading import Row, moment, read, rows
from portfolio.demonstration.reviews import ReviewsStory, due
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import LAST_DAY, Place, World
from records import clock

MEETING = ("key", "department", "board", "day", "until", "absent")
VOTE = ("review", "person", "vote", "why")
CALLED, LISTED, MINUTED = 21, 6, -5  # days before the meeting


@dataclass
class MeetingsStory:
    """The meetings that have something of `stories` on their agenda."""

    world: World
    timeline: Timeline
    stories: ReviewsStory
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.votes: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows(read("reviews")["votes"], *VOTE):
            self.votes[row["review"]][row["person"]] = row

    def tell(self) -> None:
        for row in rows(read("reviews")["meetings"], *MEETING):
            before_it = [each for each in self.stories.rows if row["key"] in each["course"].split()]
            if before_it:
                self._meeting(row, before_it)

    def _meeting(self, row: Row, reviews: list[Row]) -> None:
        place = self.world.places[row["department"]]
        by = self._secretary(place, row)
        submitted = max(date.fromisoformat(each["submitted"]) for each in reviews)
        self.timeline.add(min(due(row["day"], CALLED), LAST_DAY), by, partial(self._call, row, by))
        for each in reviews:
            # What was deferred goes on the next agenda after the meeting that deferred it.
            listed = max(due(row["day"], LISTED), submitted) if each["course"].startswith(row["key"]) else LAST_DAY
            self.timeline.add(min(listed, LAST_DAY), by, partial(self._list, row, each, by))
        day = date.fromisoformat(row["day"])
        if day > LAST_DAY:
            self.timeline.add(LAST_DAY, by, partial(self._issue, row, by))
            return
        self.timeline.add(day, by, partial(self._open, row, by))
        for each in reviews:
            self._point(day, row, each, by)
        if not row["until"]:
            self.timeline.add(day, by, partial(self._close, row, by))
            self.timeline.add(due(row["day"], MINUTED), by, partial(self._minute, row, by))

    def _secretary(self, place: Place, row: Row) -> Person:
        seats = Seat.objects.filter(board=place.boards[row["board"]], role=SeatRole.SECRETARY)
        return seats.select_related("person").order_by("starts_on")[0].person

    def _call(self, row: Row, by: Person) -> None:
        board = self.world.places[row["department"]].boards[row["board"]]
        values: dict[str, Any] = {
            "starts_at": moment(date.fromisoformat(row["day"]), 9),
            "place": "Room 410 / Salle 410",
        }
        if row["until"]:
            ends_at = moment(date.fromisoformat(row["until"]), 17)
            values |= {"form": MeetingForm.WRITTEN, "ends_at": ends_at, "place": ""}
        self.made[row["key"]] = meetings.call_meeting(board=board, by=by, **values).pk

    def _held(self, row: Row) -> Meeting:
        return Meeting.objects.select_related("board").get(pk=self.made[row["key"]])

    def _list(self, row: Row, review: Row, by: Person) -> None:
        agenda.add_point(meeting=self._held(row), review=self.stories.review(review["key"]), by=by)

    def _issue(self, row: Row, by: Person) -> None:
        packs.issue_pack(meeting=self._held(row), by=by)

    def _open(self, row: Row, by: Person) -> None:
        meeting = self._held(row)
        if not row["until"]:
            seats = Seat.objects.filter(board=meeting.board).on(clock.today()).exclude(role=SeatRole.ALTERNATE)
            away = row["absent"].split()
            presences = {
                seat: Presence.ABSENT
                if seat.person_id in {self.world.people[key].pk for key in away}
                else Presence.PRESENT
                for seat in seats.select_related("person")
            }
            meetings.mark_attendance(meeting=meeting, presences=presences, by=by)
        meetings.open_meeting(meeting=self._held(row), by=by)

    def _point(self, day: date, row: Row, review: Row, by: Person) -> None:
        chair = Seat.objects.get(
            board=self.world.places[row["department"]].boards[row["board"]], role=SeatRole.CHAIR
        ).person
        if not row["until"]:
            self.timeline.add(day, by, partial(self._vote, row, review, by))
            self.timeline.add(day, chair, partial(self._decide, row, review, chair))
        else:
            self.timeline.add(day, by, partial(self._ballots, row, review))

    def _at(self, row: Row, review: Row) -> AgendaPoint:
        points = AgendaPoint.objects.select_related("meeting__board", "review__product__department", "review__gate")
        return points.get(meeting=self.made[row["key"]], review=self.stories.made[review["key"]])

    def _vote(self, row: Row, review: Row, by: Person) -> None:
        for key, vote in self.votes[review["key"]].items():
            if vote["vote"] == "recused":
                person = self.world.people[key]
                votes.declare_conflict(point=self._at(row, review), conflict=vote["why"], by=person)
        votes.open_voting(point=self._at(row, review), by=by)
        sitting = sitting_of(self._at(row, review))
        for seat in sitting.voting_seats:
            if sitting.is_present(seat):
                self._ballot(row, review, seat.person)
        votes.close_voting(point=self._at(row, review), by=by)

    def _ballots(self, row: Row, review: Row) -> None:
        """The votes that have come in so far."""
        for key in self.votes[review["key"]]:
            self._ballot(row, review, self.world.people[key])

    def _ballot(self, row: Row, review: Row, person: Person) -> None:
        told = {self.world.people[key].pk: vote for key, vote in self.votes[review["key"]].items()}.get(person.pk)
        against = bool(review["outcomes"]) and review["outcomes"] not in Outcome.approvals()
        choice, why = (Choice.AGAINST, self.stories.reasons[review["key"]][0]) if against else (Choice.FOR, "")
        if told is not None:
            choice, why = Choice(told["vote"]), told["why"]
        votes.cast_vote(point=self._at(row, review), choice=choice, reason=why, by=person)

    def _decide(self, row: Row, review: Row, by: Person) -> None:
        outcome = review["outcomes"]
        english, french = self.stories.reasons.get(review["key"], ("", ""))
        values: dict[str, Any] = {}
        if review["what"] == "change":
            values = {"is_complex_or_risky": False, "complexity_reason_en": english, "complexity_reason_fr": french}
        if review["what"].startswith("risk") and outcome in Outcome.approvals():
            values = {"accepted_until": self.stories.review(review["key"]).asked_until}
        proposed = Condition.objects.filter(review=self.stories.made[review["key"]], state=ConditionState.PROPOSED)
        decisions.decide_review(
            point=self._at(row, review),
            outcome=outcome,
            rationale_en=english,
            rationale_fr=french,
            taken_up=list(proposed) if outcome == Outcome.WITH_CONDITIONS else (),
            by=by,
            **values,
        )

    def _close(self, row: Row, by: Person) -> None:
        meetings.close_meeting(meeting=self._held(row), by=by)

    def _minute(self, row: Row, by: Person) -> None:
        minutes.draft_minutes(meeting=self._held(row), by=by)
        minutes.circulate_minutes(minutes=Minutes.objects.get(meeting=self.made[row["key"]]), by=by)
