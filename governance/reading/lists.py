"""Agendas as people read them: numbered without gaps, each point at its time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q

from governance.models import AgendaPoint, Board, Meeting, Package, Review
from governance.models.review import ReviewQuerySet
from governance.reading.brief import called
from governance.states import AgendaState, MeetingState, ReviewState
from governance.voting.sitting import Sitting, sittings_of
from governance.voting.tally import Tally
from governance.voting.waiting import ABOUT
from people.bilingual import marked
from people.models import Person
from people.templatetags.gatehouse import colon
from records.models import Governed

G = TypeVar("G", bound=Governed)


def numbered(points: Iterable[AgendaPoint]) -> list[tuple[int, AgendaPoint]]:
    """The points with their numbers, from 1."""
    return list(enumerate(points, start=1))


def reviews_for_agenda(board: Board) -> ReviewQuerySet:
    """Reviews submitted to the board that stand on no agenda, and those decided, whose decision may need correcting."""
    rows = Review.objects.filter(board=board).order_by("submitted_at")
    on_some = AgendaPoint.objects.filter(
        state__in=[AgendaState.WAITING, AgendaState.VOTING, AgendaState.VOTED], review__isnull=False
    )
    free = rows.exclude(pk__in=on_some.values("review_id"))
    free = free.filter(state__in=[ReviewState.SUBMITTED, ReviewState.DECIDED])
    return free.select_related("product", "gate", "change", "risk", "year", "outcome__goal", "mou")


@dataclass(frozen=True)
class Line:
    """One line of an agenda."""

    number: int
    point: AgendaPoint
    starts_at: datetime | None
    sitting: Sitting
    title: str
    about: str
    may_rise: bool
    may_sink: bool

    @property
    def may_go(self) -> bool:
        """Whether it may be taken off the agenda: not begun, or voted on without a quorum."""
        state = self.point.state
        return state == AgendaState.WAITING or (state == AgendaState.VOTED and not self.tally.has_quorum)

    @property
    def tally(self) -> Tally:
        return Tally.from_json(self.point.tally) if self.point.tally else self.sitting.tally()


def agenda_of(meeting: Meeting) -> list[Line]:
    """The points that stand on the agenda, each with its time (none in a written procedure) and its votes."""
    points = list(
        AgendaPoint.objects.filter(meeting=meeting)
        .exclude(state=AgendaState.REMOVED)
        .order_by("position")
        .select_related("review__product", "review__gate", "review__change", *ABOUT, "decision", "meeting__board")
    )
    sittings, at, lines = sittings_of(points), meeting.starts_at, []
    packages = dict(Package.objects.filter(review__points__in=points).values_list("review_id", "content"))
    for number, point in numbered(points):
        begins = None if meeting.is_written else at
        title, about = _words(point, packages.get(point.review_id))
        rise, sink = _may_pass(points, number - 1, number - 2), _may_pass(points, number - 1, number)
        lines.append(Line(number, point, begins, sittings[point.pk], title, about, rise, sink))
        at += timedelta(minutes=point.minutes)
    return lines


def _may_pass(points: list[AgendaPoint], here: int, there: int) -> bool:
    """Whether both stand on the agenda and neither has been voted on."""
    return 0 <= there < len(points) and all(points[at].state == AgendaState.WAITING for at in (here, there))


def _words(point: AgendaPoint, content: Mapping[str, Any] | None) -> tuple[str, str]:
    """The ask of a review and what it is about, as submitted; the title of a matter for discussion."""
    if point.review is None:
        return marked(point, "title"), ""
    subject, gate = called(point.review, content)
    return point.review.ask or f"{subject}{colon()}{gate}", f"{subject}, {gate}"


def at_close(meeting: Meeting, rows: Iterable[G]) -> dict[UUID, G]:
    """People, seats or boards as they were when the meeting was closed, by key; as they are until then."""
    found = {row.pk: row for row in rows}
    if meeting.closed_at is not None:
        for kind in {type(row) for row in found.values()}:
            past = kind.history.as_of(meeting.closed_at).filter(id__in=list(found))  # type: ignore[attr-defined]
            found |= {then.pk: then for then in past}
    return found


def board_of(meeting: Meeting) -> Board:
    """The board as it was when the meeting was closed."""
    return at_close(meeting, [meeting.board])[meeting.board_id]


def removed_from(meeting: Meeting) -> list[AgendaPoint]:
    """What was taken off the agenda."""
    rows = AgendaPoint.objects.filter(meeting=meeting, state=AgendaState.REMOVED).order_by("position")
    return list(rows.select_related("review__product", "review__gate", "review__change", "review__risk"))


def meetings_of(board: Board, person: Person) -> dict[str, list[Meeting]]:
    """The board's meetings that `person` may see: those to come and open, and those that are over, the latest first."""
    rows = Meeting.objects.visible_to(person).filter(board=board).select_related("board")
    rows = rows.annotate(points_count=Count("agendapoints", filter=~Q(agendapoints__state=AgendaState.REMOVED)))
    live = (MeetingState.PLANNED, MeetingState.OPEN)
    return {
        "live": sorted((each for each in rows if each.state in live), key=lambda each: each.starts_at),
        "over": [each for each in rows if each.state not in live],
    }
