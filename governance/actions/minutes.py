"""Minutes: drawn from the rows, circulated, approved at a later meeting, locked; corrections append (domain.md §5)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.holding import hold_meeting
from governance.models import Meeting, Minutes, Seat
from governance.papers.minutes import around
from governance.permissions import may_run_meeting
from governance.states import MINUTES_MOVES, MeetingState, MinutesState
from governance.voting.minutes import minutes_text
from governance.voting.sitting import people_of
from people.actions.notices import tell_people
from people.notices import both
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.jobs import enqueue
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

JOB = "governance.render_minutes"


@act
def draft_minutes(*, meeting: Meeting, by: Actor) -> Minutes:
    """Begin the minutes of a meeting that has ended, written from attendance, conflicts, votes and decisions."""
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    if meeting.state != MeetingState.CLOSED:
        raise OutOfTurn(_("The minutes are drawn up when the meeting is closed."))
    if Minutes.objects.filter(meeting=meeting).exists():
        raise OutOfTurn(_("The minutes of this meeting are begun already."))
    minutes = Minutes(
        meeting=meeting, number=1, text_en=minutes_text(meeting, "en"), text_fr=minutes_text(meeting, "fr")
    )
    record(events.MINUTES_DRAFTED, on=minutes, by=by, changes=_short(save(minutes, by=by)))
    return minutes


def _short(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Texts stand in the history of the row; the trail says that they changed."""
    return {name: pair for name, pair in changes.items() if not name.startswith("text_") and name != "content"}


@act
def change_minutes(*, minutes: Minutes, by: Actor, text_en: str, text_fr: str, expected: int | None = None) -> Minutes:
    """Edit the draft. Conflict once it is circulated: take it back first."""
    require(may_run_meeting(by, minutes.meeting.board))
    if minutes.state != MinutesState.DRAFT:
        raise OutOfTurn(_("These minutes are circulated. Take them back to draft to change them."))
    minutes.text_en, minutes.text_fr = text_en, text_fr
    changes = save(minutes, by=by, expected=expected)
    if changes:
        record(events.MINUTES_CHANGED, on=minutes, by=by, changes=_short(changes))
    return minutes


@act
def circulate_minutes(*, minutes: Minutes, by: Actor) -> Minutes:
    """Send the draft to the board. ValidationError until it stands in both languages."""
    missing = [code for code in ("en", "fr") if not getattr(minutes, f"text_{code}").strip()]
    if missing:
        raise ValidationError({f"text_{code}": _("Minutes are circulated in both languages.") for code in missing})
    _move(minutes, MinutesState.CIRCULATED, events.MINUTES_CIRCULATED, by)
    _tell(minutes, gettext_noop("%(board)s: the minutes of %(when)s are circulated."), by)
    return minutes


@act
def return_minutes(*, minutes: Minutes, by: Actor) -> Minutes:
    """Take circulated minutes back to draft, because somebody has something to correct."""
    return _move(minutes, MinutesState.DRAFT, events.MINUTES_RETURNED, by)


@act
def approve_minutes(*, minutes: Minutes, at: Meeting, by: Actor) -> Minutes:
    """Note that a later meeting of the board approved the minutes."""
    later = at.board_id == minutes.meeting.board_id and at.starts_at > minutes.meeting.starts_at
    if not later or at.state not in (MeetingState.OPEN, MeetingState.CLOSED):
        raise ValidationError({"at": _("Choose a later meeting of this board that has begun.")})
    _move(minutes, MinutesState.APPROVED, events.MINUTES_APPROVED, by, at=str(at))
    _tell(minutes, gettext_noop("%(board)s: the minutes of %(when)s are approved."), by)
    return minutes


@act
def lock_minutes(*, minutes: Minutes, by: Actor) -> Minutes:
    """Close the minutes for good; a worker makes their documents in both languages from what they say now."""
    minutes.locked_at, minutes.locked_by_id = clock.now(), str(by.pk)
    minutes.content = around(minutes)
    _move(minutes, MinutesState.LOCKED, events.MINUTES_LOCKED, by)
    enqueue(JOB, str(minutes.pk), {"minutes": str(minutes.pk)}, by=by)
    return minutes


@act
def correct_minutes(*, minutes: Minutes, by: Actor, text_en: str, text_fr: str) -> Minutes:
    """Append a correction to locked minutes; it takes the same way, and the minutes stay as they are."""
    require(may_run_meeting(by, minutes.meeting.board))
    meeting = hold_meeting(minutes.meeting)
    if minutes.state != MinutesState.LOCKED:
        raise OutOfTurn(_("Minutes that are not locked yet are changed themselves."))
    last = Minutes.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"]
    made = Minutes(meeting=meeting, number=last + 1, corrects=minutes, text_en=text_en, text_fr=text_fr)
    record(events.MINUTES_CORRECTED, on=made, by=by, changes=_short(save(made, by=by)))
    return made


def _move(minutes: Minutes, state: str, event: str, by: Actor, **told: str) -> Minutes:
    require(may_run_meeting(by, minutes.meeting.board))
    check_move(MINUTES_MOVES, minutes.state, state)
    minutes.state = state
    changes = _short(save(minutes, by=by)) | {name: [None, value] for name, value in told.items()}
    record(event, on=minutes, by=by, changes=changes)
    return minutes


def _tell(minutes: Minutes, words: str, by: Actor) -> None:
    meeting = minutes.meeting
    seats = Seat.objects.filter(board=meeting.board).on(clock.today()).select_related("person")
    tell_people(
        people=people_of(seats),
        kind="minutes.circulated",
        path=reverse("minutes-detail", args=[meeting.pk]),
        by=by,
        **both(words, board=lambda: meeting.board.name, when=f"{meeting.starts_at:%Y-%m-%d}"),
    )
