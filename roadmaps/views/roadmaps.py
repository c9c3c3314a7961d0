"""The roadmap of a product: vision, horizon, goals and outcomes, its log."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import edit
from people.permissions import require
from products import fiscal
from products.views.lookup import visible_head
from records import clock
from roadmaps.actions.roadmap import confirm_order, open_roadmap, set_vision
from roadmaps.forms.roadmap import RoadmapForm
from roadmaps.models import ChangeSet, Demand, Feedback, Roadmap
from roadmaps.permissions import may_confirm_order, may_edit_roadmap, may_open_roadmap, may_raise_demand
from roadmaps.reading.log import entries, published
from roadmaps.reading.sealed import sealed_years
from roadmaps.states import ChangeSetState, DemandState
from roadmaps.views.lookup import in_time, moment, page, press, reading_at, visible_roadmap

LOG_PAGE = 25
RECENT = 5


@in_time
def roadmap_show(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    if not Roadmap.objects.filter(product=product).exists():
        told = {"product": product, "current": "roadmap", "may_open": may_open_roadmap(request.user, product)}
        return render(request, "roadmaps/roadmap_empty.html", told)
    roadmap = visible_roadmap(request, code)
    view = reading_at(request, roadmap)
    recent = entries(roadmap, list(published(roadmap, view.at)[:RECENT]))
    draft = ChangeSet.objects.filter(
        roadmap=roadmap, author=request.user, state=ChangeSetState.DRAFT, changes__isnull=False
    )
    told = page(
        request,
        roadmap,
        view=view,
        lanes=_lanes(view),
        sealed=sealed_years(roadmap),
        this_year=fiscal.fiscal_year_of(view.today, roadmap.start_month),
        recent=recent,
        has_draft=draft.exists(),
        open_demand=Demand.objects.filter(roadmap=roadmap, state=DemandState.PROPOSED).count(),
        open_feedback=Feedback.objects.filter(roadmap=roadmap, milestone__isnull=True).count(),
        may_confirm=may_confirm_order(request.user, roadmap),
        may_ask=not roadmap.product.is_closed and may_raise_demand(request.user, roadmap),
        order_is_old=_order_is_old(roadmap),
    )
    return render(request, "roadmaps/roadmap_detail.html", told)


def _lanes(view) -> list[dict]:
    """Goals still pursued, with their outcomes; a retired goal shows while it has any."""
    found = [
        {"goal": goal, "outcomes": [each for each in view.outcomes if each.goal_id == goal.id]} for goal in view.goals
    ]
    return [lane for lane in found if lane["outcomes"] or not lane["goal"].retired_on]


def _order_is_old(roadmap: Roadmap) -> bool:
    """Whether the order was last confirmed more than a quarter ago, or never."""
    confirmed = roadmap.order_confirmed_on
    return confirmed is None or (clock.today() - confirmed).days > 92


def roadmap_open(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_open_roadmap(request.user, product))
    here = fiscal.fiscal_year_of(clock.today(), product.department.fiscal_start_month)
    form = RoadmapForm(request.POST or None, instance=Roadmap(product=product), initial={"horizon_from": here})
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: open_roadmap(product=product, by=request.user, **form.values),
        to=reverse("roadmap-detail", args=[code]),
        said=_("The roadmap is open. Add its goals next."),
        context={
            "product": product,
            "current": "roadmap",
            "heading": _("Open the roadmap"),
            "button": _("Open the roadmap"),
            "back": reverse("roadmap-detail", args=[code]),
            "intro": _("A roadmap begins with a vision and the years it covers."),
        },
    )


def roadmap_change(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_edit_roadmap(request.user, roadmap))
    form = RoadmapForm(request.POST or None, instance=roadmap)
    back = reverse("roadmap-detail", args=[code])
    heading = _("Change the vision and the horizon")
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: set_vision(roadmap=form.instance, by=request.user, expected=form.expected, **form.values),
        to=back,
        said=_("The changes are saved."),
        context=page(request, roadmap, heading=heading, button=_("Save the changes"), back=back),
    )


@in_time
def roadmap_log(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    at = moment(request, roadmap)
    found = Paginator(published(roadmap, at), LOG_PAGE).get_page(request.GET.get("page"))
    told = page(request, roadmap, found=found, entries=entries(roadmap, list(found)), at=at)
    return render(request, "roadmaps/roadmap_log.html", told)


@require_POST
def order_confirm(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    back = reverse("roadmap-detail", args=[code])
    return press(
        request,
        lambda: confirm_order(roadmap=roadmap, by=request.user),
        to=back,
        said=_("You confirmed the order of the next six months."),
    )
