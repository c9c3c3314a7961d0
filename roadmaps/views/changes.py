"""Moving milestones: every move goes into the author's draft; the draft is looked at, published with a reason, taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import add_errors, edit
from people.permissions import require
from roadmaps.actions.change_sets import (
    draft_change,
    drop_change,
    drop_draft,
    move_milestone,
    publish_changes,
    undo_changes,
)
from roadmaps.clashes import ChangesClash
from roadmaps.forms.milestones import ChangeReasonForm, MoveForm
from roadmaps.models import ChangeSet, Goal, Milestone, Roadmap
from roadmaps.permissions import may_edit_roadmap
from roadmaps.placing import Move
from roadmaps.reading.log import entries, published
from roadmaps.reading.preview import preview
from roadmaps.states import ChangeSetState
from roadmaps.views.lookup import milestone_of, page, press, visible_roadmap
from roadmaps.views.years import known_years, own_draft


def milestone_move(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The row form, the buttons of the menu and dragging all send this form; it draws the move into the reader's draft."""
    roadmap = visible_roadmap(request, code)
    require(may_edit_roadmap(request.user, roadmap))
    milestone = milestone_of(roadmap, key)
    goals = Goal.objects.filter(roadmap=roadmap, retired_on__isnull=True)
    form = MoveForm(request.POST or None, roadmap=roadmap, years=known_years(roadmap), goals=goals)
    told = page(
        request,
        roadmap,
        milestone=milestone,
        heading=_("Move “%(title)s”") % {"title": milestone.title},
        button=_("Put into the draft"),
        back=_board(roadmap, milestone, request),
        intro=_("The move goes into your draft. It counts once you publish the draft with a reason."),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: _draw(request, roadmap, milestone, form),
        to=_board(roadmap, milestone, request),
        context=told,
    )


def _draw(request: HttpRequest, roadmap: Roadmap, milestone: Milestone, form: MoveForm) -> None:
    wish = dict(form.wish)
    if "goal_id" in wish:
        wish["goal"] = form.goals[wish.pop("goal_id")]
    draft = draft_change(roadmap=roadmap, by=request.user)
    line = move_milestone(change_set=draft, move=Move(milestone, **wish), by=request.user)
    title = milestone.title
    text = _("“%(title)s” is moved in your draft.") if line else _("“%(title)s” stands where it stood.")
    messages.success(request, text % {"title": title})


def _board(roadmap: Roadmap, milestone: Milestone, request: HttpRequest) -> str:
    """Back to the board the move was asked on."""
    shown = request.POST.get("board", "") or request.GET.get("board", "")
    year = int(shown) if shown.isdecimal() and len(shown) == 4 else milestone.planned_year or roadmap.horizon_from
    return f"{reverse('roadmap-plan', args=[roadmap.product.code, year])}#m{milestone.pk}"


def change_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Old and new of every move; sending the form publishes them."""
    roadmap = visible_roadmap(request, code)
    require(may_edit_roadmap(request.user, roadmap))
    draft = own_draft(request, roadmap)
    if draft is None:
        return render(request, "roadmaps/change_none.html", page(request, roadmap))
    draft.roadmap = roadmap
    form = ChangeReasonForm(request.POST or None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                done = _publish(request, draft, form)
                return HttpResponseRedirect(reverse("change-detail", args=[code, done.number]), status=303)
            except ValidationError as error:
                add_errors(form, error)
            except ChangesClash as clash:
                form.add_error(None, str(clash.reason))
                status = 409
    told = page(request, roadmap, form=form, preview=preview(draft), draft=draft)
    return render(request, "roadmaps/change_preview.html", told, status=status)


def _publish(request: HttpRequest, draft: ChangeSet, form: ChangeReasonForm) -> ChangeSet:
    leave = request.POST.get("leave_clashing") == "yes"
    return publish_changes(change_set=draft, by=request.user, leave_clashing=leave, **form.cleaned_data)


@require_POST
def change_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Leave one milestone out of the draft (`line`), or throw the whole draft away."""
    roadmap = visible_roadmap(request, code)
    draft = own_draft(request, roadmap)
    if draft is None:
        raise Http404
    draft.roadmap = roadmap
    key = request.POST.get("line", "")
    if not key:
        return press(
            request,
            lambda: drop_draft(change_set=draft, by=request.user),
            to=reverse("roadmap-detail", args=[code]),
            said=_("Your draft is thrown away; nothing has moved."),
        )
    line = next((each for each in draft.changes.select_related("milestone") if str(each.pk) == key), None)
    if line is None:
        raise Http404
    line.change_set = draft
    return press(
        request,
        lambda: drop_change(line=line, by=request.user),
        to=reverse("change-preview", args=[code]),
        said=_("This milestone is out of the draft."),
    )


def _published(request: HttpRequest, code: str, number: int) -> ChangeSet:
    roadmap = visible_roadmap(request, code)
    found = published(roadmap).filter(number=number).first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def change_show(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The confirmation of a published change; its address keeps working."""
    change = _published(request, code, number)
    [entry] = entries(change.roadmap, [change])
    is_newest = not published(change.roadmap).filter(number__gt=number).exists()
    can_undo = change.state == ChangeSetState.PUBLISHED
    told = page(request, change.roadmap, entry=entry, is_newest=is_newest, can_undo=can_undo)
    return render(request, "roadmaps/change_detail.html", told)


@require_POST
def change_undo(request: HttpRequest, code: str, number: int) -> HttpResponse:
    change = _published(request, code, number)
    to = reverse("roadmap-log", args=[code])
    return press(
        request,
        lambda: undo_changes(change_set=change, by=request.user),
        to=to,
        said=_("Change %(number)s is taken back.") % {"number": number},
    )
