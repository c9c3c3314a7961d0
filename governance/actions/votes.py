"""Votes on one point: opened, conflicts declared, ballots cast, closed (domain.md §5, decisions.md §13).

Every act here locks the point first, so votes, the close and the decision of one point happen one after the other.
"""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.agenda import chain_of
from governance.actions.holding import hold_point, package_of
from governance.models import AgendaPoint, Ballot, Recusal, Seat
from governance.permissions import may_run_meeting
from governance.states import AGENDA_MOVES, AgendaState, Choice, MeetingState, SeatRole
from governance.voting.seats import seats_told
from governance.voting.sitting import Sitting, people_of, sitting_of, sitting_of_vote
from governance.voting.voices import Voice, chair_of, voice_of, why_closed
from people.actions.notices import tell_people
from people.notices import both
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import OutOfTurn, Refused
from records.trail import record
from records.writing import save, write

LONGEST = 4_000


@act
def open_voting(*, point: AgendaPoint, by: Actor) -> AgendaPoint:
    """Begin the vote on a review, and tell those who have one. Conflict unless the meeting is open."""
    require(may_run_meeting(by, point.meeting.board))
    point = hold_point(point)
    if point.review is None:
        raise OutOfTurn(_("This point is for discussion; there is nothing to vote on."))
    if point.meeting.state != MeetingState.OPEN:
        raise OutOfTurn(_("This meeting is not open."))
    check_move(AGENDA_MOVES, point.state, AgendaState.VOTING)
    point.state, point.voting_opened_at, point.voting_opened_by_id = AgendaState.VOTING, clock.now(), str(by.pk)
    record(events.VOTING_OPENED, on=point, by=by, changes=save(point, by=by), chain=chain_of(point))
    _tell_voters(point, by)
    return point


def _tell_voters(point: AgendaPoint, by: Actor) -> None:
    sitting = sitting_of(point)
    seats = [each for seat in sitting.voting_seats if not sitting.is_set_aside(seat) for each in sitting.actors(seat)]
    tell_people(
        people=people_of(seats),
        kind="vote.awaited",
        path=reverse("point-detail", args=[point.pk]),
        by=by,
        **both(
            gettext_noop("%(board)s: %(what)s awaits your vote."),
            board=lambda: point.meeting.board.name,
            what=lambda: str(point.review),
        ),
    )


@act
def declare_conflict(*, point: AgendaPoint, conflict: str, by: Actor) -> Recusal:
    """Recuse the seat one holds from a point, before voting: the seat leaves the base of the quorum for good."""
    point = hold_point(point)
    sitting = sitting_of(point)
    voice = voice_of(by, sitting)
    seat = _seat(voice)
    if seat.pk in sitting.recusals:
        raise OutOfTurn(_("A conflict is declared for this seat already."))
    if point.state not in (AgendaState.WAITING, AgendaState.VOTING) or point.review is None:
        raise OutOfTurn(_("A conflict is declared before the vote is closed."))
    if point.meeting.is_written and point.meeting.is_over:
        raise OutOfTurn(_("The time to vote is over."))
    if seat.pk in sitting.ballots:
        raise OutOfTurn(_("A conflict is declared before voting. A vote is cast from this seat already."))
    if not conflict.strip():
        raise ValidationError({"conflict": _("Say what the conflict is.")})
    recusal = Recusal(point=point, seat=seat, conflict=conflict.strip())
    record(events.CONFLICT_DECLARED, on=recusal, by=by, changes=save(recusal, by=by))
    return recusal


def _seat(voice: Voice) -> Seat:
    """The seat a person acts from, even one that may not vote; Refused for who has none."""
    if voice.seat is None:
        raise Refused(voice.reason, subject=voice.verdict.subject, by=voice.verdict.by)
    return voice.seat


@act
def cast_vote(*, point: AgendaPoint, choice: str, by: Actor, reason: str = "") -> Ballot:
    """Cast or change the vote of one's seat while voting is open. Every ballot is kept; the last one counts.

    The same vote again changes nothing. Refused with the reason where the person has no vote here; Conflict when voting
    is not open; ValidationError for a vote against without its reason.
    """
    point = hold_point(point)
    sitting = sitting_of(point)
    voice = voice_of(by, sitting)
    require(voice.verdict)
    if closed := why_closed(sitting):
        raise OutOfTurn(closed)
    choice, reason = _checked(choice, reason)
    last = sitting.ballots.get(_seat(voice).pk)
    if last is not None and (last.choice, last.reason, last.person_id) == (choice, reason, by.pk):
        return last
    return _keep(sitting, voice, choice, reason, by)


