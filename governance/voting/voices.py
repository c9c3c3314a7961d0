"""Who may vote on a point, from which seat, and if not, why not (domain.md §5; trust.md S-04, S-05).

A vote belongs to a seat. Being an administrator gives none; the alternate's turn comes only while the principal is marked
absent; nobody votes on what they submitted or on a product whose team they are on.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Seat
from governance.states import AgendaState, MeetingState, SeatRole
from governance.voting.sitting import Sitting
from people.models import Person
from people.permissions import Verdict


@dataclass(frozen=True)
class Voice:
    """The seat a person acts from on one point: `seat` counts, `as_alternate` is the alternate's own seat when it acts."""

    verdict: Verdict
    seat: Seat | None = None
    as_alternate: Seat | None = None

    def __bool__(self) -> bool:
        return bool(self.verdict)

    @property
    def reason(self) -> str:
        return self.verdict.reason


def voice_of(person: Any, sitting: Sitting) -> Voice:
    """From which seat `person` may vote on this point today, or why from none. Says nothing of whether voting is open."""
    own = sitting.seat_of(person) if isinstance(person, Person) and person.is_active else None
    if own is None:
        return _no(person, sitting, _("You have no seat on this board today, so you have no vote."))
    seat = _principal(own, sitting)
    if seat is None:
        return _no(person, sitting, _("The seat you hold on this board has no vote."))
    alternate = own if seat.pk != own.pk else None
    reason = _not_there(seat, alternate, sitting) or _conflict(person, seat, sitting)
    return Voice(Verdict(not reason, reason, sitting.point, person), seat, alternate)


def _no(person: Any, sitting: Sitting, reason: str) -> Voice:
    return Voice(Verdict(False, reason, sitting.point, person))


def _principal(own: Seat, sitting: Sitting) -> Seat | None:
    """The seat whose vote this would be: one's own, or the one an alternate stands in for; None without a vote."""
    wanted = own.alternate_for_id if own.role == SeatRole.ALTERNATE else own.pk
    return next((seat for seat in sitting.voting_seats if seat.pk == wanted), None)


def _not_there(seat: Seat, alternate: Seat | None, sitting: Sitting) -> str:
    if alternate is not None and not sitting.is_absent(seat):
        return _("You vote only while %(name)s is marked absent.") % {"name": seat.person}
    if alternate is None and sitting.is_absent(seat):
        return _("You are marked absent. The secretary can mark you present.")
    if not sitting.is_written and sitting.presences.get((alternate or seat).pk) != "present":
        return _("You are not marked present at this meeting. The secretary marks who is there.")
    return ""


def _conflict(person: Person, seat: Seat, sitting: Sitting) -> str:
    if sitting.is_submitter(person.pk):
        return _("You submitted this, so you do not vote on it.")
    if sitting.is_on_team(person.pk):
        return _("You are on the team of this product, or were when this was submitted, so you do not vote on it.")
    if seat.pk in sitting.recusals:
        return _("A conflict is declared for this seat, so it does not vote here.")
    return ""


def why_closed(sitting: Sitting) -> str:
    """Why nobody can vote on this point now; empty while voting is open."""
    point, meeting = sitting.point, sitting.point.meeting
    if point.state == AgendaState.WAITING:
        return _("Voting on this point is not open yet.")
    if point.state == AgendaState.REMOVED:
        return _("This point was taken off the agenda.")
    if point.state != AgendaState.VOTING:
        return _("Voting on this point is closed.")
    if meeting.state != MeetingState.OPEN:
        return _("This meeting is not open.")
    if meeting.is_written and meeting.is_over:
        return _("The time to vote is over.")
    return ""


def chair_of(person: Any, sitting: Sitting) -> Verdict:
    """Who records the decision: the chair, or the chair's alternate while the chair is absent or set aside.

    A chair who may not vote on the point may not decide it either.
    """
    chair = sitting.chair
    if chair is None:
        return Verdict(False, _("This board has no chair today."), sitting.point, person)
    if not (isinstance(person, Person) and person.is_active):
        return Verdict(False, _("The chair of this board records its decisions."), sitting.point, person)
    if person.pk == chair.person_id:
        if sitting.is_absent(chair):
            return Verdict(
                False, _("You are marked absent. The secretary can mark you present."), sitting.point, person
            )
        reason = _conflict(person, chair, sitting)
        return Verdict(not reason, reason and _cannot_chair(reason), sitting.point, person)
    own = sitting.seat_of(person)
    stands_in = own is not None and own.alternate_for_id == chair.pk
    is_open = sitting.is_absent(chair) or sitting.is_set_aside(chair)
    if stands_in and is_open and not (sitting.is_submitter(person.pk) or sitting.is_on_team(person.pk)):
        return Verdict(True)
    holder = _("The chair of this board, %(name)s, records its decisions.") % {"name": chair.person}
    return Verdict(False, holder, sitting.point, person)


def _cannot_chair(reason: str) -> str:
    return _("%(reason)s The alternate of the chair records this decision.") % {"reason": reason}
