"""Who sits over a point: seats, who is there, who is set aside, how each voted (domain.md §5).

Read for any number of points in the same few questions, so that an agenda of forty costs what an agenda of two does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from governance.models import AgendaPoint, Attendance, Ballot, Recusal, Seat
from governance.states import Choice, Presence, SeatRole
from governance.voting.tally import Tally
from people.models import Person
from products.models import Position, RoleAssignment
from records import clock


@dataclass(frozen=True)
class Membership:
    """Somebody was on a team between two days."""

    person: UUID
    starts_on: date
    ends_on: date | None

    def on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass
class Sitting:
    """One point with everything that its vote depends on, as it stands on `day`."""

    point: AgendaPoint
    day: date
    seats: list[Seat] = field(default_factory=list)
    presences: dict[UUID, str] = field(default_factory=dict)
    recusals: dict[UUID, Recusal] = field(default_factory=dict)
    ballots: dict[UUID, Ballot] = field(default_factory=dict)
    team: list[Membership] = field(default_factory=list)

    @property
    def voting_seats(self) -> list[Seat]:
        """Seats with a vote of their own that are held today, the chair first."""
        found = [seat for seat in self.seats if seat.role in SeatRole.eligible()]
        return sorted(found, key=lambda seat: (seat.role != SeatRole.CHAIR, seat.person.name, str(seat.pk)))

    @property
    def chair(self) -> Seat | None:
        return next((seat for seat in self.seats if seat.role == SeatRole.CHAIR), None)

    @property
    def is_written(self) -> bool:
        return self.point.meeting.is_written

    def seat_of(self, person: Any) -> Seat | None:
        """The seat `person` holds on this board today."""
        return next((seat for seat in self.seats if seat.person_id == person.pk), None)

    def is_absent(self, seat: Seat) -> bool:
        return self.presences.get(seat.pk) == Presence.ABSENT

    def stand_ins(self, seat: Seat) -> list[Seat]:
        """Alternates who act for `seat` today: there, while its holder is marked absent."""
        if not self.is_absent(seat):
            return []
        standing = [each for each in self.seats if each.alternate_for_id == seat.pk]
        return standing if self.is_written else [each for each in standing if self._is_there(each)]

    def _is_there(self, seat: Seat) -> bool:
        return self.presences.get(seat.pk) == Presence.PRESENT

    def actors(self, seat: Seat) -> list[Seat]:
        """Whose persons may act from `seat`: its own holder, or its alternates while the holder is absent."""
        return self.stand_ins(seat) if self.is_absent(seat) else [seat]

    def is_submitter(self, person_id: UUID) -> bool:
        """Whether that person submitted it, or it was submitted in that person's name."""
        review = self.point.review
        return review is not None and str(person_id) in (review.submitted_by_id, review.submitted_for_id)

    def is_on_team(self, person_id: UUID) -> bool:
        """On the product's team now, or when the review was submitted."""
        days = {self.day, self._submitted_on()}
        return any(each.person == person_id and any(each.on(day) for day in days) for each in self.team)

    def _submitted_on(self) -> date:
        at = self.point.review.submitted_at if self.point.review else None
        return timezone.localtime(at).date() if at else self.day

    def is_barred(self, seat: Seat) -> bool:
        """Whether nobody who acts from `seat` may vote, because they submitted it or are on the team."""
        if seat.pk in self.ballots:
            return False
        acting = [each.person_id for each in self.actors(seat)] or [seat.person_id]
        return all(self.is_submitter(person) or self.is_on_team(person) for person in acting)

    def is_set_aside(self, seat: Seat) -> bool:
        """Out of the base: recused, or barred by rule whether declared or not."""
        return seat.pk in self.recusals or self.is_barred(seat)

    def is_present(self, seat: Seat) -> bool:
        """In a meeting who is marked present, or an alternate instead; in a written procedure who voted."""
        if self.is_set_aside(seat):
            return False
        if seat.pk in self.ballots:
            return True
        return not self.is_written and (self._is_there(seat) or bool(self.stand_ins(seat)))

    def counted(self) -> dict[UUID, Ballot]:
        """The ballots that count: one for each seat of the base."""
        base = {seat.pk for seat in self.voting_seats if not self.is_set_aside(seat)}
        return {key: ballot for key, ballot in self.ballots.items() if key in base}

    def tally(self) -> Tally:
        """The count as it stands."""
        seats, board = self.voting_seats, self.point.meeting.board
        counted = self.counted()
        choices = [ballot.choice for ballot in counted.values()]
        chair = self.chair
        return Tally(
            eligible=len(seats),
            recused=sum(self.is_set_aside(seat) for seat in seats),
            present=sum(self.is_present(seat) for seat in seats),
            quorum=board.quorum,
            for_=choices.count(Choice.FOR),
            against=choices.count(Choice.AGAINST),
            abstained=choices.count(Choice.ABSTAIN),
            rule=board.rule,
            chair_casts=board.chair_casts,
            chair_choice=counted[chair.pk].choice if chair and chair.pk in counted else "",
        )


