"""Boards are set up from their type; seats give capacities, do not overlap, and end rather than vanish."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from governance.actions.boards import change_board, end_seat, give_competence, register_board, seat_person
from governance.models import Board, BoardType, Competence, Gate, GateInput, Seat
from governance.states import DecisionKind, SeatRole
from people.models import Capacity, Notice
from people.permissions import may, standing
from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from tests.governance.town import SEATED, board_of

NEXT_YEAR = date(2027, 4, 1)


def test_board_takes_over_the_shape_of_its_type_and_what_it_decides(cast):
    board = board_of(cast, "review-committee", "REV", quorum=5)
    shipped = BoardType.objects.get(code="review-committee")
    assert (board.name_fr, board.terms_en, board.rule) == (shipped.name_fr, shipped.terms_en, shipped.rule)
    assert (shipped.quorum, board.quorum) == (4, 5)
    assert {each.kind for each in board.competences.all()} == set(shipped.decides)


def test_every_kind_of_decision_has_a_shipped_board(db):
    assert {kind for each in BoardType.objects.all() for kind in each.decides} == set(DecisionKind)


def test_gate_two_asks_the_same_three_things_as_gate_three_without_it(db):
    two = Gate.objects.get(framework__code="itspm", number=2)
    instead = GateInput.objects.filter(gate__framework=two.framework, gate__number=3, when_not_held=two)
    assert [each.name_en for each in instead] == [each.name_en for each in two.inputs.all()]
    assert len(instead) == 3


def test_somebody_who_administers_nothing_sets_up_no_board(cast):
    shipped = BoardType.objects.get(code="investment-board")
    with pytest.raises(Refused):
        register_board(type=shipped, department=cast.department, acronym="INV", by=cast.portfolio_manager)
    assert not Board.objects.exists()


def test_seat_gives_its_capacity_for_its_days(town):
    seat = seat_person(
        board=town.board, role=SeatRole.OBSERVER, person=town.cast.colleague, starts_on=NEXT_YEAR, by=town.cast.admin
    )
    row = Capacity.objects.get(source_id=seat.pk)
    assert (row.kind, row.scope_id, row.starts_on) == ("board_observer", town.board.pk, NEXT_YEAR)
    assert not may(town.cast.colleague, "read_board", town.board, board=town.board.pk)
    assert may(town.secretary, "run_meeting", town.board, board=town.board.pk)
    assert not may(town.secretary, "cast_vote", town.board, board=town.board.pk)


@pytest.mark.parametrize(("role", "starts_on"), [(SeatRole.CHAIR, SEATED), (SeatRole.CHAIR, date(2020, 4, 1))])
def test_board_has_one_chair_at_a_time(town, role, starts_on):
    with pytest.raises((ValidationError, Conflict), match="has a chair"):
        seat_person(board=town.board, role=role, person=town.cast.colleague, starts_on=starts_on, by=town.cast.admin)


def test_nobody_holds_two_seats_of_one_board_at_once_but_one_after_the_other(town):
    last = clock.today()
    end_seat(seat=town.seats["member_one"], ends_on=last, by=town.cast.admin)
    with pytest.raises(ValidationError, match="has a seat"):
        seat_person(
            board=town.board, role=SeatRole.OBSERVER, person=town.member_one, starts_on=last, by=town.cast.admin
        )
    seat_person(
        board=town.board,
        role=SeatRole.OBSERVER,
        person=town.member_one,
        starts_on=last + timedelta(days=1),
        by=town.cast.admin,
    )
    assert town.member_one.seats.count() == 2


def test_ending_a_seat_ends_who_stands_in_for_it_and_the_capacities(town):
    yesterday = clock.today() - timedelta(days=1)
    end_seat(seat=town.seats["member_four"], ends_on=yesterday, by=town.cast.admin, reason="Moved to another branch")
    assert set(Seat.objects.filter(ends_on=yesterday)) == {town.seats["member_four"], town.seats["alternate"]}
    assert not standing(town.alternate).has({"board_member"}, board=town.board.pk)
    assert (
        list(AuditEvent.objects.filter(event="seat on a board ended").values_list("reason", flat=True))
        == ["Moved to another branch"] * 2
    )


def test_past_of_a_board_does_not_change(town):
    yesterday = clock.today() - timedelta(days=1)
    end_seat(seat=town.seats["observer"], ends_on=yesterday, by=town.cast.admin)
    with pytest.raises(ValidationError, match="has ended"):
        end_seat(seat=town.seats["observer"], ends_on=clock.today(), by=town.cast.admin)
    change_board(board=town.board, quorum=3, by=town.cast.admin, reason="Four proved too many")
    event = AuditEvent.objects.get(event="board changed")
    assert (event.changes, event.reason) == ({"quorum": [4, 3]}, "Four proved too many")
    assert [each.quorum for each in town.board.history.order_by("version")] == [4, 3]


def test_alternate_stands_in_for_a_voting_seat_of_the_same_board(town):
    with pytest.raises(ValidationError, match="has a vote"):
        seat_person(
            board=town.endorsing,
            role=SeatRole.ALTERNATE,
            person=town.cast.colleague,
            alternate_for=town.seats["member_one"],
            starts_on=SEATED,
            by=town.cast.admin,
        )


def test_board_that_decides_every_gate_is_given_none_by_name(town):
    gate = Gate.objects.get(framework__code="itspm", number=3)
    with pytest.raises(ValidationError, match="every toll-gate"):
        give_competence(board=town.board, kind=DecisionKind.GATE, gate=gate, by=town.cast.admin)
    assert list(Board.objects.deciding(DecisionKind.GATE, gate)) == [town.board]
    assert Competence.objects.filter(board=town.board, gate=gate).count() == 0


def test_whoever_is_seated_or_leaves_is_told(town):
    given = {"board": town.board, "role": SeatRole.OBSERVER, "person": town.cast.colleague, "by": town.cast.admin}
    seat = seat_person(starts_on=NEXT_YEAR, **given)
    end_seat(seat=seat, ends_on=NEXT_YEAR + timedelta(days=9), by=town.cast.admin)
    told = Notice.objects.filter(person=town.cast.colleague).order_by("at")
    assert [each.kind for each in told] == ["seat.given", "seat.ended"]
    assert told[0].text_en == f"You sit on {town.board} from {NEXT_YEAR} on, as: observer."
    assert told[0].path == f"/boards/{town.board.pk}/"
