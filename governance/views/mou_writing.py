"""Writing a memorandum: its terms, parties, money, officials, entered once; and the amendment of one in force."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions import mous as acts
from governance.actions.mou_amendments import begin_amendment, open_sections
from governance.forms.mous import AmountsForm, NewOfficialForm, OfficialForm, OpenedForm, PartyForm, TermsForm, cell
from governance.models import Mou, MouAmount, MouOfficial, MouParty
from governance.mou.blocks import amounts
from governance.mou.facts import facts_of
from governance.mou.money import seen_of
from governance.mou.spoken import spoken
from governance.mou_states import MouMoney, MouSection, MouState, Side
from governance.permissions import may_write_mou
from governance.views.lookup import said_as_conflict
from governance.views.mou_lookup import shown, visible_mou
from people.bilingual import reader
from people.editing import edit
from people.forms.fields import suggested_people
from people.permissions import require
from products.models import FundingSource

FORM = "governance/mou_form.html"


def written(request: HttpRequest, code: str, key: UUID) -> Mou:
    """The draft of an address for those who write it. Refused for other readers; its page for what is no draft any more."""
    mou = visible_mou(request, code, key)
    require(may_write_mou(request.user, mou))
    return mou


def while_draft(view: Any) -> Any:
    """A form typed by hand after the text was frozen leads to the memorandum."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, key: UUID, **more: Any) -> HttpResponseBase:
        if request.method == "GET" and written(request, code, key).state != MouState.DRAFT:
            return HttpResponseRedirect(reverse("mou-detail", args=[code, key]))
        return view(request, code, key, **more)

    return answered


def _to(mou: Mou, name: str = "mou-detail", *more: Any) -> str:
    return reverse(name, args=[mou.product.code, mou.pk, *more])


