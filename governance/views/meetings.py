"""Meetings: called, changed, opened, closed; attendance."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance import events
from governance.actions.meetings import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    close_meeting,
    mark_attendance,
    open_meeting,
    opens_on,
)
from governance.forms.meetings import CloseForm, MeetingForm
from governance.models import Attendance, Meeting, Seat
from governance.permissions import may_run_meeting
from governance.reading.lists import agenda_of, at_close, board_of, removed_from
from governance.reading.why import why
from governance.states import AgendaState, MeetingState, SeatRole
from governance.views.boardroom import page, press, visible_board, visible_meeting
from people.editing import ReasonForm, edit
from people.permissions import require
from records import clock


def address(meeting: Meeting) -> str:
    return reverse("meeting-detail", args=[meeting.pk])


def meeting_call(request: HttpRequest, board: UUID) -> HttpResponse:
    found = visible_board(request, board)
    require(may_run_meeting(request.user, found))
    form = MeetingForm(request.POST or None, instance=Meeting(board=found))
    told = {
        "board": found,
        "heading": _("Call a meeting of the %(board)s") % {"board": found.name},
        "button": _("Call it"),
        "back": reverse("board-detail", args=[found.pk]),
        "intro": _("Everybody with a seat is told. A written procedure ends at a time; a meeting is closed by hand."),
    }
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: call_meeting(board=found, by=request.user, **form.values),
        to=address,
        said=_("The meeting is called."),
        context=told,
    )


def meeting_show(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    lines = agenda_of(meeting)
    is_live = meeting.state in (MeetingState.PLANNED, MeetingState.OPEN)
    told = page(
        request,
        meeting,
        held_by=board_of(meeting),
        lines=lines,
        undecided=sum(line.point.review_id is not None and line.point.state != AgendaState.DECIDED for line in lines),
        decided=sum(line.point.state == AgendaState.DECIDED for line in lines),
        removed=removed_from(meeting),
        rows=attendance_rows(meeting),
        is_live=is_live,
        opens_on=opens_on(meeting),
        cancelled=why(meeting, events.MEETING_CANCELLED) if meeting.state == MeetingState.CANCELLED else None,
        may_order=is_live and any(len(lines) > 1 or line.may_go for line in lines),
        close_form=CloseForm(meetings=planned_after(meeting), auto_id="close_%s"),
        minutes=list(meeting.minutess.order_by("number")),
    )
    return render(request, "governance/meeting.html", told)


def attendance_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """Every seat held on the day of the meeting, the chair first, and whether its holder is there; of a closed meeting as
    they were then."""
    marks = {each.seat_id: each.presence for each in Attendance.objects.filter(meeting=meeting)}
    day = min(clock.today(), meeting.closed_at.date()) if meeting.closed_at else clock.today()
    seats = Seat.objects.filter(board=meeting.board).on(day).select_related("person", "alternate_for__person")
    order, seats = [role.value for role in SeatRole], list(seats)
    people, was = at_close(meeting, [seat.person for seat in seats]), at_close(meeting, seats)
    rows = [
        {"seat": was[seat.pk], "person": people[seat.person_id], "presence": marks.get(seat.pk, "")} for seat in seats
    ]
    return sorted(rows, key=lambda row: (order.index(row["seat"].role), row["person"].name))


def planned_after(meeting: Meeting) -> Any:
    return Meeting.objects.filter(board=meeting.board, state=MeetingState.PLANNED).exclude(pk=meeting.pk)


def meeting_change(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    require(may_run_meeting(request.user, meeting.board))
    form = MeetingForm(request.POST or None, instance=meeting)
    told = page(request, meeting, heading=_("Change the meeting"), button=_("Save the changes"), back=address(meeting))
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: change_meeting(meeting=form.instance, by=request.user, expected=form.expected, **form.values),
        to=address,
        said=_("The changes are saved."),
        context=told,
    )


def meeting_cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    require(may_run_meeting(request.user, meeting.board))
    form = ReasonForm(request.POST or None)
    intro = _("What is on its agenda waits for another meeting.")
    told = page(
        request, meeting, heading=_("Cancel the meeting"), button=_("Cancel it"), back=address(meeting), intro=intro
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: cancel_meeting(meeting=meeting, reason=form.cleaned_data["reason"], by=request.user),
        to=address(meeting),
        said=_("The meeting is cancelled."),
        context=told,
    )


@require_POST
def meeting_open(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    return press(
        request, lambda: open_meeting(meeting=meeting, by=request.user), to=address(meeting), said=_("It has begun.")
    )


@require_POST
def meeting_close(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    form = CloseForm(request.POST, meetings=planned_after(meeting))

    def act() -> None:
        if not form.is_valid():
            raise ValidationError(_("Choose another meeting of this board."))
        close_meeting(meeting=meeting, by=request.user, carry_to=form.cleaned_data["carry_to"])

    return press(
        request,
        act,
        to=address(meeting),
        said=_("The meeting is closed."),
    )


@require_POST
def attendance_mark(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every seat that was marked; seats left open stay as they are."""
    meeting = visible_meeting(request, key)
    require(may_run_meeting(request.user, meeting.board))
    seats = Seat.objects.filter(board=meeting.board).on(clock.today()).select_related("person", "board")
    marked = {seat: request.POST[f"seat-{seat.pk}"] for seat in seats if request.POST.get(f"seat-{seat.pk}")}
    return press(
        request,
        lambda: mark_attendance(meeting=meeting, presences=marked, by=request.user),
        to=f"{address(meeting)}#attendance",
        said=_("Attendance is marked."),
    )
