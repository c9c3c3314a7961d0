"""Goals and outcomes: the lanes, and the one-page case of each outcome, on screen and as PDF."""

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.bilingual import reader
from people.editing import ReasonForm, edit
from people.permissions import require
from records import clock
from records.pdf import render_on_one_page
from roadmaps.actions.goals import add_goal, change_goal, retire_goal
from roadmaps.actions.outcomes import (
    add_outcome,
    augment,
    change_outcome,
    close_outcome,
    record_reading,
    start_outcome,
)
from roadmaps.autonomy import must_ask_to_stop
from roadmaps.before_board import is_before_board
from roadmaps.forms.roadmap import AugmentationForm, CloseOutcomeForm, GoalForm, OutcomeForm, ReadingForm
from roadmaps.models import Goal, ImpactEdition, Outcome, OutcomeAugmentation, OutcomeGate, OutcomeReading, Roadmap
from roadmaps.permissions import may_edit_roadmap, may_hold_gate
from roadmaps.reading import RoadmapAt
from roadmaps.states import OutcomeState, Verdict
from roadmaps.views.gates import finding_of
from roadmaps.views.lookup import goal_of, in_time, outcome_of, page, press, reading_at, visible_roadmap

SETTINGS = ("open", "close", "closest")  # how a case is set: as openly as one page allows


def _edit(request, roadmap, form: django_forms.BaseForm, *, act, to, said, heading, button, intro="") -> HttpResponse:
    """A form page of this roadmap, for those who may edit it."""
    require(may_edit_roadmap(request.user, roadmap))
    back = to if isinstance(to, str) else reverse("roadmap-detail", args=[roadmap.product.code])
    told = page(request, roadmap, heading=heading, button=button, back=back, intro=intro)
    return edit(request, form, "products/form.html", act=act, to=to, said=said, context=told)


def _home(roadmap: Roadmap) -> str:
    return reverse("roadmap-detail", args=[roadmap.product.code])


def _case(outcome: Outcome) -> str:
    return reverse("outcome-detail", args=[outcome.roadmap.product.code, outcome.goal.letter, outcome.number])


def goal_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = GoalForm(request.POST or None, instance=Goal(roadmap=roadmap))
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: add_goal(roadmap=roadmap, by=request.user, **form.values),
        to=_home(roadmap),
        said=_("The goal is added."),
        heading=_("Add a goal"),
        button=_("Add the goal"),
        intro=_("A goal is a lane of the roadmap. It gets the next letter."),
    )


def goal_change(request: HttpRequest, code: str, letter: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = GoalForm(request.POST or None, instance=goal_of(roadmap, letter))
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: change_goal(goal=form.instance, by=request.user, expected=form.expected, **form.values),
        to=_home(roadmap),
        said=_("The changes are saved."),
        heading=_("Rename goal %(letter)s") % {"letter": letter},
        button=_("Save the changes"),
    )


def goal_retire(request: HttpRequest, code: str, letter: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    goal, form = goal_of(roadmap, letter), ReasonForm(request.POST or None)
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: retire_goal(goal=goal, by=request.user, reason=form.cleaned_data["reason"]),
        to=_home(roadmap),
        said=_("The goal is no longer pursued."),
        heading=_("Stop pursuing goal %(letter)s") % {"letter": letter},
        button=_("Stop pursuing it"),
    )


def outcome_add(request: HttpRequest, code: str, letter: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    goal = goal_of(roadmap, letter)
    form = OutcomeForm(request.POST or None, instance=Outcome(roadmap=roadmap, goal=goal))
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: add_outcome(goal=goal, by=request.user, **form.values),
        to=_case,
        said=_("The outcome is added."),
        button=_("Add the outcome"),
        heading=_("Add an outcome to goal %(letter)s") % {"letter": letter},
        intro=_("An outcome is a hypothesis you can test, on one page."),
    )


def outcome_change(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = OutcomeForm(request.POST or None, instance=outcome_of(roadmap, letter, number))
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: change_outcome(outcome=form.instance, by=request.user, expected=form.expected, **form.values),
        to=_case(outcome_of(roadmap, letter, number)),
        said=_("The changes are saved."),
        button=_("Save the changes"),
        heading=_("Change the case of %(code)s") % {"code": f"{letter}.{number}"},
    )


