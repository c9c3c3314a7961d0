"""Minutes: drawn up, edited, circulated, approved, locked, corrected."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.minutes import (
    approve_minutes,
    change_minutes,
    circulate_minutes,
    correct_minutes,
    draft_minutes,
    lock_minutes,
    return_minutes,
)
from governance.forms.meetings import ApprovalForm, CorrectionForm, MinutesForm
from governance.models import Meeting, Minutes
from governance.papers.minutes import read
from governance.permissions import may_run_meeting
from governance.states import MeetingState, MinutesState
from governance.views.boardroom import page, press, visible_meeting, visible_minutes
from people.editing import edit
from people.permissions import require

MOVES = {"circulate": circulate_minutes, "return": return_minutes, "lock": lock_minutes}


def address(minutes: Minutes) -> str:
    return reverse("minutes-detail", args=[minutes.meeting_id])


def _here(meeting: Meeting) -> tuple[str, str]:
    return reverse("minutes-detail", args=[meeting.pk]), _("Minutes")


def minutes_show(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    rows = Minutes.objects.filter(meeting=meeting).select_related("meeting__board__department").order_by("number")
    found = [read(each) for each in rows]
    told = page(request, meeting, _here(meeting), minutes=found, is_closed=meeting.state == MeetingState.CLOSED)
    return render(request, "governance/minutes.html", told)


@require_POST
def minutes_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    return press(
        request,
        lambda: draft_minutes(meeting=meeting, by=request.user),
        to=reverse("minutes-detail", args=[meeting.pk]),
        said=_("The minutes are drawn up from what was recorded. Read them, then circulate them."),
    )


def minutes_change(request: HttpRequest, key: UUID) -> HttpResponse:
    minutes = visible_minutes(request, key)
    require(may_run_meeting(request.user, minutes.meeting.board))
    form = MinutesForm(request.POST or None, instance=minutes)
    told = page(
        request,
        minutes.meeting,
        _here(minutes.meeting),
        heading=_("Edit the minutes"),
        button=_("Save the minutes"),
        back=address(minutes),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: change_minutes(minutes=form.instance, by=request.user, expected=form.expected, **form.values),
        to=address,
        said=_("The minutes are saved."),
        context=told,
    )


@require_POST
def minutes_move(request: HttpRequest, key: UUID) -> HttpResponse:
    minutes = visible_minutes(request, key)
    move = MOVES.get(request.POST.get("to", ""))
    if move is None:
        raise Http404
    said = {
        "circulate": _("The minutes are circulated; everybody with a seat is told."),
        "return": _("The minutes are a draft again."),
        "lock": _("The minutes are locked."),
    }
    return press(
        request,
        lambda: move(minutes=minutes, by=request.user),
        to=address(minutes),
        said=said[request.POST["to"]],
    )


def minutes_approve(request: HttpRequest, key: UUID) -> HttpResponse:
    minutes = visible_minutes(request, key)
    require(may_run_meeting(request.user, minutes.meeting.board))
    begun = [MeetingState.OPEN, MeetingState.CLOSED]
    later = Meeting.objects.filter(
        board=minutes.meeting.board, starts_at__gt=minutes.meeting.starts_at, state__in=begun
    ).select_related("board")
    form = ApprovalForm(request.POST or None, meetings=later)
    told = page(
        request,
        minutes.meeting,
        _here(minutes.meeting),
        heading=_("Approve the minutes"),
        button=_("Note the approval"),
        back=address(minutes),
        intro=_("Minutes are approved at a later meeting of the board that has begun."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: approve_minutes(minutes=minutes, at=form.cleaned_data["at"], by=request.user),
        to=address,
        said=_("The minutes are approved."),
        context=told,
    )


def minutes_correct(request: HttpRequest, key: UUID) -> HttpResponse:
    minutes = visible_minutes(request, key)
    require(may_run_meeting(request.user, minutes.meeting.board))
    if minutes.state != MinutesState.LOCKED:
        raise Http404
    form = CorrectionForm(request.POST or None)
    told = page(
        request,
        minutes.meeting,
        _here(minutes.meeting),
        heading=_("Correct the minutes"),
        button=_("Append the correction"),
        back=address(minutes),
        intro=_("Locked minutes stay as they are. The correction is appended and takes the same way."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: correct_minutes(minutes=minutes, by=request.user, **form.cleaned_data),
        to=address,
        said=_("The correction is appended as a draft."),
        context=told,
    )
