"""Set up boards: their terms, what they may decide, who sits on them; capacities follow in the same act (decisions.md §4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import events, notices
from governance.models import AgendaPoint, Ballot, Board, BoardType, Competence, Gate, Seat
from governance.states import AgendaState, DecisionKind, SeatRole
from people.actions.capacities import grant_capacity
from people.actions.people import by_administrator
from people.models import Department, Person
from people.permissions import require
from people.states import CapacityKind, ScopeKind
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import remove, save

# What a new board takes over from its type unless it is told otherwise.
SHAPE = ("name_en", "name_fr", "terms_en", "terms_fr", "tier", "quorum", "rule", "chair_casts", "hides_tally")
COUNTING = ("quorum", "rule", "chair_casts")  # what the tally of a vote depends on
CAPACITY_OF = {
    SeatRole.CHAIR: CapacityKind.BOARD_CHAIR,
    SeatRole.VOTING: CapacityKind.BOARD_MEMBER,
    SeatRole.ALTERNATE: CapacityKind.BOARD_MEMBER,
    SeatRole.SECRETARY: CapacityKind.BOARD_SECRETARY,
    SeatRole.OBSERVER: CapacityKind.BOARD_OBSERVER,
}


@act
def register_board(*, type: BoardType, department: Department, acronym: str, by: Actor, **values: Any) -> Board:
    """Set up a board of a department from its type: shape and kinds of decision are taken over; `values` differ."""
    require(by_administrator(by, department))
    taken_over = {name: getattr(type, name) for name in SHAPE}
    board = Board(type=type, department=department, acronym=acronym, **(taken_over | values))
    record(events.BOARD_REGISTERED, on=board, by=by, changes=save(board, by=by))
    for kind in type.decides:
        give_competence(board=board, kind=kind, by=by)
    return board


@act
def change_board(*, board: Board, by: Actor, expected: int | None = None, reason: str = "", **values: Any) -> Board:
    """Change a board's terms; what it decided under the earlier ones stands. Stale when it moved on since `expected`.

    ValidationError for another way to count while a vote is open: it ends by the rule it began with.
    """
    require(by_administrator(by, board))
    _keep_open_votes(board, values)
    for name, value in values.items():
        setattr(board, name, value)
    changes = save(board, by=by, expected=expected)
    if changes:
        record(events.BOARD_CHANGED, on=board, by=by, changes=changes, reason=reason)
    return board


def _keep_open_votes(board: Board, values: dict[str, Any]) -> None:
    kept = Board.objects.get(pk=board.pk)
    changed = [name for name in COUNTING if name in values and values[name] != getattr(kept, name)]
    if changed and AgendaPoint.objects.filter(meeting__board=board, state=AgendaState.VOTING).exists():
        words = _("A vote of this board is open; it ends by the rule it began with. Change this once it is closed.")
        raise ValidationError(dict.fromkeys(changed, words))


@act
def put_boards_in_use(*, boards: Iterable[Board], in_use: bool, by: Actor, reason: str) -> None:
    """Take boards out of use (nothing more is submitted to them), or back into it."""
    for board in boards:
        change_board(board=board, is_active=in_use, by=by, reason=reason)


@act
def give_competence(*, board: Board, kind: str, by: Actor, gate: Gate | None = None) -> Competence:
    """Let a board take a kind of decision; for toll-gates one gate, or every gate when none is named."""
    require(by_administrator(by, board))
    competence = Competence(board=board, kind=kind, gate=gate)
    if kind == DecisionKind.GATE:
        _one_or_every(competence)
    record(events.COMPETENCE_GIVEN, on=competence, by=by, changes=save(competence, by=by))
    return competence


def _one_or_every(competence: Competence) -> None:
    """A board decides every gate or those named; both at once would leave unclear what taking one away means."""
    others = Competence.objects.filter(board=competence.board, kind=DecisionKind.GATE)
    if competence.gate is not None and others.filter(gate__isnull=True).exists():
        raise ValidationError({"gate": _("This board decides every toll-gate already.")})
    if competence.gate is None and others.filter(gate__isnull=False).exists():
        raise ValidationError({"gate": _("This board decides some toll-gates. Take those away first.")})


@act
def withdraw_competence(*, competence: Competence, by: Actor, reason: str = "") -> None:
    """Take a kind of decision from a board. What it decided stands, and so does what is before it."""
    require(by_administrator(by, competence.board))
    told = {"kind": [competence.kind, None], "gate": [competence.gate_id, None]}
    record(events.COMPETENCE_WITHDRAWN, on=competence, by=by, changes=told, reason=reason)
    remove(competence, by=by)


@act
def withdraw_competences(*, competences: Iterable[Competence], by: Actor, reason: str) -> None:
    """Take several kinds of decision away, all or none."""
    for competence in competences:
        withdraw_competence(competence=competence, by=by, reason=reason)


@act
def seat_person(
    *,
    board: Board,
    role: str,
    person: Person,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    alternate_for: Seat | None = None,
    name_en: str = "",
    name_fr: str = "",
) -> Seat:
    """Give a person a seat from a day. One person holds one seat of a board at a time, and a board has one chair."""
    require(by_administrator(by, board))
    if not person.is_active:
        raise ValidationError({"person": _("This person has no access any more.")})
    seat = Seat(
        board=board,
        role=role,
        person=person,
        alternate_for=alternate_for,
        starts_on=starts_on,
        ends_on=ends_on,
        name_en=name_en,
        name_fr=name_fr,
    )
    record(events.SEAT_TAKEN, on=seat, by=by, changes=save(seat, by=by))
    _grant(seat)
    notices.seat_given(seat, by=by)
    return seat


@act
def end_seat(*, seat: Seat, ends_on: date, by: Actor, expected: int | None = None, reason: str = "") -> Seat:
    """End a seat on a day, the last that counts, and with it those who stand in for it. What it voted stays."""
    require(by_administrator(by, seat.board))
    if seat.ends_on is not None and seat.ends_on < clock.today():
        raise ValidationError({"ends_on": _("This seat has ended. Who sat when does not change afterwards.")})
    _refuse_before_last_vote(seat, ends_on)
    seat.ends_on = ends_on
    changes = save(seat, by=by, expected=expected)
    if changes:
        record(events.SEAT_ENDED, on=seat, by=by, changes=changes, reason=reason)
        _grant(seat)
        notices.seat_ended(seat, by=by)
    for alternate in seat.alternates.exclude(ends_on__lte=ends_on):
        end_seat(seat=alternate, ends_on=max(ends_on, alternate.starts_on), by=by, reason=reason)
    return seat


@act
def end_seats(*, seats: Iterable[Seat], ends_on: date, by: Actor, reason: str = "") -> None:
    """End several seats on a day, all or none. An alternate that ended with its principal is left as it is."""
    for seat in seats:
        seat.refresh_from_db()
        if seat.ends_on != ends_on:
            end_seat(seat=seat, ends_on=ends_on, by=by, reason=reason)


def _refuse_before_last_vote(seat: Seat, ends_on: date) -> None:
    last = Ballot.objects.filter(seat=seat).order_by("-cast_at").values_list("cast_at", flat=True).first()
    voted_on = timezone.localtime(last).date() if last else None
    if voted_on and ends_on < voted_on:
        raise ValidationError(
            {"ends_on": _("A vote was cast from this seat on %(day)s.") % {"day": voted_on.isoformat()}}
        )


def _grant(seat: Seat) -> None:
    grant_capacity(
        person=seat.person,
        kind=CAPACITY_OF[SeatRole(seat.role)],
        scope=ScopeKind.BOARD,
        scope_id=seat.board_id,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        source=seat,
    )