@require_POST
def outcome_start(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    outcome = outcome_of(visible_roadmap(request, code), letter, number)
    return press(
        request,
        lambda: start_outcome(outcome=outcome, by=request.user),
        to=_case(outcome),
        said=_("The outcome is in delivery."),
    )


def outcome_close(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    outcome = outcome_of(roadmap, letter, number)
    initial = {"version": outcome.version, "state": OutcomeState.DELIVERED, **_found(request, outcome)}
    needs_board = must_ask_to_stop(outcome, roadmap.product)
    form = CloseOutcomeForm(request.POST or None, initial=initial, may_stop=not needs_board)
    intro = _("Done means users say so. The verdict and the evidence stay with the case.")
    if needs_board:
        intro = f"{intro} {_('Stopping it is for a board.')}"

    def act():
        values = dict(form.cleaned_data)
        return close_outcome(outcome=outcome, by=request.user, expected=values.pop("version"), **values)

    return _edit(
        request,
        roadmap,
        form,
        act=act,
        to=_case(outcome),
        said=_("The outcome is closed."),
        heading=_("Close outcome %(code)s") % {"code": outcome.code},
        button=_("Close the outcome"),
        intro=intro,
    )


def _found(request: HttpRequest, outcome: Outcome) -> dict:
    """What an impact analysis found of this outcome, as the beginning of its verdict and evidence."""
    finding = finding_of(outcome, request.GET.get("finding", ""))
    if finding is None:
        return {}
    verdict = finding.verdict if finding.verdict in dict(Verdict.of_users()) else ""
    return {
        "state": OutcomeState.DELIVERED,
        "verdict": verdict,
        "evidence_en": "\n".join(filter(None, [finding.observed_en, finding.evidence_en, finding.link])),
        "evidence_fr": "\n".join(filter(None, [finding.observed_fr, finding.evidence_fr, finding.link])),
    }


def reading_add(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    outcome = outcome_of(roadmap, letter, number)
    form = ReadingForm(
        request.POST or None,
        instance=OutcomeReading(roadmap=roadmap, outcome=outcome),
        initial={"read_on": clock.today()},
    )
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: record_reading(outcome=outcome, by=request.user, **form.values),
        to=_case(outcome),
        said=_("The reading is kept."),
        button=_("Keep the reading"),
        heading=_("Enter a reading for %(code)s") % {"code": outcome.code},
        intro=outcome.metric,
    )


def augmentation_add(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    outcome = outcome_of(roadmap, letter, number)
    form = AugmentationForm(
        request.POST or None,
        department=roadmap.product.department_id,
        instance=OutcomeAugmentation(roadmap=roadmap, outcome=outcome),
    )
    return _edit(
        request,
        roadmap,
        form,
        act=lambda: augment(outcome=outcome, by=request.user, **form.values),
        to=_case(outcome),
        said=_("The augmentation is entered."),
        button=_("Enter the augmentation"),
        heading=_("More money for %(code)s") % {"code": outcome.code},
        intro=_("For future need, by a decision; not for what was overspent."),
    )


def _told(view: RoadmapAt, letter: str, number: int) -> dict:
    """The case as the reader's day has it."""
    found = [each for each in view.outcomes if (each.letter, each.number) == (letter, number)]
    if not found:
        raise Http404
    goal = next(goal for goal in view.goals if goal.id == found[0].goal_id)
    code = found[0].code
    serving = [each for each in view.milestones if code in each.outcome_codes]
    more = OutcomeAugmentation.objects.filter(outcome_id=found[0].id).select_related("source").order_by("fiscal_year")
    gates = OutcomeGate.objects.filter(outcome_id=found[0].id, held_on__lte=view.today)
    told = {"outcome": found[0], "goal": goal, "serving": serving, "view": view, "augmentations": more}
    return told | {"gates": _with_evidence(gates.select_related("mandate", "finding__analysis__release"))}


def _with_evidence(gates: QuerySet[OutcomeGate]) -> list[OutcomeGate]:
    """The latest first, each with `analysed`: the release whose published analysis holds its finding, or None."""
    held = list(gates.order_by("-held_on"))
    analyses = {gate.finding.analysis_id for gate in held if gate.finding}
    editions = ImpactEdition.objects.filter(analysis__in=analyses).values_list("content__findings", flat=True)
    published = {each["id"] for findings in (editions if analyses else ()) for each in findings}
    for gate in held:
        gate.analysed = gate.finding.analysis.release if str(gate.finding_id) in published else None
    return held


@in_time
def outcome_show(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    told = page(request, roadmap, **_told(reading_at(request, roadmap), letter, number))
    told["may_hold_gate"] = bool(may_hold_gate(request.user, roadmap))
    told["is_before_board"] = told["may_edit"] and is_before_board(outcome_of(roadmap, letter, number))
    return render(request, "roadmaps/outcome_detail.html", told)


@in_time
def outcome_pdf(request: HttpRequest, code: str, letter: str, number: int) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    told = page(request, roadmap, printed_at=clock.now(), **_told(reading_at(request, roadmap), letter, number))
    pdf = render_on_one_page("roadmaps/outcome_paper.html", told, language=reader(), settings=SETTINGS)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{letter}.{number}.pdf"'
    return response
