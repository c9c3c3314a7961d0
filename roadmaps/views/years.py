"""Fiscal years of a roadmap: prepared, vetted, endorsed; the plan board on which milestones are moved."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import edit
from people.permissions import require
from products import fiscal
from roadmaps.actions.change_sets import draft_change, move_milestone
from roadmaps.actions.years import change_year, prepare_year, vet_year
from roadmaps.forms.milestones import MoveForm
from roadmaps.forms.roadmap import YearForm
from roadmaps.models import ChangeSet, Goal, Milestone, Roadmap, RoadmapYear
from roadmaps.permissions import may_edit_roadmap, may_vet_year
from roadmaps.placing import Move
from roadmaps.reading import RoadmapAt
from roadmaps.reading.words import move_words
from roadmaps.states import ChangeSetState, MilestoneState
from roadmaps.views.lookup import in_time, page, press, reading_at, require_year, visible_roadmap

UNFINISHED = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)


def known_years(roadmap: Roadmap) -> list[int]:
    """The years a milestone can go to: the horizon, those begun, and the ones on either side."""
    years = {*roadmap.years(), *RoadmapYear.objects.filter(roadmap=roadmap).values_list("year", flat=True)}
    return [year for year in range(min(years) - 1, max(years) + 2) if fiscal.is_possible(year)]


def year_of(roadmap: Roadmap, year: int) -> RoadmapYear:
    found = RoadmapYear.objects.filter(roadmap=roadmap, year=year).first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def own_draft(request: HttpRequest, roadmap: Roadmap) -> ChangeSet | None:
    """The reader's draft, if it holds anything."""
    rows = ChangeSet.objects.filter(roadmap=roadmap, author=request.user, state=ChangeSetState.DRAFT)
    draft = rows.prefetch_related("changes").first()
    return draft if draft is not None and draft.changes.all() else None


@in_time
def plan_show(request: HttpRequest, code: str, year: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    view = reading_at(request, roadmap)
    require_year(view, year)
    plan = view.year(year)
    draft = None if view.at else own_draft(request, roadmap)
    may_move = bool(may_edit_roadmap(request.user, roadmap)) and view.at is None
    told = page(
        request,
        roadmap,
        view=view,
        plan=plan,
        draft=draft,
        lanes=_board(plan, draft, view),
        may_move=may_move,
        form=_move_form(roadmap, plan) if may_move else None,
        is_empty=not plan.milestones,
        left_behind=_left_behind(roadmap, year) if may_move and not plan.milestones else 0,
        may_vet=bool(may_vet_year(request.user, roadmap)),
    )
    return render(request, "roadmaps/plan_board.html", told)


def _move_form(roadmap: Roadmap, plan: Any) -> MoveForm:
    goals = Goal.objects.filter(roadmap=roadmap, retired_on__isnull=True)
    return MoveForm(roadmap=roadmap, years=known_years(roadmap), goals=goals, auto_id=False)


def _board(plan, draft: ChangeSet | None, view: RoadmapAt) -> list[dict[str, Any]]:
    """Lanes of the board: each row with what the reader's draft would do to it."""
    letters = {goal.id: goal.letter for goal in view.goals}
    drafted = {line.milestone_id: move_words(line.fields, letters) for line in draft.changes.all()} if draft else {}
    lanes = []
    for goal in [*plan.goals, None]:
        rows = [each for each in plan.milestones if each.goal_id == (goal.id if goal else None)]
        if rows or (goal and not goal.retired_on):
            lanes.append(
                {"goal": goal, "rows": [{"milestone": each, "drafted": drafted.get(each.id)} for each in rows]}
            )
    return lanes


def _left_behind(roadmap: Roadmap, year: int) -> int:
    return Milestone.objects.filter(roadmap=roadmap, planned_year=year - 1, state__in=UNFINISHED).count()


@require_POST
def copy_forward(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Draw the unfinished milestones of the year before into `year`, unscheduled, as a draft to be published with a reason."""
    roadmap = visible_roadmap(request, code)

    def act() -> None:
        draft = draft_change(roadmap=roadmap, by=request.user)
        for each in Milestone.objects.filter(roadmap=roadmap, planned_year=year - 1, state__in=UNFINISHED):
            move_milestone(change_set=draft, move=Move(each, year=year), by=request.user)

    return press(
        request,
        act,
        to=reverse("change-preview", args=[code]),
        said=_("The unfinished milestones stand in your draft. Look at it, then publish it with a reason."),
    )


def year_prepare(request: HttpRequest, code: str, year: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_edit_roadmap(request.user, roadmap))
    form = YearForm(request.POST or None, instance=RoadmapYear(roadmap=roadmap, year=year))
    return _edit(
        request,
        roadmap,
        year,
        form,
        heading=_("Prepare %(year)s"),
        button=_("Begin the year"),
        act=lambda: prepare_year(roadmap=roadmap, year=year, by=request.user, **form.values),
        said=_("The year is begun, as a draft."),
    )


def _edit(request, roadmap, year: int, form, *, act, said, heading, button) -> HttpResponse:
    back = reverse("roadmap-plan", args=[roadmap.product.code, year])
    told = page(request, roadmap, heading=heading % {"year": fiscal.label(year)}, button=button, back=back)
    return edit(request, form, "products/form.html", act=act, to=back, said=said, context=told)


def year_change(request: HttpRequest, code: str, year: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    require(may_edit_roadmap(request.user, roadmap))
    form = YearForm(request.POST or None, instance=year_of(roadmap, year))
    return _edit(
        request,
        roadmap,
        year,
        form,
        heading=_("Theme of %(year)s"),
        button=_("Save the changes"),
        act=lambda: change_year(year=form.instance, by=request.user, expected=form.expected, **form.values),
        said=_("The changes are saved."),
    )


@require_POST
def year_vet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    plan = year_of(roadmap, year)
    return press(
        request,
        lambda: vet_year(year=plan, by=request.user),
        to=reverse("roadmap-plan", args=[code, year]),
        said=_("You vetted the year."),
    )
