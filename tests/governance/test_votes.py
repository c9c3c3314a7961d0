"""Who may vote and why not, what counts, what is kept (domain.md §5; trust.md S-04, S-05)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from governance.actions.agenda import add_point
from governance.actions.boards import change_board, end_seat, seat_person
from governance.actions.decisions import decide_review
from governance.actions.meetings import change_meeting, mark_attendance, open_meeting
from governance.actions.votes import cast_vote, close_voting, declare_conflict, open_voting
from governance.jobs import close_overdue_votes, overdue_votes
from governance.models import AgendaPoint, Ballot, Meeting, Recusal
from governance.voting.tally import tally_of
from people.models import Notice
from products.actions.roles import assign_role, end_role
from products.actions.structure import add_position, change_position
from products.models import RoleAssignment
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict, OutOfTurn, Refused
from tests.governance.before_board import NOW, VOTERS, another_product, called, submitted, vote, voting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def refused(point, by, choice="for"):
    with pytest.raises(Refused) as told:
        cast_vote(point=point, choice=choice, by=by)
    return str(told.value)


def test_five_vote_and_the_tally_equals_the_rows(town):
    point = voting(town)
    vote(town, point, chair="for", member_one="for", member_two="for", member_three="abstain", member_four="against")
    closed = close_voting(point=point, by=town.chair)
    tally = tally_of(closed)
    assert (tally.eligible, tally.present, tally.for_, tally.against, tally.abstained) == (5, 5, 3, 1, 1)
    assert tally.has_quorum
    assert tally.passes
    assert {each["choice"] for each in closed.tally["votes"]} == {"for", "against", "abstain"}
    assert all(ballot.package_sha256 == "e0" * 32 for ballot in Ballot.objects.all())


def test_who_has_no_vote_is_told_why(town):
    point = voting(town, None, "member_four")
    cast = town.cast
    assert "no seat on this board" in refused(point, cast.admin)
    assert "no seat on this board" in refused(point, cast.stranger)
    assert "no seat on this board" in refused(point, cast.people["ops_chair"])
    assert "has no vote" in refused(point, town.secretary)
    assert "has no vote" in refused(point, town.observer)
    assert "marked absent" in refused(point, town.member_four)
    assert not Ballot.objects.exists()


def test_superuser_without_a_seat_is_refused_and_the_refusal_is_recorded(town):
    point = voting(town)
    refused(point, town.cast.admin)
    assert AuditEvent.objects.filter(event="act refused", actor_id=str(town.cast.admin.pk)).exists()


def test_alternate_votes_only_while_the_principal_is_marked_absent(town):
    point = voting(town)
    assert "only while Member Four" in refused(point, town.alternate)
    marks = {town.seats["member_four"]: "absent"}
    mark_attendance(meeting=point.meeting, presences=marks, by=town.secretary)
    assert "not marked present" in refused(point, town.alternate)
    mark_attendance(meeting=point.meeting, presences={town.seats["alternate"]: "present"}, by=town.secretary)
    ballot = cast_vote(point=point, choice="for", by=town.alternate)
    assert (ballot.seat, ballot.as_alternate) == (town.seats["member_four"], town.seats["alternate"])
    assert tally_of(point).for_ == 1


def test_principal_who_voted_is_not_marked_absent_under_their_own_vote(town):
    point = voting(town)
    vote(town, point, member_four="against")
    with pytest.raises(Conflict, match="Member Four has voted"):
        mark_attendance(meeting=point.meeting, presences={town.seats["member_four"]: "absent"}, by=town.secretary)


def test_nobody_votes_on_what_they_submitted(town):
    point = voting(town, submitted(town, product=another_product(town), by="member_one"))
    assert "You submitted this" in refused(point, town.member_one)
    assert (tally_of(point).base, tally_of(point).recused) == (4, 1)


def test_team_members_do_not_vote_now_or_then(town):
    kind = {"product": town.cast.product, "kind": "product_owner"}
    by = town.cast.portfolio_manager
    then = assign_role(**kind, person=town.member_two, starts_on=TODAY, by=by)
    review = submitted(town)
    end_role(assignment=then, ends_on=TODAY, by=by)
    with clock.at(NOW + timedelta(days=2)):
        assign_role(**kind, person=town.member_three, starts_on=date(2026, 11, 20), by=by)
        point = voting(town, review)
        assert "team of this product" in refused(point, town.member_two)
        assert "team of this product" in refused(point, town.member_three)
        assert cast_vote(point=point, choice="for", by=town.member_one)
        assert (tally_of(point).base, tally_of(point).present) == (3, 3)
    assert RoleAssignment.objects.filter(person=town.member_three).exists()


def test_who_held_a_position_when_it_was_submitted_does_not_vote_later(town):
    branch = town.cast.product.sponsoring_branch
    head = town.cast.people["product_manager"]
    values = {"title_en": "Analyst", "title_fr": "Analyste", "branch": branch, "starts_on": date(2026, 4, 1)}
    place = add_position(product=town.cast.product, holder=town.member_two, by=head, **values)
    review = submitted(town)
    with clock.at(NOW + timedelta(days=2)):
        change_position(position=place, holder=None, vacant_since=date(2026, 11, 20), by=head)
        assert "were when this was submitted" in refused(voting(town, review), town.member_two)


def test_ended_and_coming_seats_have_no_vote(town):
    end_seat(seat=town.seats["member_one"], ends_on=date(2026, 11, 17), by=SYSTEM)
    seat_person(board=town.board, role="voting", person=town.cast.colleague, starts_on=date(2026, 11, 19), by=SYSTEM)
    point = voting(town_without(town, "member_one"))
    assert "no seat" in refused(point, town.member_one)
    assert "no seat" in refused(point, town.cast.colleague)
    assert tally_of(point).eligible == 4


def town_without(town, name):
    """The same town, in which only those who still sit are marked."""
    town.seats[name] = town.seats["chair"]
    return town


def test_deactivated_person_has_no_vote(town):
    point = voting(town)
    town.member_one.is_active = False
    assert "no seat" in refused(point, town.member_one)


def test_recused_seat_leaves_the_base_and_does_not_vote(town):
    point = voting(town)
    declare_conflict(point=point, conflict="My sister leads it.", by=town.member_one)
    assert "conflict is declared" in refused(point, town.member_one)
    assert (tally_of(point).base, tally_of(point).present, tally_of(point).has_quorum) == (4, 4, True)
    with pytest.raises(Conflict, match="already"):
        declare_conflict(point=point, conflict="Again.", by=town.member_one)


def test_conflict_is_declared_before_voting_by_who_sits_there(town):
    point = voting(town)
    vote(town, point, member_one="for")
    with pytest.raises(Conflict, match="before voting"):
        declare_conflict(point=point, conflict="Late.", by=town.member_one)
    with pytest.raises(Refused):
        declare_conflict(point=point, conflict="Mine.", by=town.cast.admin)
    with pytest.raises(ValidationError):
        declare_conflict(point=point, conflict=" ", by=town.member_two)
    assert not Recusal.objects.exists()


def test_last_vote_counts_and_all_are_kept(town):
    point = voting(town)
    vote(town, point, member_one="for")
    vote(town, point, member_one="against")
    vote(town, point, member_one="against")
    assert list(Ballot.objects.values_list("number", "choice")) == [(1, "for"), (2, "against")]
    assert (tally_of(point).for_, tally_of(point).against) == (0, 1)


def test_vote_against_says_why_and_an_unknown_choice_is_no_vote(town):
    point = voting(town)
    with pytest.raises(ValidationError):
        cast_vote(point=point, choice="against", by=town.member_one)
    with pytest.raises(ValidationError):
        cast_vote(point=point, choice="recused", by=town.member_one)
    assert not Ballot.objects.exists()


def test_nothing_before_open_and_nothing_after_close(town):
    meeting = called(town)
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    with pytest.raises(Conflict, match="not open"):
        open_voting(point=point, by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    mark_attendance(meeting=meeting, presences={town.seats[name]: "present" for name in VOTERS}, by=town.secretary)
    with pytest.raises(Conflict, match="not open yet"):
        cast_vote(point=point, choice="for", by=town.chair)
    open_voting(point=point, by=town.secretary)
    close_voting(point=point, by=town.chair)
    with pytest.raises(Conflict, match="closed"):
        cast_vote(point=point, choice="for", by=town.chair)
    with pytest.raises(Conflict, match="closed"):
        close_voting(point=point, by=town.chair)


def test_only_who_runs_the_meeting_opens_and_only_they_or_the_chair_close(town):
    point = voting(town)
    for name in ("member_one", "observer"):
        with pytest.raises(Refused):
            open_voting(point=point, by=town.cast.people[name])
        with pytest.raises(Refused):
            close_voting(point=point, by=town.cast.people[name])
    with pytest.raises(Refused):
        close_voting(point=point, by=town.cast.admin)


def test_written_procedure_ends_by_the_clock(town):
    meeting = called(town, form="written", ends_at=NOW + timedelta(days=5))
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    vote(town, point, chair="for", member_one="for", member_two="for")
    with pytest.raises(Conflict, match="still time"):
        close_voting(point=point, by=town.chair)
    assert (tally_of(point).present, tally_of(point).has_quorum) == (3, False)
    vote(town, point, member_three="abstain")
    with clock.at(NOW + timedelta(days=5)):
        with pytest.raises(Conflict, match="over"):
            cast_vote(point=point, choice="for", by=town.member_four)
        assert tally_of(close_voting(point=point, by=town.chair)).passes


def test_written_procedure_closes_early_once_all_have_voted(town):
    meeting = called(town, form="written", ends_at=NOW + timedelta(days=5))
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    declare_conflict(point=point, conflict="Mine.", by=town.member_four)
    vote(town, point, **dict.fromkeys(VOTERS[:4], "for"))
    assert tally_of(close_voting(point=point, by=town.chair)).present == 4


def test_casting_vote_and_consensus_follow_the_board(town):
    change_board(board=town.board, by=SYSTEM, chair_casts=True)
    point = voting(town, None, "member_four")
    vote(town, point, chair="for", member_one="for", member_two="against", member_three="against")
    assert tally_of(point).casting
    with pytest.raises(ValidationError, match="the rule it began with"):
        change_board(board=town.board, by=SYSTEM, rule="consensus")
    assert tally_of(close_voting(point=point, by=town.chair)).passes
    town.board.refresh_from_db()
    change_board(board=town.board, by=SYSTEM, rule="consensus")
    second = voting(town, submitted(town, product=another_product(town)), "member_four")
    vote(town, second, chair="for", member_one="for", member_two="abstain", member_three="against")
    assert not tally_of(second).passes


def test_who_awaits_a_vote_is_told_and_the_trail_keeps_the_secret(town):
    point = voting(town)
    told = set(Notice.objects.filter(kind="vote.awaited").values_list("person__name", flat=True))
    assert told == {"Chair", "Member One", "Member Two", "Member Three", "Member Four"}
    vote(town, point, member_one="against")
    event = AuditEvent.objects.get(event="vote cast")
    assert "against" not in str(event.changes) + event.reason + event.subject_name


@pytest.mark.parametrize("statement", ["UPDATE governance_ballot SET choice = 'for'", "DELETE FROM governance_ballot"])
def test_database_refuses_to_change_a_ballot(town, statement):
    vote(town, voting(town), member_one="abstain")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Ballot.objects.get().choice == "abstain"


def test_written_procedure_closes_itself_once_as_it_stood_when_its_time_was_over(town):
    end = NOW + timedelta(days=5)
    meeting = called(town, form="written", ends_at=end)
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    vote(town, point, **dict.fromkeys(VOTERS[:4], "for"))
    assert not overdue_votes().exists()
    seat_person(board=town.board, role="voting", person=town.cast.colleague, starts_on=date(2026, 11, 25), by=SYSTEM)
    with clock.at(end + timedelta(days=3)):
        with pytest.raises(OutOfTurn, match="over"):
            declare_conflict(point=point, conflict="Late.", by=town.member_four)
        with pytest.raises(OutOfTurn, match="over"):
            change_meeting(meeting=meeting, ends_at=end + timedelta(days=9), by=town.secretary)
        assert [close_overdue_votes({})["points"], close_overdue_votes({})["points"]] == [1, 0]
        point.refresh_from_db()
        tally = tally_of(point)
        assert (point.state, point.voting_closed_by_id, tally.eligible, tally.for_) == ("voted", "system", 5, 4)
        assert Notice.objects.get(kind="decision.awaited").person == town.chair
        assert AuditEvent.objects.get(event="voting closed").actor_id == "system"
        assert decide_review(point=point, outcome="deferred", rationale_en="L.", rationale_fr="P.", by=town.chair)


def test_written_procedure_that_ends_without_quorum_is_told_to_the_secretary_too(town):
    meeting = called(town, form="written", ends_at=NOW + timedelta(days=5))
    point = add_point(meeting=meeting, review=submitted(town), by=town.secretary)
    open_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=town.secretary)
    with clock.at(NOW + timedelta(days=5)):
        close_overdue_votes({})
        assert not tally_of(AgendaPoint.objects.get(pk=point.pk)).has_quorum
        told = set(Notice.objects.filter(kind="decision.awaited").values_list("person__name", flat=True))
        assert told == {"Chair", "Secretary"}
