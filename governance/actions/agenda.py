"""The agenda of a meeting: reviews to decide and matters to discuss, in order (domain.md §5)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from governance import events
from governance.actions.holding import hold_meeting, hold_point, hold_review
from governance.models import AgendaPoint, Meeting, Review
from governance.permissions import may_run_meeting
from governance.states import AGENDA_MOVES, REVIEW_MOVES, AgendaState, MeetingState, ReviewState
from people.permissions import require
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save

LIVE = (MeetingState.PLANNED, MeetingState.OPEN)


@act
def add_point(*, meeting: Meeting, by: Actor, review: Review | None = None, **values: Any) -> AgendaPoint:
    """Put a submitted review, or a matter under its title, last on the agenda. `values`: title_en, title_fr, minutes.

    A review that is decided may come back once more: only to correct what was decided.
    """
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    _check_live(meeting)
    last = AgendaPoint.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    point = AgendaPoint(meeting=meeting, review=review, position=last + 1, **values)
    if review is not None:
        point.review = _onto_agenda(hold_review(review), by)
    changes = save(point, by=by)
    record(events.POINT_ADDED, on=point, by=by, changes=changes, chain=chain_of(point))
    return point


def _onto_agenda(review: Review, by: Actor) -> Review:
    if review.state == ReviewState.DECIDED:
        return review
    check_move(REVIEW_MOVES, review.state, ReviewState.ON_AGENDA)
    review.state = ReviewState.ON_AGENDA
    save(review, by=by)
    return review


def _check_live(meeting: Meeting) -> None:
    if meeting.state not in LIVE:
        raise OutOfTurn(_("This meeting is over, so its agenda no longer changes."))


def chain_of(point: AgendaPoint) -> str:
    """The audit chain of a point: its product's, for a review."""
    return point.review.chain() if point.review else point.chain()


@act
def change_point(*, point: AgendaPoint, by: Actor, expected: int | None = None, **values: Any) -> AgendaPoint:
    """Change the minutes set aside for a point, its title, or what was said. `values`: minutes, title_*, discussion_*."""
    require(may_run_meeting(by, point.meeting.board))
    held = hold_point(point)
    _check_live(held.meeting)
    for name, value in values.items():
        setattr(point, name, value)
    changes = save(point, by=by, expected=expected)
    if changes:
        record(events.POINT_CHANGED, on=point, by=by, changes=changes)
    return point


@act
def move_point(*, point: AgendaPoint, up: bool, by: Actor) -> AgendaPoint:
    """Let a point change places with the one before or after it; nothing at either end. What was voted on keeps its place."""
    require(may_run_meeting(by, point.meeting.board))
    meeting = hold_meeting(point.meeting)
    _check_live(meeting)
    standing = list(AgendaPoint.objects.filter(meeting=meeting).exclude(state=AgendaState.REMOVED).order_by("position"))
    keys = [each.pk for each in standing]
    if point.pk not in keys:
        raise OutOfTurn(_("This point was taken off the agenda."))
    here = keys.index(point.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(standing):
        return standing[here]
    if any(each.state != AgendaState.WAITING for each in (standing[here], standing[there])):
        raise OutOfTurn(_("A point whose vote has begun keeps its place, and no other moves past it."))
    _change_places(standing[here], standing[there], by)
    return standing[here]


def _change_places(one: AgendaPoint, other: AgendaPoint, by: Actor) -> None:
    """Two points cannot stand in one place even for a moment, so the first steps aside behind the last."""
    mine, theirs = one.position, other.position
    last = AgendaPoint.objects.filter(meeting=one.meeting_id).aggregate(last=Max("position"))["last"]
    for point, place in ((one, last + 1), (other, mine), (one, theirs)):
        point.position = place
        save(point, by=by)
    record(events.POINT_MOVED, on=one, by=by, changes={"position": [mine, theirs]})


@act
def remove_point(*, point: AgendaPoint, reason: str, by: Actor) -> AgendaPoint:
    """Take a point off its agenda; its review waits for another meeting. Not while voting is open, nor once decided."""
    require(may_run_meeting(by, point.meeting.board))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return take_off(point=point, reason=reason, by=by)


@act
def take_off(*, point: AgendaPoint, reason: str, by: Actor, to: str = ReviewState.SUBMITTED) -> AgendaPoint:
    """Part of removing a point, calling a meeting off and withdrawing a review: those acts ask who may.

    The review goes `to` submitted, and to withdrawn when its team takes it back. Once a vote is closed with a quorum,
    the board decides: nobody takes a point away from its result.
    """
    point = hold_point(point)
    check_move(AGENDA_MOVES, point.state, AgendaState.REMOVED)
    if point.state == AgendaState.VOTED and point.tally and point.tally["present"] >= point.tally["quorum"]:
        raise OutOfTurn(_("The vote is closed with a quorum; the chair records the decision, which may be to defer."))
    point.state = AgendaState.REMOVED
    changes = save(point, by=by)
    review = hold_review(point.review) if point.review else None
    if review is not None and review.state == ReviewState.ON_AGENDA and to == ReviewState.SUBMITTED:
        review.state = ReviewState.SUBMITTED
        save(review, by=by)
        point.review = review
    record(events.POINT_REMOVED, on=point, by=by, changes=changes, reason=reason, chain=chain_of(point))
    return point


@act
def carry_over(*, point: AgendaPoint, to: Meeting, by: Actor) -> AgendaPoint:
    """Take a point from one agenda to the end of a later one of the same board."""
    if to.board_id != point.meeting.board_id or to.pk == point.meeting_id:
        raise ValidationError({"to": _("Choose another meeting of this board.")})
    removed = remove_point(point=point, reason=_("Carried over to another meeting."), by=by)
    values = {} if removed.review else {"title_en": removed.title_en, "title_fr": removed.title_fr}
    return add_point(meeting=to, review=removed.review, minutes=removed.minutes, by=by, **values)
