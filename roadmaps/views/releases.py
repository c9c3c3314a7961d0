"""Releases of a family: planned, made, withdrawn."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from people.editing import edit
from people.listing import Column, Listing
from people.permissions import require
from records import clock
from roadmaps import events
from roadmaps.actions.feedback import attach_feedback
from roadmaps.actions.releases import (
    change_release,
    correct_release,
    make_release,
    plan_release,
    resume_release,
    why_settled,
    withdraw_release,
)
from roadmaps.analysis.content import feedback_of
from roadmaps.analysis.deployments import deployments_of
from roadmaps.analysis.due import standing_of
from roadmaps.forms.analyses import AttachFeedbackForm
from roadmaps.forms.demand import ReleaseFilters, WhyForm
from roadmaps.forms.releases import CorrectReleaseForm, MakeReleaseForm, ReleaseForm
from roadmaps.models import Feedback, ImpactAnalysis, ImpactEdition, Outcome, Release, Roadmap
from roadmaps.permissions import may_analyse_release, may_keep_feedback, may_make_release, may_see_analysis_draft
from roadmaps.reading.why import why
from roadmaps.states import RELEASE_MOVES, ReleaseState
from roadmaps.views.lookup import page, press, visible_head, visible_roadmap

COLUMNS = [
    Column(gettext_lazy("Product"), "product.code"),
    Column(gettext_lazy("Number"), "number"),
    Column(gettext_lazy("Goal"), "goal"),
    Column(gettext_lazy("State"), "get_state_display"),
    Column(gettext_lazy("Planned for"), "planned_on"),
    Column(gettext_lazy("In production on"), "released_on"),
    Column(gettext_lazy("Impact analysis"), lambda release: analysis_words(release)),
]
SORTS = {"planned": "planned_on", "released": "released_on", "number": "number"}


def analysis_words(release: Any) -> str:
    """How the release's impact analysis stands, in the reader's language; empty where none is owed."""
    if release.is_analysed:
        return pgettext("impact analysis", "published")
    standing = standing_of(release, clock.today())
    return standing.words if standing else ""


def _page(request: HttpRequest, roadmap: Roadmap, **more) -> dict:
    may = bool(may_make_release(request.user, roadmap))
    return {**page(request, roadmap), "current": "releases", "may_make": may, **more}


def address(release: Release) -> str:
    return reverse("release-detail", args=[release.roadmap.product.code, release.pk])


def release_of(roadmap: Roadmap, key: UUID) -> Release:
    rows = Release.objects.with_analysis().filter(roadmap=roadmap, pk=key)
    found = rows.select_related("product__department").first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def release_list(request: HttpRequest, code: str) -> HttpResponse:
    if not Roadmap.objects.filter(product=visible_head(request, code)).exists():
        # Releases begin with a roadmap; its page says how to open one.
        return redirect("roadmap-detail", code)
    roadmap = visible_roadmap(request, code)
    rows = Release.objects.with_analysis().filter(roadmap=roadmap).select_related("product")
    listing = Listing(
        request,
        rows,
        name="release-list",
        filters=ReleaseFilters,
        sorts=SORTS,
        default_sort="-planned",
        columns=COLUMNS,
    )
    if answer := listing.answer(f"releases-{code}"):
        return answer
    for release in listing.page:
        release.analysis_words = analysis_words(release)
    overdue = rows.awaiting_analysis().filter(analysis_due_on__lt=clock.today()).count()
    counts = Counter(Release.objects.filter(roadmap=roadmap).values_list("state", flat=True))
    told = {"made": counts[ReleaseState.RELEASED], "planned": counts[ReleaseState.PLANNED], "overdue": overdue}
    return render(request, "roadmaps/release_list.html", _page(request, roadmap, listing=listing, **told))


def release_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    release = release_of(roadmap, key)
    brings = [link.milestone for link in release.brings.select_related("milestone").order_by("milestone__rank")]
    served = Outcome.objects.filter(served_by__milestone__arrives_in__release=release).select_related("goal").distinct()
    analysis = ImpactAnalysis.objects.filter(release=release).first()
    told = _page(
        request,
        roadmap,
        release=release,
        brings=brings,
        can=RELEASE_MOVES[release.state],
        withdrawn=why(release, events.RELEASE_WITHDRAWN) if release.state == ReleaseState.WITHDRAWN else None,
        served=served,
        deployments=deployments_of(release),
        analysis=analysis,
        editions=list(ImpactEdition.objects.filter(analysis=analysis).defer("content")) if analysis else [],
        standing=standing_of(release, clock.today()),
        feedback=feedback_of(release),
        may_analyse=bool(may_analyse_release(request.user, roadmap)),
        may_keep=bool(may_keep_feedback(request.user, roadmap)),
        sees_drafts=bool(may_see_analysis_draft(request.user, roadmap)),
    )
    return render(request, "roadmaps/release_detail.html", told)


def feedback_attach(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Say which feedback kept since the release is about it."""
    roadmap = visible_roadmap(request, code)
    require(may_keep_feedback(request.user, roadmap))
    release = release_of(roadmap, key)
    form = AttachFeedbackForm(request.POST if request.method == "POST" else None, release=release)
    intro = _("Shown is what users said since the release and what is about no other one.")
    if not form.fields["feedback"].queryset.exists():
        intro = _("No feedback is kept since this release that is about no other one. Keep what a user said first.")
    told = _page(
        request,
        roadmap,
        heading=_("Which feedback is about release %(number)s?") % {"number": release.number},
        button=_("Attach it"),
        back=address(release),
        intro=intro,
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: attach_feedback(feedback=form.cleaned_data["feedback"], release=release, by=request.user),
        to=address(release),
        said=_("The feedback is attached."),
        context=told,
    )


