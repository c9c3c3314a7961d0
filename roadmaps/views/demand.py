"""What others ask: demand across the products a reader sees, its decisions, and feedback from users."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.editing import edit
from people.listing import Column, Listing
from people.permissions import require
from products.models import Product
from records import clock
from roadmaps.actions.demand import accept_demand, decline_demand, propose_again, propose_demand, schedule_demand
from roadmaps.actions.feedback import action_feedback, keep_feedback
from roadmaps.forms.demand import (
    AcceptDemandForm,
    ActionFeedbackForm,
    DemandFilters,
    DemandForm,
    FeedbackForm,
    ScheduleDemandForm,
    WhyForm,
)
from roadmaps.models import Demand, Feedback, Roadmap
from roadmaps.permissions import may_accept_demand, may_edit_roadmap, may_keep_feedback, may_raise_demand
from roadmaps.states import DEMAND_MOVES
from roadmaps.views.lookup import page, press, visible_roadmap

COLUMNS = [
    Column(gettext_lazy("Product"), "roadmap.product.code"),
    Column(gettext_lazy("What is asked"), "title"),
    Column(gettext_lazy("Origin"), "get_origin_display"),
    Column(gettext_lazy("Project"), lambda demand: demand.project.name if demand.project else ""),
    Column(gettext_lazy("Asked by"), "asked_by"),
    Column(gettext_lazy("Asked on"), "asked_on"),
    Column(gettext_lazy("Wanted by"), "wanted_by"),
    Column(gettext_lazy("State"), "get_state_display"),
    Column(gettext_lazy("Decided on"), "decided_on"),
    Column(gettext_lazy("Reason for declining"), "decline_reason"),
]
SORTS = {"asked": "asked_on", "wanted": "wanted_by", "product": "roadmap__product__code", "state": "state"}
FEEDBACK_PAGE = 50


def demand_list(request: HttpRequest) -> HttpResponse:
    seen = Product.objects.visible_to(request.user)
    rows = Demand.objects.filter(roadmap__product__in=seen).select_related(
        "roadmap__product", "project", "outcome__goal", "milestone"
    )
    listing = Listing(
        request, rows, name="demand-list", filters=DemandFilters, sorts=SORTS, default_sort="-asked", columns=COLUMNS
    )
    if answer := listing.answer("demand"):
        return answer
    return render(request, "roadmaps/demand_list.html", {"listing": listing, "main_place": "demands"})


def demand_of_product(request: HttpRequest, code: str) -> HttpResponse:
    """The list of all demand, kept to one product."""
    roadmap = visible_roadmap(request, code)
    return redirect(f"{reverse('demand-list')}?{urlencode({'product': roadmap.product.code})}")


def _demand(request: HttpRequest, code: str, key: UUID) -> Demand:
    roadmap = visible_roadmap(request, code)
    found = (
        Demand.objects.filter(roadmap=roadmap, pk=key).select_related("project", "outcome__goal", "milestone").first()
    )
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def address(demand: Demand) -> str:
    return reverse("demand-detail", args=[demand.roadmap.product.code, demand.pk])


def demand_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    demand = _demand(request, code, key)
    told = page(
        request,
        demand.roadmap,
        demand=demand,
        can=DEMAND_MOVES[demand.state],
        may_decide=bool(may_accept_demand(request.user, demand.roadmap)),
    )
    return render(request, "roadmaps/demand_detail.html", told)


def demand_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_raise_demand(request.user, roadmap))
    form = DemandForm(
        request.POST or None,
        instance=Demand(roadmap=roadmap),
        roadmap=roadmap,
        initial={"asked_on": clock.today(), "asked_by": request.user.get_full_name()},
    )
    back = reverse("roadmap-detail", args=[code])
    told = page(
        request,
        roadmap,
        heading=_("Ask something of this product"),
        button=_("Propose it"),
        back=back,
        intro=_("The planners accept it into an outcome or decline it with a reason."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        to=address,
        said=_("The request is proposed."),
        context=told,
        act=lambda: propose_demand(roadmap=roadmap, by=request.user, **form.values),
    )


def _decide(request, demand: Demand, form, *, act, said, heading, button) -> HttpResponse:
    require(may_accept_demand(request.user, demand.roadmap))
    told = page(request, demand.roadmap, heading=heading, button=button, back=address(demand), intro=demand.title)
    return edit(request, form, "products/form.html", act=act, to=address(demand), said=said, context=told)


def demand_accept(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    demand = _demand(request, code, key)
    form = AcceptDemandForm(request.POST or None, roadmap=demand.roadmap, initial={"version": demand.version})
    return _decide(
        request,
        demand,
        form,
        said=_("The request is accepted."),
        heading=_("Accept the request"),
        button=_("Accept it"),
        act=lambda: accept_demand(
            demand=demand, by=request.user, outcome=form.cleaned_data["outcome"], expected=form.cleaned_data["version"]
        ),
    )


def demand_decline(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    demand = _demand(request, code, key)
    form = WhyForm(request.POST or None, initial={"version": demand.version})
    return _decide(
        request,
        demand,
        form,
        said=_("The request is declined."),
        heading=_("Decline the request"),
        button=_("Decline it"),
        act=lambda: decline_demand(
            demand=demand, by=request.user, reason=form.cleaned_data["reason"], expected=form.cleaned_data["version"]
        ),
    )


def demand_schedule(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    demand = _demand(request, code, key)
    form = ScheduleDemandForm(request.POST or None, roadmap=demand.roadmap, initial={"version": demand.version})
    return _decide(
        request,
        demand,
        form,
        said=_("The request is scheduled."),
        heading=_("Which milestone answers it?"),
        button=_("Schedule it"),
        act=lambda: schedule_demand(
            demand=demand,
            by=request.user,
            milestone=form.cleaned_data["milestone"],
            expected=form.cleaned_data["version"],
        ),
    )


@require_POST
def demand_reopen(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    demand = _demand(request, code, key)
    return press(
        request,
        lambda: propose_again(demand=demand, by=request.user),
        to=address(demand),
        said=_("The request stands before the planners again."),
    )


def feedback_list(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    rows = Feedback.objects.filter(roadmap=roadmap).select_related("milestone").order_by("-heard_on", "-created_at")
    found = Paginator(rows, FEEDBACK_PAGE).get_page(request.GET.get("page"))
    told = page(request, roadmap, found=found, may_keep=bool(may_keep_feedback(request.user, roadmap)))
    return render(request, "roadmaps/feedback_list.html", told)


def feedback_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_keep_feedback(request.user, roadmap))
    form = FeedbackForm(
        request.POST or None,
        instance=Feedback(roadmap=roadmap),
        roadmap=roadmap,
        initial={"heard_on": clock.today(), "release": request.GET.get("release")},
    )
    back = reverse("feedback-list", args=[code])
    told = page(request, roadmap, heading=_("Keep what a user said"), button=_("Keep it"), back=back)
    return edit(
        request,
        form,
        "products/form.html",
        to=lambda kept: reverse("release-detail", args=[code, kept.release_id]) if kept.release_id else back,
        said=_("The feedback is kept."),
        context=told,
        act=lambda: keep_feedback(roadmap=roadmap, by=request.user, **form.values),
    )


def feedback_action(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    feedback = _feedback(roadmap, key)
    require(may_edit_roadmap(request.user, roadmap))
    form = ActionFeedbackForm(request.POST or None, roadmap=roadmap, initial={"version": feedback.version})
    back = reverse("feedback-list", args=[code])
    told = page(
        request,
        roadmap,
        heading=_("Which milestone answers this?"),
        button=_("Save the answer"),
        back=back,
        intro=feedback.text[:300],
    )
    return edit(
        request,
        form,
        "products/form.html",
        to=back,
        said=_("The feedback is actioned."),
        context=told,
        act=lambda: action_feedback(
            feedback=feedback,
            by=request.user,
            milestone=form.cleaned_data["milestone"],
            expected=form.cleaned_data["version"],
        ),
    )


def _feedback(roadmap: Roadmap, key: UUID) -> Feedback:
    found = Feedback.objects.filter(roadmap=roadmap, pk=key).first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found
