"""The end of a memorandum: proposed, consented to by every party, withdrawn; and how it ended (domain.md §6)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.mou_ending import consent_to_termination, propose_termination, withdraw_termination
from governance.forms.mou_life import ConsentForm, TerminationForm
from governance.models import Mou, MouParty, MouTermination
from governance.mou.ending import may_end_mou, may_speak_for, voices
from governance.mou_states import MouState
from governance.views.mou_living import shown
from governance.views.mou_lookup import visible_mou
from people.editing import ReasonForm, edit
from people.permissions import require
from people.stepup import confirmed_identity, typed
from records import clock


def end_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = _agreed(request, code, key)
    proposals = list(mou.terminations.prefetch_related("consents__party__branch"))
    open_one = next((each for each in proposals if each.withdrawn_at is None), None)
    given = {each.party_id: each for each in open_one.consents.all()} if open_one else {}
    parties = list(mou.parties.select_related("branch"))
    mine = voices(mou, request.user)
    told = {
        "open_one": open_one,
        "parties": [(party, given.get(party.pk)) for party in parties],
        "consents": len(given),
        "is_agreed": bool(open_one) and len(given) == len(parties),
        "is_past": bool(open_one) and open_one.effective_on < clock.today(),
        "is_in_force": mou.state == MouState.IN_FORCE,
        "may_end": bool(mine),
        "to_consent": [party for party in mine if party.pk not in given],
        "earlier": [each for each in proposals if each is not open_one],
    }
    return render(request, "governance/mou_end.html", shown(mou, **told))


@confirmed_identity
def end_propose(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = _agreed(request, code, key)
    require(may_end_mou(request.user, mou))
    mine = mou.parties.filter(pk__in=[party.pk for party in voices(mou, request.user)]).select_related("branch")
    form = TerminationForm(typed(request), parties=mine)
    return edit(
        request,
        form,
        "governance/mou_form.html",
        act=lambda: propose_termination(mou=mou, by=request.user, **form.values),
        to=_address(mou),
        said=_("The proposal is made, and your party has consented. The others are told."),
        context=_form(
            mou,
            _("Propose its end"),
            _("Propose and consent"),
            intro=_(
                "It ends on that day once every party has consented. Product status that rests on it ends with it."
            ),
        ),
    )


@confirmed_identity
def end_consent(request: HttpRequest, code: str, key: UUID, party: UUID) -> HttpResponse:
    """What is consented to, once more; then the consent itself."""
    mou = _agreed(request, code, key)
    proposal = _open_one(mou)
    for_whom = get_object_or_404(MouParty.objects.select_related("branch", "mou__product"), pk=party, mou=mou)
    require(may_speak_for(request.user, for_whom))
    form = ConsentForm(typed(request))
    return edit(
        request,
        form,
        "governance/mou_consent.html",
        act=lambda: consent_to_termination(termination=proposal, party=for_whom, by=request.user),
        to=_address(mou),
        said=_("Your party has consented."),
        context=_form(mou, _("Consent to its end"), _("Consent"), proposal=proposal, party=for_whom),
    )


def end_withdraw(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = _agreed(request, code, key)
    require(may_end_mou(request.user, mou))
    proposal, form = _open_one(mou), ReasonForm(request.POST or None)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: withdraw_termination(termination=proposal, by=request.user, **form.cleaned_data),
        to=_address(mou),
        said=_("The proposal is withdrawn."),
        context=_form(mou, _("Withdraw the proposal to end it"), _("Withdraw it")),
    )


def _agreed(request: HttpRequest, code: str, key: UUID) -> Mou:
    mou = visible_mou(request, code, key)
    if mou.state not in MouState.was_in_force():
        raise Http404
    return mou


def _open_one(mou: Mou) -> MouTermination:
    rows = MouTermination.objects.select_related("mou__product")
    return get_object_or_404(rows, mou=mou, withdrawn_at=None)


def _address(mou: Mou) -> str:
    return reverse("mou-end", args=[mou.product.code, mou.pk])


def _form(mou: Mou, heading: str, button: str, **told: Any) -> dict[str, Any]:
    return shown(mou, heading=heading, button=button, back=_address(mou), **told)