@require_POST
def feedback_detach(request: HttpRequest, code: str, key: UUID, feedback: UUID) -> HttpResponse:
    """The feedback stays kept; it is about this release no longer."""
    roadmap = visible_roadmap(request, code)
    require(may_keep_feedback(request.user, roadmap))
    release = release_of(roadmap, key)
    found = get_object_or_404(Feedback, release=release, pk=feedback)
    found.roadmap = roadmap
    return press(
        request,
        lambda: attach_feedback(feedback=found, release=None, by=request.user),
        to=address(release),
        said=_("The feedback is no longer attached."),
    )


def _edit(request, roadmap, form, *, act, to, said, heading, button, intro="", settled="") -> HttpResponse:
    require(may_make_release(request.user, roadmap))
    back = to if isinstance(to, str) else reverse("release-list", args=[roadmap.product.code])
    if request.method == "GET" and settled:
        messages.info(request, settled)
        return redirect(back)
    told = _page(request, roadmap, heading=heading, button=button, back=back, intro=intro)
    return edit(request, form, "products/form.html", act=act, to=to, said=said, context=told)


def release_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = ReleaseForm(request.POST or None, instance=Release(roadmap=roadmap), roadmap=roadmap)
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: plan_release(roadmap=roadmap, by=request.user, **form.values),
        to=address,
        said=_("The release is planned."),
        heading=_("Plan a release"),
        button=_("Plan the release"),
    )


def release_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = ReleaseForm(request.POST or None, instance=release_of(roadmap, key), roadmap=roadmap)
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: change_release(release=form.instance, by=request.user, expected=form.expected, **form.values),
        to=address(form.instance),
        said=_("The changes are saved."),
        button=_("Save the changes"),
        heading=_("Change release %(number)s") % {"number": form.initial["number"]},
        settled=why_settled(form.instance),
    )


def release_make(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    release = release_of(roadmap, key)
    form = MakeReleaseForm(request.POST or None, instance=release, initial={"released_on": clock.today()})
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: make_release(release=release, by=request.user, expected=form.expected, **form.values),
        to=address(release),
        said=_("The release is in production; its milestones are released."),
        heading=_("Record release %(number)s as in production") % {"number": form.initial["number"]},
        button=_("Record the release"),
        intro=_(
            "Its milestones are released with it, and that cannot be taken back. The record can be corrected with a reason."
        ),
        settled=why_settled(release),
    )


def release_correct(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    release = release_of(roadmap, key)
    form = CorrectReleaseForm(request.POST or None, instance=release, initial={"released_on": release.released_on})
    is_made = release.state == ReleaseState.RELEASED
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: correct_release(
            release=release, by=request.user, reason=form.reason, expected=form.expected, **form.values
        ),
        to=address(release),
        said=_("The record is corrected."),
        heading=_("Correct the record of release %(number)s") % {"number": form.initial["number"]},
        button=_("Correct the record"),
        intro=_("What was wrong stays in the history, and published impact analyses keep what they said."),
        settled="" if is_made else _("Only a release in production has a record to correct."),
    )


def release_withdraw(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    release = release_of(roadmap, key)
    form = WhyForm(request.POST or None, initial={"version": release.version})
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: withdraw_release(
            release=release, by=request.user, reason=form.cleaned_data["reason"], expected=form.cleaned_data["version"]
        ),
        to=address(release),
        said=_("The release is withdrawn."),
        button=_("Withdraw the release"),
        heading=_("Withdraw release %(number)s") % {"number": release.number},
        settled=why_settled(release),
    )


@require_POST
def release_resume(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_make_release(request.user, roadmap))
    release = release_of(roadmap, key)
    return press(
        request,
        lambda: resume_release(release=release, by=request.user),
        to=address(release),
        said=_("The release is planned again. Choose its milestones anew."),
    )
