"""Conditions followed to closed: what is mine to prove and to verify, every condition I may read, and one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from governance.actions.conditions import accept_proof, give_proof, refuse_proof
from governance.forms.conditions import ConditionFilters, ProofForm, RefusalForm
from governance.models import Condition
from governance.proving import may_give_proof, may_verify_proof
from governance.states import ConditionState
from people.bilingual import said
from people.editing import edit
from people.listing import Column, Listing
from people.permissions import require
from people.stepup import confirmed_identity, typed
from records import clock
from records.evidence.serving import served
from records.refusals import OutOfTurn

RELATED = (
    "review__product",
    "review__gate",
    "review__change",
    "decision",
    "ended_by",
    "owner",
    "verifier",
    "proof_file",
)
SORTS = {"due": "due_on", "product": "review__product__code", "state": "state"}
COLUMNS = [
    Column(gettext_lazy("Product"), "review.product.code"),
    Column(gettext_lazy("Condition"), lambda row: said(row, "what")),
    Column(gettext_lazy("Decision"), "decision.number"),
    Column(gettext_lazy("Owner"), "owner.name"),
    Column(gettext_lazy("Verifier"), "verifier.name"),
    Column(gettext_lazy("Due on"), "due_on"),
    Column(gettext_lazy("State"), "get_state_display"),
    Column(gettext_lazy("Overdue"), lambda row: _("yes") if row.is_overdue else ""),
]


def condition_list(request: HttpRequest) -> HttpResponse:
    """Every binding condition the reader may read, their own first."""
    rows = Condition.objects.visible_to(request.user).binding().select_related(*RELATED)
    listing = Listing(
        request,
        rows,
        name="condition-list",
        filters=ConditionFilters,
        sorts=SORTS,
        default_sort="due",
        columns=COLUMNS,
    )
    if answer := listing.answer("conditions"):
        return answer
    open_rows = rows.outstanding()
    told = {
        "listing": listing,
        "to_prove": open_rows.filter(owner=request.user, state=ConditionState.OPEN),
        "to_verify": open_rows.filter(verifier=request.user, state=ConditionState.PROVEN),
        "overdue": rows.overdue(clock.today()).count(),
        "main_place": "conditions",
    }
    return render(request, "governance/condition_list.html", told)


def condition_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition(request, pk)
    told = {
        "may_prove": condition.state == ConditionState.OPEN and may_give_proof(request.user, condition),
        "may_verify": condition.state == ConditionState.PROVEN and may_verify_proof(request.user, condition),
    }
    return render(request, "governance/condition_detail.html", _page(condition, **told))


def condition_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file of the proof, for whoever may read the condition."""
    condition = _condition(request, pk)
    if condition.proof_file is None:
        raise Http404
    return served(request, condition.proof_file)


def condition_prove(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition(request, pk)
    require(may_give_proof(request.user, condition))
    _check_state(condition, ConditionState.OPEN, _("A proof is given for a condition that is open."))
    form = ProofForm(request.POST or None, request.FILES or None, instance=condition)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: give_proof(condition=form.instance, by=request.user, expected=form.expected, **form.values),
        to=reverse("condition-detail", args=[pk]),
        said=_("The proof is given. %(verifier)s is told.") % {"verifier": condition.verifier.name},
        context=_page(
            condition,
            heading=_("Give the proof of a condition"),
            intro=condition.what,
            button=_("Give the proof"),
            back=reverse("condition-detail", args=[pk]),
        ),
    )


def _address(request: HttpRequest, pk: UUID) -> str:
    return reverse("condition-detail", args=[pk])


@require_POST
@confirmed_identity(page=_address)
def condition_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition(request, pk)
    seen = request.POST.get("version", "")
    accept_proof(
        condition=condition, by=request.user, expected=int(seen) if seen.isdecimal() and len(seen) < 9 else None
    )
    messages.success(request, _("The condition is closed."))
    return HttpResponseRedirect(reverse("condition-detail", args=[pk]), status=303)


@confirmed_identity
def condition_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition(request, pk)
    require(may_verify_proof(request.user, condition))
    _check_state(condition, ConditionState.PROVEN, _("There is no proof to judge."))
    form = RefusalForm(typed(request), initial={"version": condition.version})
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: refuse_proof(
            condition=condition,
            reason=form.cleaned_data["reason"],
            by=request.user,
            expected=form.cleaned_data["version"],
        ),
        to=reverse("condition-detail", args=[pk]),
        said=_("The condition is open again. %(owner)s is told.") % {"owner": condition.owner.name},
        context=_page(
            condition,
            heading=_("Why is the proof not accepted?"),
            intro=condition.what,
            button=_("Do not accept the proof"),
            back=reverse("condition-detail", args=[pk]),
        ),
    )


def _condition(request: HttpRequest, pk: UUID) -> Condition:
    rows = Condition.objects.visible_to(request.user).binding().select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _check_state(condition: Condition, state: ConditionState, words: str) -> None:
    if condition.state != state:
        raise OutOfTurn(words, subject=condition)


def _page(condition: Condition, **told: Any) -> dict[str, Any]:
    return {"condition": condition, "product": condition.review.product, "main_place": "conditions", **told}
