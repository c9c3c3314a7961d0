"""One meeting of a board that approves everything before it, from the call to the decisions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from governance.actions import agenda, decisions, meetings, votes
from governance.models import AgendaPoint, Board, Meeting, Review, Seat
from governance.states import Choice, Outcome, Presence, SeatRole
from governance.voting.sitting import sitting_of
from people.models import Person
from portfolio.demonstration.reading import moment
from portfolio.demonstration.timeline import Timeline

CALLED, LISTED = 21, 6  # days before the meeting


@dataclass
class Committee:
    """A meeting of `board` on a day of the timeline."""

    board: Board
    timeline: Timeline
    on: date
    made: dict[str, Any] = field(default_factory=dict)

    def decide(self, reviews: list[Callable[[], Review]]) -> None:
        """Call it, list each review, hold the vote and approve. `reviews` find theirs when their day has come."""
        by = self._in(SeatRole.SECRETARY)
        self.timeline.add(self.on - timedelta(days=CALLED), by, partial(self._call, by))
        for each in reviews:
            self.timeline.add(self.on - timedelta(days=LISTED), by, partial(self._list, each, by))
        self.timeline.add(self.on, by, partial(self._open, by))
        for each in reviews:
            self.timeline.add(self.on, by, partial(self._vote, each, by))
        self.timeline.add(self.on, by, partial(self._close, by))

    def _in(self, role: str) -> Person:
        seats = Seat.objects.filter(board=self.board, role=role).select_related("person")
        return seats.order_by("starts_on")[0].person

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.select_related("board").get(pk=self.made["meeting"])

    def _call(self, by: Person) -> None:
        values = {"starts_at": moment(self.on, 13), "place": "Room 410 / Salle 410"}
        self.made["meeting"] = meetings.call_meeting(board=self.board, by=by, **values).pk

    def _list(self, find: Callable[[], Review], by: Person) -> None:
        agenda.add_point(meeting=self.meeting, review=find(), by=by)

    def _open(self, by: Person) -> None:
        seats = Seat.objects.filter(board=self.board).on(self.on).exclude(role=SeatRole.ALTERNATE)
        there = dict.fromkeys(seats.select_related("person"), Presence.PRESENT)
        meetings.mark_attendance(meeting=self.meeting, presences=there, by=by)
        meetings.open_meeting(meeting=self.meeting, by=by)

    def _point(self, find: Callable[[], Review]) -> AgendaPoint:
        rows = AgendaPoint.objects.select_related("meeting__board", "review__product__department", "review__mou")
        return rows.get(meeting=self.made["meeting"], review=find())

    def _vote(self, find: Callable[[], Review], by: Person) -> None:
        votes.open_voting(point=self._point(find), by=by)
        sitting = sitting_of(self._point(find))
        for seat in sitting.voting_seats:
            if sitting.is_present(seat):
                votes.cast_vote(point=self._point(find), choice=Choice.FOR, reason="", by=seat.person)
        votes.close_voting(point=self._point(find), by=by)
        chair = self._in(SeatRole.CHAIR)
        decisions.decide_review(
            point=self._point(find), outcome=Outcome.APPROVED, rationale_en="", rationale_fr="", by=chair
        )

    def _close(self, by: Person) -> None:
        meetings.close_meeting(meeting=self.meeting, by=by)
