"""What awaits a person's decision: overdue, next meeting, later (ux.md A11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from governance.models import AgendaPoint, Meeting, Review, Seat
from governance.states import AgendaState, MeetingState, ReviewState, SeatRole
from governance.voting.sitting import Sitting, sittings_of
from governance.voting.tally import Tally
from governance.voting.voices import chair_of, voice_of, why_closed
from people.models import Person
from records import clock

VOTERS = (SeatRole.CHAIR, SeatRole.VOTING, SeatRole.ALTERNATE)
ABOUT = ("review__year", "review__outcome__goal", "review__risk")  # what names the matter beside the gate
ON_AGENDA = (AgendaState.WAITING, AgendaState.VOTING, AgendaState.VOTED)


class When(TextChoices):
    OVERDUE = "overdue", gettext_lazy("Overdue")
    NEXT = "next", gettext_lazy("Next meeting")
    LATER = "later", gettext_lazy("Later")


@dataclass(frozen=True)
class Waiting:
    """One review that a person has a say in. `point` is None while it stands on no agenda."""

    when: str
    review: Review
    point: AgendaPoint | None
    meeting: Meeting | None
    tally: Tally | None
    mine: str
    is_mine: bool
    days: int


def waiting_for(person: Person) -> list[Waiting]:
    """Everything before the boards on which `person` has a vote; the oldest first. Some ten questions, however much it is."""
    day = clock.today()
    boards = set(Seat.objects.filter(person=person, role__in=VOTERS).on(day).values_list("board_id", flat=True))
    if not boards:
        return []
    points = list(
        AgendaPoint.objects.filter(
            meeting__board__in=boards,
            meeting__state__in=[MeetingState.PLANNED, MeetingState.OPEN],
            review__isnull=False,
            state__in=ON_AGENDA,
        ).select_related("meeting__board", "review__product", "review__gate", "review__change", *ABOUT)
    )
    nearest = _nearest(points)
    found = [_on_agenda(person, each, nearest, day) for each in sittings_of(points).values()]
    found += [_submitted(each, day) for each in _loose(boards)]
    return sorted((each for each in found if each), key=lambda each: (-each.days, str(each.review.pk)))


def _nearest(points: Iterable[AgendaPoint]) -> set:
    """The next meeting of each board, and its next written procedure."""
    first: dict = {}
    for point in points:
        place = (point.meeting.board_id, point.meeting.form)
        known = first.get(place)
        if known is None or point.meeting.starts_at < known.starts_at:
            first[place] = point.meeting
    return {meeting.pk for meeting in first.values()}


def _loose(boards: set) -> Iterable[Review]:
    """Submitted, and on no agenda yet."""
    rows = Review.objects.filter(board__in=boards, state=ReviewState.SUBMITTED)
    return rows.select_related("product", "gate", "change", "board", "year", "outcome__goal", "risk")


def _on_agenda(person: Person, sitting: Sitting, nearest: set, day: date) -> Waiting:
    point = sitting.point
    review, meeting = point.review, point.meeting
    assert review is not None  # noqa: S101 - only points with a review are asked for
    word, is_mine = my_state(person, sitting)
    late = is_mine and _begun_on(meeting) < day
    when = When.OVERDUE if late else When.NEXT if meeting.pk in nearest else When.LATER
    tally = Tally.from_json(point.tally) if point.tally else sitting.tally()
    return Waiting(when, review, point, meeting, tally, word, is_mine, _days(review, day))


def _submitted(review: Review, day: date) -> Waiting:
    return Waiting(When.LATER, review, None, None, None, _("on no agenda yet"), False, _days(review, day))


def _begun_on(meeting: Meeting) -> date:
    at = meeting.ends_at if meeting.is_written and meeting.ends_at else meeting.starts_at
    return timezone.localtime(at).date()


def _days(review: Review, day: date) -> int:
    return (day - timezone.localtime(review.submitted_at).date()).days if review.submitted_at else 0


def my_state(person: Person, sitting: Sitting) -> tuple[str, bool]:
    """Where `person` stands on the point in words, and whether something is theirs to do now."""
    point, voice = sitting.point, voice_of(person, sitting)
    if point.state == AgendaState.VOTED:
        mine = bool(chair_of(person, sitting))
        return (_("yours to decide") if mine else _("vote closed, decision to come")), mine
    if voice.seat is not None and voice.seat.pk in sitting.recusals:
        return _("recused"), False
    if voice.seat is not None and voice.seat.pk in sitting.ballots:
        return _("voted %(choice)s") % {"choice": sitting.ballots[voice.seat.pk].get_choice_display()}, False
    if sitting.is_submitter(person.pk) or sitting.is_on_team(person.pk):
        return _("no vote: your team’s"), False
    if why_closed(sitting):
        return pgettext("vote", "not open yet"), False
    return (_("to vote"), True) if voice else (_("no vote today"), False)


def next_for(person: Person, after: AgendaPoint) -> AgendaPoint | None:
    """The next open vote that waits for `person`: first in the same meeting, in its order."""
    mine = [each.point for each in waiting_for(person) if each.is_mine and each.point and each.point.pk != after.pk]
    mine = [point for point in mine if point.state == AgendaState.VOTING]
    same = [point for point in mine if point.meeting_id == after.meeting_id]
    same.sort(key=lambda point: (point.position < after.position, point.position))
    return next(iter([*same, *mine]), None)
