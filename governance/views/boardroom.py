"""What the addresses of a board's work ask for: a meeting or a point the reader may see, and pressing one button."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import AgendaPoint, Board, Decision, Meeting, Minutes, Review
from governance.permissions import may_run_meeting
from governance.reading.lists import numbered
from governance.states import AgendaState
from records.writing import messages_of


def visible_board(request: HttpRequest, key: UUID) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.user).select_related("department"), pk=key)


def visible_meeting(request: HttpRequest, key: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("board__department")
    return get_object_or_404(rows, pk=key)


def visible_point(request: HttpRequest, key: UUID) -> AgendaPoint:
    rows = AgendaPoint.objects.filter(meeting__in=Meeting.objects.visible_to(request.user)).select_related(
        "meeting__board__department",
        "review__product__department",
        "review__gate",
        "review__change",
        "review__board",
        "review__year",
        "review__outcome",
    )
    return get_object_or_404(rows, pk=key)


def review_point(request: HttpRequest, key: UUID) -> AgendaPoint:
    """A point that has a review; Http404 for a matter of discussion."""
    point = visible_point(request, key)
    if point.review is None:
        raise Http404
    return point


def visible_minutes(request: HttpRequest, key: UUID) -> Minutes:
    rows = Minutes.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("meeting__board__department"), pk=key)


def visible_decision(request: HttpRequest, key: UUID) -> Decision:
    rows = Decision.objects.filter(review__in=Review.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related(
            "review__product__department",
            "review__gate",
            "review__change",
            "review__board",
            "point__meeting__board__department",
            "corrects",
        ),
        pk=key,
    )


def page(request: HttpRequest, meeting: Meeting, *here: tuple[str, str], **more: Any) -> dict[str, Any]:
    """What every page about a meeting has in its context; `here` lengthens the trail under the masthead."""
    trail = [(reverse("board-detail", args=[meeting.board_id]), meeting.board.name)]
    trail.append((reverse("meeting-detail", args=[meeting.pk]), short(meeting)))
    return {
        "meeting": meeting,
        "board": meeting.board,
        "may_run": bool(may_run_meeting(request.user, meeting.board)),
        "trail": [*trail, *here],
        **more,
    }


def short(meeting: Meeting) -> str:
    words = _("Written procedure of %(day)s") if meeting.is_written else _("Meeting of %(day)s")
    return words % {"day": f"{timezone.localtime(meeting.starts_at):%Y-%m-%d}"}


def point_place(point: AgendaPoint) -> tuple[str, str]:
    """The last step of the trail of a point: item 3 of 6."""
    standing = numbered(
        AgendaPoint.objects.filter(meeting=point.meeting).exclude(state=AgendaState.REMOVED).order_by("position")
    )
    number = next((count for count, each in standing if each.pk == point.pk), None)
    words = _("Item %(number)s of %(total)s") % {"number": number, "total": len(standing)}
    return reverse("point-detail", args=[point.pk]), words if number else _("Taken off the agenda")


def press(request: HttpRequest, act: Callable[[], Any], *, to: str, said: Any) -> HttpResponse:
    """Do the act of one button and go on; what the act finds wrong is a page of its own (422) that leads back."""
    try:
        act()
    except ValidationError as error:
        return render(request, "roadmaps/not_done.html", {"reasons": messages_of(error), "back": to}, status=422)
    messages.success(request, said)
    return HttpResponseRedirect(to, status=303)
