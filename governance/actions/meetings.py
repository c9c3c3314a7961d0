"""Meetings and written procedures: called, opened, closed; who is there (domain.md §5)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.agenda import add_point, remove_point, take_off
from governance.actions.holding import hold_meeting, hold_points
from governance.actions.votes import open_voting
from governance.models import AgendaPoint, Attendance, Board, Meeting, Seat
from governance.permissions import may_run_meeting
from governance.states import MEETING_MOVES, AgendaState, MeetingForm, MeetingState, Presence
from governance.voting.sitting import people_of, sittings_of
from people.actions.notices import tell_people
from people.notices import both
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

LIVE = (MeetingState.PLANNED, MeetingState.OPEN)


@act
def call_meeting(*, board: Board, by: Actor, **values: Any) -> Meeting:
    """Call a meeting or a written procedure. `values`: form, starts_at, ends_at, submissions_close_on, place."""
    require(may_run_meeting(by, board))
    meeting = Meeting(board=board, **values)
    record(events.MEETING_CALLED, on=meeting, by=by, changes=save(meeting, by=by))
    if meeting.is_written:
        _tell(meeting, gettext_noop("%(board)s: a written procedure is called, voting ends %(when)s."), by)
    else:
        _tell(meeting, gettext_noop("%(board)s: a meeting is called for %(when)s."), by)
    return meeting


@act
def change_meeting(*, meeting: Meeting, by: Actor, expected: int | None = None, **values: Any) -> Meeting:
    """Change a planned meeting; of an open written procedure only its end, and only to a later one."""
    require(may_run_meeting(by, meeting.board))
    held = hold_meeting(meeting)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.state = held.state
    if held.state != MeetingState.PLANNED:
        _only_later(held, meeting)
    changes = save(meeting, by=by, expected=expected)
    if changes:
        record(events.MEETING_CHANGED, on=meeting, by=by, changes=changes)
    if {"starts_at", "ends_at", "place"} & set(changes):
        _tell(meeting, gettext_noop("%(board)s: the time or the place has changed, now %(when)s."), by)
    return meeting


def _only_later(held: Meeting, meeting: Meeting) -> None:
    changed = {name for name in ("form", "starts_at", "submissions_close_on") if _differs(held, meeting, name)}
    is_open = held.state == MeetingState.OPEN and held.form == MeetingForm.WRITTEN
    if not is_open or changed:
        raise OutOfTurn(_("This meeting has begun, so it can no longer be changed."))
    if held.is_over:
        raise OutOfTurn(_("The time to vote is over."))
    if meeting.ends_at is None or held.ends_at is None or meeting.ends_at < held.ends_at:
        raise ValidationError({"ends_at": _("Voting has begun; it can only end later than was said.")})


def _differs(held: Meeting, meeting: Meeting, name: str) -> bool:
    return getattr(held, name) != getattr(meeting, name)


@act
def cancel_meeting(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """Call a planned meeting off; the reviews on its agenda wait for another one."""
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    check_move(MEETING_MOVES, meeting.state, MeetingState.CANCELLED)
    for point in hold_points(meeting):
        take_off(point=point, reason=reason, by=by)
    meeting.state = MeetingState.CANCELLED
    record(events.MEETING_CANCELLED, on=meeting, by=by, changes=save(meeting, by=by), reason=reason)
    _tell(meeting, gettext_noop("%(board)s: the meeting of %(when)s is cancelled."), by)
    return meeting


def opens_on(meeting: Meeting) -> date | None:
    """The day it is called for, in the time zone of its department, while that day has not come; None from then on."""
    zone = ZoneInfo(meeting.board.department.time_zone)
    day = timezone.localtime(meeting.starts_at, zone).date()
    return day if clock.today(zone) < day else None


@act
def open_meeting(*, meeting: Meeting, by: Actor) -> Meeting:
    """Begin a meeting, not before its day. In a written procedure voting opens on every review at once."""
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    check_move(MEETING_MOVES, meeting.state, MeetingState.OPEN)
    if before := opens_on(meeting):
        words = _("It is called for %(day)s, so it does not begin before that day. Change its time first.")
        raise OutOfTurn(words % {"day": before.isoformat()})
    if meeting.is_written and meeting.is_over:
        raise ValidationError({"ends_at": _("Voting would be over before it began. Change the end first.")})
    meeting.state, meeting.opened_at, meeting.opened_by_id = MeetingState.OPEN, clock.now(), str(by.pk)
    record(events.MEETING_OPENED, on=meeting, by=by, changes=save(meeting, by=by))
    if meeting.is_written:
        for point in AgendaPoint.objects.filter(meeting=meeting, state=AgendaState.WAITING, review__isnull=False):
            open_voting(point=point, by=by)
    return meeting


@act
def close_meeting(*, meeting: Meeting, by: Actor, carry_to: Meeting | None = None) -> Meeting:
    """End a meeting. What was not reached waits for another one, or goes on the agenda of `carry_to`.

    Conflict while a vote is open or a closed vote has no decision yet.
    """
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    check_move(MEETING_MOVES, meeting.state, MeetingState.CLOSED)
    points = hold_points(meeting)
    open_ones = [str(point) for point in points if point.state in (AgendaState.VOTING, AgendaState.VOTED)]
    if open_ones:
        raise OutOfTurn(_("Not decided yet: %(points)s.") % {"points": "; ".join(open_ones)})
    for point in points:
        if point.state == AgendaState.WAITING and point.review_id:
            _carry(point, carry_to, by)
    meeting.state, meeting.closed_at, meeting.closed_by_id = MeetingState.CLOSED, clock.now(), str(by.pk)
    record(events.MEETING_CLOSED, on=meeting, by=by, changes=save(meeting, by=by))
    return meeting


def _carry(point: AgendaPoint, to: Meeting | None, by: Actor) -> None:
    remove_point(point=point, reason=_("The meeting ended before it was reached."), by=by)
    if to is not None:
        add_point(meeting=to, review=point.review, minutes=point.minutes, by=by)


@act
def mark_attendance(*, meeting: Meeting, presences: Mapping[Seat, str], by: Actor) -> list[Attendance]:
    """Mark who is there, seat by seat; ValidationError for a seat that is not held on this board today.

    Conflict for marking somebody absent whose vote is in an open ballot: the vote is already cast.
    """
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    if meeting.state not in LIVE:
        raise OutOfTurn(_("This meeting is over, so attendance no longer changes."))
    held = {seat.pk for seat in Seat.objects.filter(board=meeting.board_id).on(clock.today())}
    if any(seat.pk not in held or choice not in Presence.values for seat, choice in presences.items()):
        raise ValidationError(_("Choose one of the answers for seats of this board that are held today."))
    _refuse_voters(meeting, [seat for seat, choice in presences.items() if choice == Presence.ABSENT])
    known = {each.seat_id: each for each in Attendance.objects.filter(meeting=meeting).select_related("seat")}
    rows = [known.get(seat.pk) or Attendance(meeting=meeting, seat=seat) for seat in presences]
    told = {}
    for row, (seat, choice) in zip(rows, presences.items(), strict=True):
        before, row.presence = row.presence or None, choice
        if save(row, by=by):
            told[str(seat)] = [before, choice]
    if told:
        record(events.ATTENDANCE_MARKED, on=meeting, by=by, changes=told)
    return rows


def _refuse_voters(meeting: Meeting, seats: Iterable[Seat]) -> None:
    """Nobody is marked absent over whose own vote an alternate could then write."""
    points = AgendaPoint.objects.filter(meeting=meeting, state=AgendaState.VOTING).select_related(
        "meeting__board", "review__product"
    )
    wanted = {seat.pk for seat in seats}
    for sitting in sittings_of(points).values():
        for key, ballot in sitting.ballots.items():
            if key in wanted and ballot.as_alternate_id is None:
                raise OutOfTurn(
                    _("%(name)s has voted on a point that is still open. Close that vote first.")
                    % {"name": ballot.person}
                )


def _tell(meeting: Meeting, words: str, by: Actor) -> None:
    """Tell everybody with a seat."""
    seats = Seat.objects.filter(board=meeting.board).on(clock.today()).select_related("person")
    at = meeting.ends_at if meeting.is_written and meeting.ends_at else meeting.starts_at
    tell_people(
        people=people_of(seats),
        kind="meeting.called",
        path=reverse("meeting-detail", args=[meeting.pk]),
        by=by,
        **both(words, board=lambda: meeting.board.name, when=lambda: f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
    )
