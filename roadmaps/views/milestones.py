"""Milestones: their page, their facts, their state, what they wait for and who pays."""

from functools import partial
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import edit
from people.permissions import require
from records import clock
from roadmaps.actions import milestones as acts
from roadmaps.actions.dependencies import add_dependency, drop_dependency
from roadmaps.actions.funding import drop_funding, fund_milestone
from roadmaps.forms.demand import WhyForm, open_milestones
from roadmaps.forms.milestones import (
    DependencyForm,
    FundingForm,
    MilestoneForm,
    PlacedMilestoneForm,
    ReleasedForm,
    RiskForm,
)
from roadmaps.models import (
    BaselineEntry,
    Milestone,
    MilestoneChange,
    MilestoneDependency,
    MilestoneFunding,
    Roadmap,
)
from roadmaps.permissions import may_edit_roadmap
from roadmaps.reading.log import entries, published
from roadmaps.states import MILESTONE_MOVES
from roadmaps.views.lookup import milestone_of, page, press, visible_roadmap
from roadmaps.views.years import known_years


def address(milestone: Milestone) -> str:
    return reverse("milestone-detail", args=[milestone.roadmap.product.code, milestone.pk])


def _edit(
    request, roadmap: Roadmap, form: django_forms.BaseForm, *, act, to, said, heading, button, intro=""
) -> HttpResponse:
    require(may_edit_roadmap(request.user, roadmap))
    back = to if isinstance(to, str) else reverse("roadmap-detail", args=[roadmap.product.code])
    told = page(request, roadmap, heading=heading, button=button, back=back, intro=intro)
    return edit(request, form, "products/form.html", act=act, to=to, said=said, context=told)


def milestone_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    lines = MilestoneChange.objects.filter(milestone=milestone).values("change_set")
    waits = milestone.dependencies.select_related("needs__roadmap__product")
    told = page(
        request,
        roadmap,
        milestone=milestone,
        outcomes=[link.outcome for link in milestone.serves.select_related("outcome__goal")],
        waits=waits,
        waited_for=milestone.dependants.select_related("milestone__roadmap__product"),
        funding=milestone.funding.select_related("source"),
        demands=milestone.demands.all(),
        feedback=milestone.feedback.all(),
        arrival=getattr(milestone, "arrives_in", None),
        promises=BaselineEntry.objects.filter(milestone=milestone)
        .select_related("baseline__year")
        .order_by("baseline__taken_at"),
        moves=entries(roadmap, list(published(roadmap).filter(pk__in=lines))),
        can=MILESTONE_MOVES[milestone.state],
    )
    return render(request, "roadmaps/milestone_detail.html", told)


def milestone_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    wanted = request.GET.get("year", "")
    initial = {"planned_year": int(wanted)} if wanted.isdecimal() and len(wanted) == 4 else {}
    form = PlacedMilestoneForm(
        request.POST or None,
        instance=Milestone(roadmap=roadmap),
        roadmap=roadmap,
        years=known_years(roadmap),
        initial=initial,
    )
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: acts.add_milestone(roadmap=roadmap, by=request.user, **form.values),
        to=address,
        said=_("The milestone is added."),
        heading=_("Add a milestone"),
        button=_("Add the milestone"),
    )


def milestone_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    form = MilestoneForm(request.POST or None, instance=milestone, roadmap=roadmap)
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: acts.change_milestone(
            milestone=form.instance, by=request.user, expected=form.expected, **form.values
        ),
        to=address(milestone),
        said=_("The changes are saved."),
        button=_("Save the changes"),
        heading=_("Change the facts of “%(title)s”") % {"title": milestone.title},
        intro=_("Its month, lane and order move on the plan, with a reason."),
    )


@require_POST
def milestone_press(request: HttpRequest, code: str, key: UUID, verb: str) -> HttpResponse:
    """The buttons that need no words: start, pause, restore, clear-risk."""
    milestone = milestone_of(visible_roadmap(request, code), key)
    todo = {
        "start": acts.start_milestone,
        "pause": acts.pause_milestone,
        "restore": acts.restore_milestone,
        "clear-risk": acts.clear_risk,
    }
    if verb not in todo:
        raise Http404
    seen = request.POST.get("version", "")
    expected = int(seen) if seen.isdecimal() and len(seen) < 9 else None
    return press(
        request,
        partial(todo[verb], milestone=milestone, by=request.user, expected=expected),
        to=address(milestone),
        said=_("Saved."),
    )


