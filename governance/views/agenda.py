"""The agenda of a meeting: points added, moved, changed, taken off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.agenda import add_point, change_point, move_point, remove_point
from governance.forms.meetings import PointChangeForm, PointForm
from governance.models import AgendaPoint
from governance.permissions import may_run_meeting
from governance.reading.lists import reviews_for_agenda
from governance.views.boardroom import page, point_place, press, visible_meeting, visible_point
from people.editing import ReasonForm, edit
from people.permissions import require


def _meeting_address(point: AgendaPoint) -> str:
    return reverse("meeting-detail", args=[point.meeting_id])


def point_add(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting = visible_meeting(request, key)
    require(may_run_meeting(request.user, meeting.board))
    form = PointForm(
        request.POST or None, reviews=reviews_for_agenda(meeting.board), initial={"review": request.GET.get("review")}
    )
    told = page(
        request,
        meeting,
        heading=_("Put a point on the agenda"),
        button=_("Put it on the agenda"),
        back=reverse("meeting-detail", args=[meeting.pk]),
        intro=_("A review that waits for this board, or a matter to discuss under a title of its own."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: add_point(meeting=meeting, by=request.user, **_wanted(form)),
        to=_meeting_address,
        said=_("The point is on the agenda."),
        context=told,
    )


def _wanted(form: PointForm) -> dict:
    values = dict(form.cleaned_data)
    return values | {"title_en": "", "title_fr": ""} if values["review"] else values


def point_change(request: HttpRequest, key: UUID) -> HttpResponse:
    point = visible_point(request, key)
    require(may_run_meeting(request.user, point.meeting.board))
    form = PointChangeForm(request.POST or None, instance=point)
    told = page(
        request,
        point.meeting,
        point_place(point),
        heading=_("What was said, and how long it takes"),
        button=_("Save the changes"),
        back=reverse("point-detail", args=[point.pk]),
        intro=str(point),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: change_point(point=form.instance, by=request.user, expected=form.expected, **form.values),
        to=reverse("point-detail", args=[point.pk]),
        said=_("The changes are saved."),
        context=told,
    )


@require_POST
def point_move(request: HttpRequest, key: UUID) -> HttpResponse:
    point = visible_point(request, key)
    return press(
        request,
        lambda: move_point(point=point, up=request.POST.get("to") == "up", by=request.user),
        to=f"{_meeting_address(point)}#agenda",
        said=_("The agenda is in its new order."),
    )


def point_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    point = visible_point(request, key)
    require(may_run_meeting(request.user, point.meeting.board))
    form = ReasonForm(request.POST or None)
    told = page(
        request,
        point.meeting,
        point_place(point),
        heading=_("Take it off the agenda"),
        button=_("Take it off"),
        back=_meeting_address(point),
        intro=str(point),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: remove_point(point=point, reason=form.cleaned_data["reason"], by=request.user),
        to=_meeting_address(point),
        said=_("The point is off the agenda; its review waits for another meeting."),
        context=told,
    )
