"""The decision on a point: recorded by the chair, checked once more, confirmed, and its own page for good."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.conditions import outstanding_of
from governance.actions.decisions import (
    corrected_by_next,
    decide_review,
    has_closed,
    possible_outcomes,
    why_undecidable,
)
from governance.consequences import what_stands
from governance.forms.votes import AddedConditionForm, DecisionForm
from governance.models import AgendaPoint, Review, Risk
from governance.papers.sheet import DOCUMENT
from governance.reading.brief import brief_of
from governance.reading.record import record_of
from governance.states import AgendaState, Outcome
from governance.views.boardroom import page, point_place, review_point, visible_decision
from governance.views.papers import kept_in
from governance.views.risk_lookup import address
from governance.voting.sitting import sitting_of
from governance.voting.tally import Tally
from governance.voting.voices import chair_of
from people.bilingual import reader
from people.editing import add_errors
from people.permissions import require
from people.stepup import confirmed_identity, typed
from products.forms.fields import suggested_people
from records.acts import note_refusal
from records.refusals import AgainstTheRule, Conflict, OutOfTurn

AddedConditions = formset_factory(AddedConditionForm, extra=2, max_num=5, absolute_max=5)


@confirmed_identity
def point_decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form of the decision; sent once it is shown again to be checked, sent with `confirm` it is recorded, with
    `change` it comes back with all that was typed."""
    point = review_point(request, key)
    require(chair_of(request.user, sitting_of(point)))
    if point.state == AgendaState.DECIDED and "confirm" not in request.POST:
        return HttpResponseRedirect(reverse("decision-detail", args=[point.decision.pk]))
    if closed := why_undecidable(point):
        raise OutOfTurn(closed, subject=point)
    tally = Tally.from_json(point.tally or {})
    if request.method == "POST" and not tally.has_quorum:
        raise OutOfTurn(_("There is no decision without quorum."), subject=point)
    entered = typed(request)
    corrects = corrected_by_next(point.review)
    outcomes = possible_outcomes(point.review, tally)
    form = DecisionForm(entered, review=point.review, outcomes=outcomes, corrects=corrects)
    added = AddedConditions(entered, prefix="added")
    told = _told(request, point, tally, form, added) | {"corrects": corrects, "has_closed": has_closed(corrects)}
    if request.method != "POST":
        return render(request, "governance/decide.html", told)
    if not all([form.is_valid(), added.is_valid()]):
        _note_what_the_vote_forbids(request, point, form)
        return render(request, "governance/decide.html", told, status=422)
    return _decide(request, point, form, added, told)


def _note_what_the_vote_forbids(request: HttpRequest, point: AgendaPoint, form: Any) -> None:
    """The form offers only what the vote allows; another decision that is sent all the same leaves its entry."""
    if form.data.get("outcome") in Outcome.values and form.has_error("outcome", "invalid_choice"):
        reason = AgainstTheRule({"outcome": _("The vote does not allow this decision.")})
        reason.act, reason.subject, reason.by = decide_review.__name__, point, request.user
        note_refusal(reason)


def _told(request: HttpRequest, point: AgendaPoint, tally: Tally, form: Any, added: Any) -> dict[str, Any]:
    here = (reverse("point-detail", args=[point.pk]), point_place(point)[1])
    return page(
        request,
        point.meeting,
        here,
        ("", _("Decision")),
        point=point,
        review=point.review,
        tally=tally,
        form=form,
        added=added,
        brief=brief_of(point.review),
        people=suggested_people(point.meeting.board.department_id),
    )


def _decide(request: HttpRequest, point: AgendaPoint, form: Any, added: Any, told: dict[str, Any]) -> HttpResponse:
    conditions = [each.condition for each in added.forms if each.condition] if _binds(form) else []
    if "change" in request.POST:
        return render(request, "governance/decide.html", told)
    if _binds(form) and not (conditions or form.values.get("taken_up") or told["has_closed"]):
        name = "taken_up" if "taken_up" in form.fields else "outcome"
        form.add_error(name, _("Say on which conditions it is approved."))
        return render(request, "governance/decide.html", told, status=422)
    if "confirm" not in request.POST:
        return _check(request, form, conditions, told)
    try:
        decision = decide_review(point=point, by=request.user, added=conditions, **form.values)
    except ValidationError as error:
        add_errors(form, error)
        return render(request, "governance/decide.html", told, status=422)
    except Conflict as conflict:
        if AgendaPoint.objects.get(pk=point.pk).state != AgendaState.VOTED:
            raise  # somebody else ended it: there is nothing left to send again
        form.add_error(None, str(conflict.reason))
        return render(request, "governance/decide.html", told, status=409)
    messages.success(request, _("The decision is recorded."))
    return HttpResponseRedirect(reverse("decision-detail", args=[decision.pk]), status=303)


def _binds(form: Any) -> bool:
    return form.cleaned_data["outcome"] == "with_conditions"


def _check(request: HttpRequest, form: Any, conditions: list[Any], told: dict[str, Any]) -> HttpResponse:
    """Everything that was entered, to be read once more; the same values travel on as they were sent."""
    skip = {"csrfmiddlewaretoken", "form_token", "confirm", "change"}
    sent = [(name, value) for name, values in request.POST.lists() if name not in skip for value in values]
    chosen = dict(form.fields["outcome"].choices)[form.cleaned_data["outcome"]]
    taken_up = list(form.values.get("taken_up", []))
    withdrawn = [each for each in outstanding_of(told["corrects"]) if each not in taken_up]
    told |= {"sent": sent, "chosen": chosen, "conditions": conditions, "taken_up": taken_up, "values": form.values}
    told["withdrawn"] = withdrawn
    asked = (form.values["outcome"], form.values.get("is_complex_or_risky"))
    told["stands"] = what_stands(told["review"], told["corrects"], *asked).get(reader(), "")
    return render(request, "governance/decide_check.html", told)


def decision_show(request: HttpRequest, key: UUID) -> HttpResponse:
    decision = visible_decision(request, key)
    told = {
        "decision": decision,
        "review": decision.review,
        "record": record_of(decision),
        "brief": brief_of(decision.review, decision),
        "is_on_paper": decision.content is None or kept_in(DOCUMENT, decision.pk) is not None,
        "corrected_by": getattr(decision, "corrected_by", None),
        "risk_page": risk_page(request, decision.review),
        "main_place": "decisions",
    }
    return render(request, "governance/decision.html", told)


def risk_page(request: HttpRequest, review: Review) -> str:
    """The page of the risk a decision is about, for those who read the register; else empty."""
    if review.risk_id is None:
        return ""
    risk = Risk.objects.visible_to(request.user).filter(pk=review.risk_id).select_related("product").first()
    return address(risk) if risk else ""