def milestone_release(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    form = ReleasedForm(request.POST or None, initial={"released_on": clock.today(), "version": milestone.version})
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: acts.release_milestone(
            milestone=milestone,
            by=request.user,
            released_on=form.cleaned_data["released_on"],
            expected=form.cleaned_data["version"],
        ),
        to=address(milestone),
        said=_("The milestone is released."),
        button=_("Mark as released"),
        heading=_("Mark “%(title)s” as released") % {"title": milestone.title},
        intro=_("A release brings its milestones by itself; use this for one that arrived without a release."),
    )


def milestone_cancel(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    form = WhyForm(request.POST or None, initial={"version": milestone.version})
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: acts.cancel_milestone(
            milestone=milestone,
            by=request.user,
            reason=form.cleaned_data["reason"],
            expected=form.cleaned_data["version"],
        ),
        to=address(milestone),
        said=_("The milestone is cancelled."),
        button=_("Cancel the milestone"),
        heading=_("Cancel “%(title)s”") % {"title": milestone.title},
        intro=_("It stays visible, struck through, with the reason in the history."),
    )


def milestone_risk(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    # The form judges the words; whether the mark and the words fit together is the act's to say.
    form = RiskForm(
        request.POST or None,
        instance=Milestone(
            pk=milestone.pk,
            version=milestone.version,
            roadmap=roadmap,
            is_at_risk=True,
            risk_reason_en=milestone.risk_reason_en,
            risk_reason_fr=milestone.risk_reason_fr,
        ),
    )
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: acts.mark_at_risk(milestone=milestone, by=request.user, expected=form.expected, **form.values),
        to=address(milestone),
        said=_("The milestone is marked at risk."),
        button=_("Mark at risk"),
        heading=_("“%(title)s” is at risk") % {"title": milestone.title},
    )


def dependency_add(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    form = DependencyForm(request.POST or None, candidates=open_milestones(roadmap).exclude(pk=milestone.pk))
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: add_dependency(milestone=milestone, by=request.user, **form.cleaned_data),
        to=address(milestone),
        said=_("The dependency is added."),
        heading=_("What does “%(title)s” wait for?") % {"title": milestone.title},
        button=_("Add the dependency"),
    )


@require_POST
def dependency_drop(request: HttpRequest, code: str, key: UUID, link: UUID) -> HttpResponse:
    milestone = milestone_of(visible_roadmap(request, code), key)
    dependency = MilestoneDependency.objects.filter(milestone=milestone, pk=link).select_related("needs").first()
    if dependency is None:
        raise Http404
    dependency.roadmap = dependency.milestone.roadmap = milestone.roadmap
    return press(
        request,
        lambda: drop_dependency(dependency=dependency, by=request.user),
        to=address(milestone),
        said=_("It waits for this no longer."),
    )


def funding_add(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    milestone = milestone_of(roadmap, key)
    form = FundingForm(request.POST or None, department=roadmap.product.department_id)
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: fund_milestone(milestone=milestone, by=request.user, **form.cleaned_data),
        to=address(milestone),
        said=_("The funding is saved."),
        button=_("Save the amount"),
        heading=_("Who pays for “%(title)s”?") % {"title": milestone.title},
        intro=_(
            "A project’s money counts only where one of the outcomes includes an accepted requirement of that project."
        ),
    )


@require_POST
def funding_drop(request: HttpRequest, code: str, key: UUID, link: UUID) -> HttpResponse:
    milestone = milestone_of(visible_roadmap(request, code), key)
    funding = MilestoneFunding.objects.filter(milestone=milestone, pk=link).select_related("source").first()
    if funding is None:
        raise Http404
    funding.roadmap = funding.milestone.roadmap = milestone.roadmap
    return press(
        request,
        lambda: drop_funding(funding=funding, by=request.user),
        to=address(milestone),
        said=_("The source no longer pays for it."),
    )