@while_draft
def mou_terms(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = written(request, code, key)
    form = TermsForm(request.POST or None, instance=Mou.objects.select_related("product__department").get(pk=mou.pk))
    return edit(
        request,
        form,
        FORM,
        act=lambda: acts.change_mou(mou=mou, by=request.user, expected=form.expected, **form.values),
        to=_to(mou),
        said=_("The terms are saved."),
        context=shown(
            request, mou, heading=_("Terms of the memorandum"), button=_("Save the terms"), back=_to(mou),
            intro=_("Entered once. Each section that speaks of them says the same, in both languages."),
        ),
    )  # fmt: skip


@while_draft
def mou_parties(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = written(request, code, key)
    form = PartyForm(request.POST or None, mou=mou)
    parties = [
        (each, each.amounts.exists() or each.officials.exists()) for each in mou.parties.select_related("branch")
    ]
    return edit(
        request,
        form,
        "governance/mou_parties.html",
        act=lambda: acts.put_party(mou=mou, side=form.side, by=request.user, **form.cleaned_data),
        to=_to(mou, "mou-parties"),
        said=_("The party is added."),
        context=shown(request, mou, parties=parties, back=_to(mou), is_open=mou.opens(MouSection.RECITALS)),
    )


@require_POST
def party_remove(request: HttpRequest, code: str, key: UUID, party: UUID) -> HttpResponse:
    mou = written(request, code, key)
    with said_as_conflict():
        acts.remove_party(party=get_object_or_404(MouParty, mou=mou, pk=party), by=request.user)
    return HttpResponseRedirect(_to(mou, "mou-parties"), status=303)


@while_draft
def mou_money(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """What each sponsoring branch transfers, year by year, from each source."""
    mou = written(request, code, key)
    facts = facts_of(mou)
    tables = spoken(amounts(facts), reader())["tables"]
    sources: dict[UUID, dict[UUID, FundingSource]] = {}
    for line in facts.amounts:
        sources.setdefault(line.party_id, {})[line.source_id] = line.source
    rows = [
        (party, table, list(sources.get(party.pk, {}).values()))
        for party, table in zip(facts.sponsors, tables, strict=True)
    ]
    told = shown(
        request, mou, rows=rows, years=facts.years, total=facts.total, back=_to(mou), is_open=mou.opens(MouSection.FEES)
    )
    return render(request, "governance/mou_money.html", told)


@while_draft
def mou_amounts(request: HttpRequest, code: str, key: UUID, party: UUID, source: UUID | None = None) -> HttpResponse:
    """The amounts of one branch from one source as a grid of years."""
    mou = written(request, code, key)
    branch = get_object_or_404(MouParty.objects.select_related("branch"), mou=mou, pk=party, side=Side.SPONSOR)
    fund = get_object_or_404(FundingSource, pk=source) if source else None
    lines = list(MouAmount.objects.filter(mou=mou, party=branch, source=fund)) if fund else []
    initial = {cell(each.kind, each.fiscal_year): each.amount for each in lines} | {"seen": seen_of(lines)}
    years = sorted({*facts_of(mou).years, *(each.fiscal_year for each in lines)})
    form = AmountsForm(request.POST or None, mou=mou, party=branch, years=years, source=fund, initial=initial)

    def act() -> None:
        chosen = form.cleaned_data["source"]
        acts.put_amounts(
            mou=mou, party=branch, source=chosen, amounts=form.amounts, by=request.user,
            seen=form.cleaned_data["seen"] if fund else None,
        )  # fmt: skip

    return edit(
        request,
        form,
        "governance/mou_amounts.html",
        act=act,
        to=_to(mou, "mou-money"),
        said=_("The amounts are saved."),
        context=shown(request, mou, party=branch, source=fund, kinds=MouMoney, years=years, back=_to(mou, "mou-money")),
    )


@while_draft
def mou_officials(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Who answers for the memorandum and who signs it; each by name, with a title in both languages."""
    mou = written(request, code, key)
    officials = list(mou.officials.select_related("party__branch", "person"))
    told = shown(
        request, mou, back=_to(mou), may_name=mou.opens(MouSection.OFFICIALS) or mou.opens(MouSection.SIGNATORIES),
        designated=[each for each in officials if each.role == "designated"],
        signatories=[each for each in officials if each.role == "signatory"],
    )  # fmt: skip
    return render(request, "governance/mou_officials.html", told)


@while_draft
def official_add(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = written(request, code, key)
    form = NewOfficialForm(request.POST or None, mou=mou, instance=MouOfficial(mou=mou), initial={"role": "designated"})
    return edit(
        request,
        form,
        FORM,
        act=lambda: acts.name_official(mou=mou, by=request.user, **form.values),
        to=_to(mou, "mou-officials"),
        said=_("The official is named."),
        context=_official_page(request, mou, _("Name an official"), _("Name the official")),
    )


@while_draft
def official_change(request: HttpRequest, code: str, key: UUID, official: UUID) -> HttpResponse:
    mou = written(request, code, key)
    kept = get_object_or_404(MouOfficial.objects.select_related("person", "mou__product"), mou=mou, pk=official)
    form = OfficialForm(request.POST or None, mou=mou, instance=kept)
    return edit(
        request,
        form,
        FORM,
        act=lambda: acts.change_official(official=kept, by=request.user, expected=form.expected, **form.values),
        to=_to(mou, "mou-officials"),
        said=_("The official is changed."),
        context=_official_page(request, mou, _("Change an official"), _("Save")),
    )


def _official_page(request: HttpRequest, mou: Mou, heading: str, button: str) -> dict[str, Any]:
    people = suggested_people(mou.product.department_id)
    return shown(request, mou, heading=heading, button=button, back=_to(mou, "mou-officials"), people=people)


@require_POST
def official_remove(request: HttpRequest, code: str, key: UUID, official: UUID) -> HttpResponse:
    mou = written(request, code, key)
    with said_as_conflict():
        acts.remove_official(official=get_object_or_404(MouOfficial, mou=mou, pk=official), by=request.user)
    return HttpResponseRedirect(_to(mou, "mou-officials"), status=303)


def mou_amend(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Begin the next version of what is in force: which sections it opens, and what it is about."""
    mou = written(request, code, key)
    form = OpenedForm(request.POST or None)
    return edit(
        request,
        form,
        FORM,
        act=lambda: begin_amendment(mou=mou, by=request.user, **form.cleaned_data),
        to=_to,
        said=_("The amendment is begun. All other sections stay as they were signed."),
        context=shown(
            request, mou, heading=_("Amend the memorandum"), button=_("Begin the amendment"), back=_to(mou),
            intro=_("Only the sections you choose are opened. The amendment takes the same path as the memorandum: it is "
                    "validated, approved and signed."),
        ),
    )  # fmt: skip


@while_draft
def mou_opened(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Choose anew which sections a draft amendment opens."""
    mou = written(request, code, key)
    if not mou.is_amendment:
        raise Http404
    form = OpenedForm(
        request.POST or None, with_words=False, initial={"opened_sections": mou.opened_sections, "version": mou.version}
    )

    def act() -> None:
        open_sections(
            mou=mou,
            opened_sections=form.cleaned_data["opened_sections"],
            expected=form.cleaned_data["version"],
            by=request.user,
        )

    return edit(
        request,
        form,
        FORM,
        act=act,
        to=_to(mou),
        said=_("The sections are chosen."),
        context=shown(request, mou, heading=_("Sections this amendment opens"), button=_("Save"), back=_to(mou)),
    )
