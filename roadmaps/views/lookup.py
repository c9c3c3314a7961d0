"""What an address asks for: a roadmap the reader may see, a day in its past, a year it has; and pressing one button."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from products.views.lookup import visible_head
from records import clock
from records.writing import messages_of
from roadmaps.models import Goal, Milestone, Outcome, Roadmap
from roadmaps.permissions import may_edit_roadmap
from roadmaps.reading import RoadmapAt
from roadmaps.reading.at import end_of_day


class NoSuchTime(Exception):
    """A year or a day this roadmap cannot show; answered with the years there are."""

    def __init__(self, roadmap: Roadmap, reason: str, status: int) -> None:
        super().__init__(reason)
        self.roadmap, self.reason, self.status = roadmap, reason, status


def in_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer NoSuchTime with a page that links the years there are."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoSuchTime as missing:
            told = {
                **page(request, missing.roadmap),
                "reason": missing.reason,
                "years": RoadmapAt(missing.roadmap).years,
            }
            return render(request, "roadmaps/no_such_time.html", told, status=missing.status)

    return answer


def page(request: HttpRequest, roadmap: Roadmap, **more: Any) -> dict[str, Any]:
    """What every page of a roadmap shows around its content."""
    return {
        "product": roadmap.product,
        "roadmap": roadmap,
        "current": "roadmap",
        "main_place": "products",
        "may_edit": bool(may_edit_roadmap(request.user, roadmap)),
        **more,
    }


def visible_roadmap(request: HttpRequest, code: str) -> Roadmap:
    """The roadmap of the product with `code`, if the signed-in person sees the product. Raises Http404 otherwise."""
    product = visible_head(request, code)
    roadmap = Roadmap.objects.filter(product=product).first()
    if roadmap is None:
        raise Http404
    roadmap.product = product
    return roadmap


def moment(request: HttpRequest, roadmap: Roadmap) -> datetime | None:
    """The end of the day `?at=2026-11-17` asks for; None for today. Raises NoSuchTime for a day that cannot be shown."""
    asked = request.GET.get("at", "").strip()
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise NoSuchTime(
            roadmap, _("“%(day)s” is not a day. Write it as 2026-11-17.") % {"day": asked[:20]}, 422
        ) from None
    if day > clock.today():
        raise NoSuchTime(roadmap, _("%(day)s lies in the future.") % {"day": day}, 422)
    if roadmap.created_at and day < timezone.localtime(roadmap.created_at).date():
        begun = f"{roadmap.created_at:%Y-%m-%d}"
        raise NoSuchTime(roadmap, _("This roadmap begins on %(day)s.") % {"day": begun}, 404)
    return None if day == clock.today() else end_of_day(day)


def reading_at(request: HttpRequest, roadmap: Roadmap) -> RoadmapAt:
    """The roadmap as the address asks for it, today or on a past day."""
    return RoadmapAt(roadmap, at=moment(request, roadmap))


def require_year(view: RoadmapAt, year: int) -> None:
    """Raises NoSuchTime unless the year is in the horizon, was begun, or holds milestones."""
    known = {each.year for each in view.years}
    if year not in known and not Milestone.objects.filter(roadmap=view.roadmap, planned_year=year).exists():
        raise NoSuchTime(view.roadmap, _("There is no year %(year)s on this roadmap.") % {"year": year}, 404)


def goal_of(roadmap: Roadmap, letter: str) -> Goal:
    return _with_roadmap(roadmap, Goal.objects.filter(roadmap=roadmap, letter=letter).first())


def outcome_of(roadmap: Roadmap, letter: str, number: int) -> Outcome:
    rows = Outcome.objects.filter(roadmap=roadmap, goal__letter=letter, number=number).select_related("goal")
    return _with_roadmap(roadmap, rows.first())


def milestone_of(roadmap: Roadmap, key: UUID) -> Milestone:
    return _with_roadmap(
        roadmap, Milestone.objects.filter(roadmap=roadmap, pk=key).select_related("goal", "project").first()
    )


def _with_roadmap(roadmap: Roadmap, found: Any) -> Any:
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def press(request: HttpRequest, act: Callable[[], Any], *, to: str, said: Any) -> HttpResponse:
    """Do the act of one button and go on; what the act finds wrong is a page of its own (422) that leads back."""
    try:
        act()
    except ValidationError as error:
        return render(request, "roadmaps/not_done.html", {"reasons": messages_of(error), "back": to}, status=422)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(to, status=303)
