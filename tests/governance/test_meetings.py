"""Meetings, agendas and minutes: who runs them, every move in every state (domain.md §5)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.actions.agenda import add_point, carry_over, change_point, move_point, remove_point
from governance.actions.decisions import decide_review
from governance.actions.meetings import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from governance.actions.minutes import (
    approve_minutes,
    change_minutes,
    circulate_minutes,
    correct_minutes,
    draft_minutes,
    lock_minutes,
    return_minutes,
)
from governance.actions.votes import close_voting, open_voting
from governance.models import AgendaPoint, Meeting
from governance.states import AGENDA_MOVES, MEETING_MOVES, MINUTES_MOVES, AgendaState, MeetingState, MinutesState
from people.models import Notice
from records import clock
from records.refusals import Conflict, Refused, Stale
from records.writing import save
from tests.governance.before_board import NOW, another_product, called, present, submitted, vote, voted, voting

pytestmark = pytest.mark.django_db
TEXTS = {"text_en": "It met.", "text_fr": "Il s’est réuni."}


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def review(town):
    return submitted(town, product=another_product(town), gate=2)


def titled(meeting, by, *letters):
    return [add_point(meeting=meeting, title_en=each, title_fr=each, by=by) for each in letters]


def order(meeting):
    rows = AgendaPoint.objects.filter(meeting=meeting).exclude(state="removed").order_by("position")
    return "".join(rows.values_list("title_en", flat=True))


# Meetings ---------------------------------------------------------------------------------------------------------


def in_state(town, state):
    meeting = called(town)
    if state == MeetingState.CANCELLED:
        return cancel_meeting(meeting=meeting, reason="Snow.", by=town.secretary)
    if state in (MeetingState.OPEN, MeetingState.CLOSED):
        meeting = open_meeting(meeting=meeting, by=town.secretary)
    return close_meeting(meeting=meeting, by=town.secretary) if state == MeetingState.CLOSED else meeting


MEETING_ACTS = {
    MeetingState.OPEN: lambda meeting, by: open_meeting(meeting=meeting, by=by),
    MeetingState.CLOSED: lambda meeting, by: close_meeting(meeting=meeting, by=by),
    MeetingState.CANCELLED: lambda meeting, by: cancel_meeting(meeting=meeting, reason="Snow.", by=by),
}


@pytest.mark.parametrize("after", MEETING_ACTS)
@pytest.mark.parametrize("before", MeetingState)
def test_meeting_moves_as_its_table_says(town, before, after):
    meeting = in_state(town, before)
    if after in MEETING_MOVES[before]:
        assert MEETING_ACTS[after](meeting, town.chair).state == after
    else:
        with pytest.raises(Conflict):
            MEETING_ACTS[after](meeting, town.chair)


@pytest.mark.parametrize(
    "name", ["member_one", "alternate", "observer", "admin", "ops_chair", "product_manager", "oversight"]
)
def test_only_chair_and_secretary_run_meetings(town, name):
    by, meeting = town.cast.people[name], called(town)
    for refused in (
        lambda: call_meeting(board=town.board, starts_at=NOW, by=by),
        lambda: change_meeting(meeting=meeting, place="Here", by=by),
        lambda: cancel_meeting(meeting=meeting, reason="No.", by=by),
        lambda: open_meeting(meeting=meeting, by=by),
        lambda: mark_attendance(meeting=meeting, presences={}, by=by),
        lambda: add_point(meeting=meeting, title_en="T", by=by),
    ):
        with pytest.raises(Refused):
            refused()
    assert Meeting.objects.get().version == 1


def test_everybody_with_a_seat_is_told_of_a_meeting_and_of_its_new_time(town):
    meeting = called(town)
    change_meeting(meeting=meeting, by=town.chair, starts_at=NOW + timedelta(days=1))
    change_meeting(meeting=meeting, by=town.chair, submissions_close_on=NOW.date())
    told = Notice.objects.filter(kind="meeting.called", person=town.member_one)
    assert [each.text_fr != each.text_en for each in told] == [True, True]


def test_meeting_seen_in_a_stale_tab_is_not_overwritten(town):
    meeting = called(town)
    change_meeting(meeting=meeting, by=town.chair, place="4-201", expected=1)
    with pytest.raises(Stale):
        change_meeting(meeting=meeting, by=town.secretary, place="5-301", expected=1)


def test_open_meeting_is_not_changed_but_a_written_procedure_may_end_later(town, review):
    with pytest.raises(Conflict):
        change_meeting(meeting=in_state(town, MeetingState.OPEN), by=town.secretary, place="Elsewhere")
    written = called(town, form="written", starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=2))
    add_point(meeting=written, review=review, by=town.secretary)
    written = open_meeting(meeting=written, by=town.secretary)
    with pytest.raises(ValidationError):
        change_meeting(meeting=Meeting.objects.get(pk=written.pk), by=town.chair, ends_at=NOW + timedelta(days=1))
    later = NOW + timedelta(days=3)
    assert change_meeting(meeting=Meeting.objects.get(pk=written.pk), by=town.chair, ends_at=later).ends_at == later
    assert AgendaPoint.objects.get().state == "voting"


@pytest.mark.parametrize("values", [{"form": "written"}, {"form": "written", "ends_at": NOW - timedelta(hours=1)}])
def test_written_procedure_ends_after_it_begins(town, values):
    with pytest.raises(ValidationError):
        called(town, **values)


def test_cancelled_meeting_gives_its_reviews_back(town, review):
    meeting = called(town)
    add_point(meeting=meeting, review=review, by=town.secretary)
    review.refresh_from_db()
    assert review.state == "on_agenda"
    cancel_meeting(meeting=meeting, reason="Snow.", by=town.secretary)
    review.refresh_from_db()
    assert review.state == "submitted"


def test_meeting_does_not_close_over_an_open_vote_or_an_undecided_one(town, review):
    point = voting(town, review)
    with pytest.raises(Conflict, match="Guided Matching"):
        close_meeting(meeting=point.meeting, by=town.secretary)
    vote(town, point, chair="for", member_one="for", member_two="for", member_three="for")
    point = close_voting(point=point, by=town.chair)
    with pytest.raises(Conflict, match="Not decided yet"):
        close_meeting(meeting=point.meeting, by=town.secretary)


def test_what_was_not_reached_goes_to_the_next_meeting(town, review):
    meeting, following = called(town), called(town, starts_at=NOW + timedelta(days=7))
    add_point(meeting=meeting, review=review, by=town.secretary)
    open_meeting(meeting=meeting, by=town.secretary)
    close_meeting(meeting=meeting, by=town.secretary, carry_to=following)
    assert AgendaPoint.objects.get(meeting=following).review == review
    review.refresh_from_db()
    assert review.state == "on_agenda"


def test_attendance_is_for_seats_of_this_board(town):
    meeting = called(town)
    with pytest.raises(ValidationError):
        mark_attendance(meeting=meeting, presences={town.seats["ops_chair"]: "present"}, by=town.secretary)
    with pytest.raises(ValidationError):
        mark_attendance(meeting=meeting, presences={town.seats["chair"]: "asleep"}, by=town.secretary)
    with pytest.raises(Conflict):
        present(town, in_state(town, MeetingState.CLOSED))


# Agendas ----------------------------------------------------------------------------------------------------------


def point_in(town, state, review):
    if state in (AgendaState.VOTED, AgendaState.DECIDED):
        point = (
            voting(town, review, "member_one", "member_two")
            if state == AgendaState.VOTED
            else voted(town, review=review)
        )
        if state == AgendaState.VOTED:
            return close_voting(point=point, by=town.chair)
        decide_review(point=point, outcome="approved", by=town.chair)
        return AgendaPoint.objects.get(pk=point.pk)
    if state == AgendaState.VOTING:
        return voting(town, review)
    meeting = open_meeting(meeting=called(town), by=town.secretary)
    point = add_point(meeting=meeting, review=review, by=town.secretary)
    return remove_point(point=point, reason="Later.", by=town.secretary) if state == AgendaState.REMOVED else point


POINT_ACTS = {
    AgendaState.VOTING: lambda point, town: open_voting(point=point, by=town.secretary),
    AgendaState.VOTED: lambda point, town: close_voting(point=point, by=town.chair),
    AgendaState.REMOVED: lambda point, town: remove_point(point=point, reason="Why.", by=town.secretary),
}


@pytest.mark.parametrize("after", POINT_ACTS)
@pytest.mark.parametrize("before", AgendaState)
def test_point_moves_as_its_table_says(town, review, before, after):
    point = point_in(town, before, review)
    if after in AGENDA_MOVES[before]:
        assert POINT_ACTS[after](point, town).state == after
    else:
        with pytest.raises(Conflict):
            POINT_ACTS[after](point, town)


def test_points_change_places_by_one_step(town):
    meeting = called(town)
    first, _second, third = titled(meeting, town.secretary, "A", "B", "C")
    move_point(point=third, up=True, by=town.secretary)
    assert order(meeting) == "ACB"
    move_point(point=first, up=True, by=town.chair)
    move_point(point=first, up=False, by=town.chair)
    assert order(meeting) == "CAB"
    remove_point(point=first, reason="No.", by=town.chair)
    with pytest.raises(Conflict):
        move_point(point=first, up=True, by=town.chair)
    assert order(meeting) == "CB"


def test_review_stands_on_one_agenda_of_its_own_board(town, review):
    add_point(meeting=called(town), review=review, by=town.secretary)
    with pytest.raises(Conflict):
        add_point(meeting=called(town), review=review, by=town.secretary)
    other = submitted(town, gate=1)
    ours = call_meeting(board=town.endorsing, starts_at=NOW + timedelta(days=1), by=town.cast.people["ops_chair"])
    with pytest.raises(ValidationError):
        add_point(meeting=ours, review=other, by=town.cast.people["ops_chair"])


def test_review_that_is_not_submitted_is_on_no_agenda(town, review):
    review.state = "preparing"
    save(review, by=town.cast.product_manager)
    with pytest.raises(Conflict):
        add_point(meeting=called(town), review=review, by=town.secretary)


def test_point_is_carried_over_to_another_meeting_of_the_board(town, review):
    point = add_point(meeting=called(town), review=review, by=town.secretary)
    [matter] = titled(point.meeting, town.secretary, "Talk")
    to = called(town, starts_at=NOW + timedelta(days=7))
    assert carry_over(point=point, to=to, by=town.secretary).review == review
    assert carry_over(point=matter, to=to, by=town.secretary).title_en == "Talk"
    with pytest.raises(ValidationError):
        carry_over(point=to.agendapoints.first(), to=to, by=town.secretary)


def test_what_was_said_is_noted_until_the_meeting_is_over(town):
    meeting = in_state(town, MeetingState.OPEN)
    [point] = titled(meeting, town.secretary, "Talk")
    change_point(point=point, by=town.secretary, discussion_en="Said.", discussion_fr="Dit.", expected=1)
    with pytest.raises(Stale):
        change_point(point=point, by=town.chair, discussion_en="Other.", expected=1)
    point.refresh_from_db()
    close_meeting(meeting=meeting, by=town.secretary)
    with pytest.raises(Conflict):
        change_point(point=point, by=town.secretary, minutes=5)


def test_matter_of_discussion_has_no_vote(town):
    meeting = in_state(town, MeetingState.OPEN)
    [point] = titled(meeting, town.secretary, "Talk")
    with pytest.raises(Conflict):
        open_voting(point=point, by=town.secretary)
    with pytest.raises(ValidationError):
        add_point(meeting=meeting, by=town.secretary)


# Minutes ----------------------------------------------------------------------------------------------------------


def minutes_in(town, state):
    made = draft_minutes(meeting=in_state(town, MeetingState.CLOSED), by=town.secretary)
    if state != MinutesState.DRAFT:
        circulate_minutes(minutes=made, by=town.secretary)
    if state in (MinutesState.APPROVED, MinutesState.LOCKED):
        approve_minutes(minutes=made, at=later_meeting(town), by=town.chair)
    return lock_minutes(minutes=made, by=town.secretary) if state == MinutesState.LOCKED else made


def later_meeting(town):
    with clock.at(NOW + timedelta(days=7)):
        return open_meeting(meeting=called(town), by=town.secretary)


MINUTES_ACTS = {
    MinutesState.DRAFT: lambda minutes, town: return_minutes(minutes=minutes, by=town.secretary),
    MinutesState.CIRCULATED: lambda minutes, town: circulate_minutes(minutes=minutes, by=town.secretary),
    MinutesState.APPROVED: lambda minutes, town: approve_minutes(
        minutes=minutes, at=later_meeting(town), by=town.chair
    ),
    MinutesState.LOCKED: lambda minutes, town: lock_minutes(minutes=minutes, by=town.secretary),
}


@pytest.mark.parametrize("after", MINUTES_ACTS)
@pytest.mark.parametrize("before", MinutesState)
def test_minutes_move_as_their_table_says(town, before, after):
    minutes = minutes_in(town, before)
    if after in MINUTES_MOVES[before]:
        assert MINUTES_ACTS[after](minutes, town).state == after
    else:
        with pytest.raises(Conflict):
            MINUTES_ACTS[after](minutes, town)


def test_minutes_say_who_was_there_how_the_board_voted_and_what_it_decided(town, review):
    point = voting(town, review, "member_four")
    vote(town, point, chair="for", member_one="for", member_two="for", member_three="against")
    decision = decide_review(point=close_voting(point=point, by=town.chair), outcome="approved", by=town.chair)
    meeting = close_meeting(meeting=point.meeting, by=town.secretary)
    minutes = draft_minutes(meeting=meeting, by=town.secretary)
    assert "Absent: Member Four" in minutes.text_en
    assert "For 3, against 1, abstained 0; 4 seats present, quorum 4." in minutes.text_en
    assert all(decision.number in text for text in (minutes.text_en, minutes.text_fr))
    assert minutes.text_en != minutes.text_fr


def test_minutes_are_for_those_who_run_the_meeting_once_it_is_closed(town):
    with pytest.raises(Conflict):
        draft_minutes(meeting=in_state(town, MeetingState.OPEN), by=town.secretary)
    minutes = minutes_in(town, MinutesState.DRAFT)
    with pytest.raises(Refused):
        change_minutes(minutes=minutes, by=town.member_one, **TEXTS)
    with pytest.raises(Conflict):
        draft_minutes(meeting=minutes.meeting, by=town.secretary)
    change_minutes(minutes=minutes, by=town.secretary, text_en="It met.", text_fr="")
    with pytest.raises(ValidationError):
        circulate_minutes(minutes=minutes, by=town.secretary)


def test_minutes_are_approved_at_a_later_meeting_that_has_begun(town):
    minutes = minutes_in(town, MinutesState.CIRCULATED)
    for meeting in (called(town, starts_at=NOW + timedelta(days=7)), minutes.meeting):
        with pytest.raises(ValidationError):
            approve_minutes(minutes=minutes, at=meeting, by=town.chair)
    with pytest.raises(Conflict):
        change_minutes(minutes=minutes, by=town.secretary, **TEXTS)


def test_locked_minutes_are_corrected_by_appending(town):
    minutes = minutes_in(town, MinutesState.LOCKED)
    with pytest.raises(Conflict):
        change_minutes(minutes=minutes, by=town.secretary, **TEXTS)
    correction = correct_minutes(minutes=minutes, by=town.secretary, **TEXTS)
    assert (correction.number, correction.corrects, correction.state) == (2, minutes, "draft")
    with pytest.raises(Conflict):
        correct_minutes(minutes=correction, by=town.secretary, **TEXTS)


def test_minutes_on_screen_have_a_heading_for_each_point_and_a_list_of_what_was_noted(town, review, client_of):
    point = voted(town, review=review)
    decision = decide_review(point=point, outcome="approved", by=town.chair)
    meeting = close_meeting(meeting=point.meeting, by=town.secretary)
    draft_minutes(meeting=meeting, by=town.secretary)
    page = client_of("member_one").get(reverse("minutes-detail", args=[meeting.pk])).content.decode()
    assert f"<h2>1. {review}</h2>" in page
    assert f"<li>Decision {decision.number}: approved.</li>" in page


def test_agenda_has_a_column_of_order_only_when_there_is_something_to_order(town, review, client_of):
    point = voting(town, review)
    address, client = reverse("meeting-detail", args=[point.meeting_id]), client_of("secretary")
    assert "Order" not in client.get(address).content.decode()
    titled(point.meeting, town.secretary, "Talk")
    assert "Order" in client.get(address).content.decode()