def _checked(choice: str, reason: str) -> tuple[str, str]:
    reason = reason.strip()
    if choice not in Choice.values:
        raise ValidationError({"choice": _("Choose how you vote.")})
    if choice == Choice.AGAINST and not reason:
        raise ValidationError({"reason": _("A vote against says why.")})
    if len(reason) > LONGEST:
        raise ValidationError({"reason": _("Say it in at most %(count)s characters.") % {"count": LONGEST}})
    return choice, reason


def _keep(sitting: Sitting, voice: Voice, choice: str, reason: str, by: Actor) -> Ballot:
    point, seat = sitting.point, _seat(voice)
    last = sitting.ballots.get(seat.pk)
    ballot = Ballot(
        point=point,
        seat=seat,
        number=(last.number if last else 0) + 1,
        choice=choice,
        reason=reason,
        person_id=by.pk,
        as_alternate=voice.as_alternate,
        cast_at=clock.now(),
        package_sha256=package_of(point).sha256,
    )
    ballot.full_clean(exclude=[] if voice.as_alternate else ["as_alternate"])
    write(ballot)
    # How somebody voted is not in the trail: it may be hidden until the close, and the ballot itself cannot change.
    told = {
        "ballot": [None, ballot.pk],
        "number": [last and last.number, ballot.number],
        "seat": [None, str(seat)],
    }
    record(events.VOTE_CAST, on=point, by=by, changes=told, chain=chain_of(point))
    return ballot


@act
def close_voting(*, point: AgendaPoint, by: Actor) -> AgendaPoint:
    """End the vote and keep the tally as it stands. In a written procedure not before its end, unless all have voted."""
    point = hold_point(point)
    sitting = sitting_of_vote(point)
    require(may_run_meeting(by, point.meeting.board) or chair_of(by, sitting))
    if point.state == AgendaState.VOTED:
        raise OutOfTurn(_("Voting on this point is closed."))
    check_move(AGENDA_MOVES, point.state, AgendaState.VOTED)
    tally = sitting.tally()
    if not point.meeting.is_over and tally.voted < tally.base:
        raise OutOfTurn(_("Not everybody has voted, and there is still time to."))
    return _close(sitting, by)


@act
def close_overdue(*, point: AgendaPoint, by: Actor) -> AgendaPoint:
    """Part of the system's work: end a written vote whose time is over, with the tally of that instant, and tell the chair.

    Closed meanwhile, or given more time, it stays as it is.
    """
    point = hold_point(point)
    if point.state != AgendaState.VOTING or not point.meeting.is_written or not point.meeting.is_over:
        return point
    sitting = sitting_of_vote(point)
    _close(sitting, by)
    _tell_chair(sitting, by)
    return point


def _close(sitting: Sitting, by: Actor) -> AgendaPoint:
    point, tally = sitting.point, sitting.tally()
    point.state, point.voting_closed_at, point.voting_closed_by_id = AgendaState.VOTED, clock.now(), str(by.pk)
    point.tally = tally.as_json() | {"votes": seats_told(sitting)}
    save(point, by=by)
    told = {"for": [None, tally.for_], "against": [None, tally.against], "abstained": [None, tally.abstained],
            "present": [None, tally.present], "quorum": [None, tally.quorum], "recused": [None, tally.recused]}  # fmt: skip
    record(events.VOTING_CLOSED, on=point, by=by, changes=told, chain=chain_of(point))
    return point


def _tell_chair(sitting: Sitting, by: Actor) -> None:
    """Whoever decides learns that it is their turn; without a quorum whoever runs the agenda learns it too."""
    point, told = sitting.point, [seat for seat in sitting.seats if chair_of(seat.person, sitting)]
    words = gettext_noop("%(board)s: voting on %(what)s is over. The decision is yours to record.")
    if not sitting.tally().has_quorum:
        words = gettext_noop("%(board)s: voting on %(what)s is over, without a quorum.")
        told += [seat for seat in sitting.seats if seat.role == SeatRole.SECRETARY]
    tell_people(
        people=people_of(told),
        kind="decision.awaited",
        path=reverse("point-detail", args=[point.pk]),
        by=by,
        **both(words, board=lambda: point.meeting.board.name, what=lambda: str(point.review)),
    )