def sitting_of(point: AgendaPoint) -> Sitting:
    """One point with what its vote depends on."""
    return sittings_of([point])[point.pk]


def sitting_of_vote(point: AgendaPoint) -> Sitting:
    """As `sitting_of`; of a written procedure whose time is over, on its last day: a seat taken since changes no count."""
    meeting = point.meeting
    is_past = meeting.is_written and meeting.is_over and meeting.ends_at is not None
    day = timezone.localtime(meeting.ends_at).date() if is_past else None
    return sittings_of([point], day)[point.pk]


def sittings_of(points: Iterable[AgendaPoint], day: date | None = None) -> dict[UUID, Sitting]:
    """The points with what their votes depend on; eight questions for any number of points."""
    points, day = list(points), day or clock.today()
    boards = {point.meeting.board_id for point in points}
    seats = _grouped(Seat.objects.filter(board__in=boards).on(day).select_related("person", "board"), "board_id")
    marks = _grouped(Attendance.objects.filter(meeting__in={point.meeting_id for point in points}), "meeting_id")
    recusals = _grouped(Recusal.objects.filter(point__in=points), "point_id")
    ballots = _grouped(Ballot.objects.filter(point__in=points).current(), "point_id")
    teams = _teams({point.review.product.head_id for point in points if point.review})
    return {
        point.pk: Sitting(
            point,
            day,
            seats=seats[point.meeting.board_id],
            presences={each.seat_id: each.presence for each in marks[point.meeting_id]},
            recusals={each.seat_id: each for each in recusals[point.pk]},
            ballots={each.seat_id: each for each in ballots[point.pk]},
            team=teams[point.review.product.head_id] if point.review else [],
        )
        for point in points
    }


def _grouped(rows: QuerySet, name: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _teams(heads: set[UUID]) -> dict[UUID, list[Membership]]:
    """Everybody who ever held a role or a position in these families, with its days."""
    found: dict[UUID, list[Membership]] = defaultdict(list)
    if not heads:
        return found
    roles = RoleAssignment.objects.filter(product__head__in=heads)
    for head, person, first, last in roles.values_list("product__head_id", "person_id", "starts_on", "ends_on"):
        found[head].append(Membership(person, first, last))
    places = Position.objects.filter(product__head__in=heads, holder__isnull=False)
    for head, person, held, first, last in places.values_list(
        "product__head_id", "holder_id", "held_since", "starts_on", "ends_on"
    ):
        found[head].append(Membership(person, held or first, last))
    for head, former in _former_holders(heads):
        found[head].append(former)
    return found


def _former_holders(heads: set[UUID]) -> Iterator[tuple[UUID, Membership]]:
    """Who held a position before somebody else was entered, or nobody: until the day on which that was entered."""
    rows = Position.history.filter(product_id__in=heads).order_by("id", "history_date", "history_id")
    states = rows.values_list("id", "product_id", "holder_id", "held_since", "starts_on", "history_date", named=True)
    for before, after in pairwise(states):
        if before.id == after.id and before.holder_id and before.holder_id != after.holder_id:
            first, last = before.held_since or before.starts_on, timezone.localtime(after.history_date).date()
            yield before.product_id, Membership(before.holder_id, first, last)


def people_of(seats: Iterable[Seat]) -> list[Person]:
    """The holders of the seats, each once."""
    return list({seat.person_id: seat.person for seat in seats}.values())
