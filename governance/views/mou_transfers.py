"""Transfers of a memorandum: planned and actual per fiscal year and branch, booked, corrected, taken back; as CSV."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions.mou_transfers import book_transfer, correct_transfer, remove_transfer
from governance.forms.mou_life import TransferForm
from governance.models import Mou, MouTransfer
from governance.mou.transfers import Money, Year, add, bookings, may_book_transfer, plan
from governance.mou_states import MouMoney, MouState
from governance.views.mou_living import shown
from governance.views.mou_lookup import visible_mou
from people.editing import ReasonForm, edit
from people.listing import Column, csv_to_save
from people.permissions import require
from products import fiscal

PLANNED = [
    Column(gettext_lazy("Fiscal year"), lambda row: row[0]),
    Column(gettext_lazy("From"), lambda row: row[1]),
    Column(gettext_lazy("For"), lambda row: row[2]),
    Column(gettext_lazy("Planned"), lambda row: row[3].planned),
    Column(gettext_lazy("Transferred"), lambda row: row[3].actual),
    Column(gettext_lazy("Still to come"), lambda row: row[3].to_come),
]
BOOKED = [
    Column(gettext_lazy("Transferred on"), "transferred_on"),
    Column(gettext_lazy("From"), "branch.name"),
    Column(gettext_lazy("Fiscal year"), lambda row: fiscal.label(row.fiscal_year)),
    Column(gettext_lazy("For"), "get_kind_display"),
    Column(gettext_lazy("Amount"), "amount"),
    Column(gettext_lazy("Reference"), "reference"),
    Column(gettext_lazy("Note"), "note"),
]


def transfers_show(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    mou = _funded(request, code, key)
    booked = bookings(mou)
    years = plan(mou, booked)
    asked = request.GET.get("format")
    if asked == "csv":
        return csv_to_save(PLANNED, _cells(years), f"{mou.number}-transfers")
    if asked == "bookings":
        return csv_to_save(BOOKED, iter(booked), f"{mou.number}-bookings")
    told = {
        "years": years,
        "booked": booked,
        "sum": add(year.total for year in years),
        "due": add(year.total for year in years if year.is_over),
        "may_book": may_book_transfer(request.user, mou) and mou.state in MouState.was_in_force(),
    }
    return render(request, "governance/mou_transfers.html", shown(mou, **told))


def _cells(years: list[Year]) -> Iterator[tuple[str, str, str, Money]]:
    labels = {kind: str(MouMoney(kind).label) for kind in MouMoney.values}
    for year in years:
        for line in year.lines:
            yield year.label, line.branch.name, labels[MouMoney.SALARY], line.salary
            yield year.label, line.branch.name, labels[MouMoney.NON_SALARY], line.other


def transfer_book(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = _funded(request, code, key)
    require(may_book_transfer(request.user, mou))
    form = TransferForm(request.POST or None, mou=mou)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: book_transfer(mou=mou, by=request.user, **form.values),
        to=_address(mou),
        said=_("The transfer is booked."),
        context=_form(
            mou,
            _("Book a transfer"),
            _("Book it"),
            intro=_("An amount that came, against the fiscal year of the agreement that it is for."),
        ),
    )


def transfer_correct(request: HttpRequest, code: str, key: UUID, transfer: UUID) -> HttpResponse:
    mou, row = _booked(request, code, key, transfer)
    form = TransferForm(request.POST or None, instance=row, mou=mou)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: correct_transfer(
            transfer=row, mou=mou, by=request.user, expected=form.expected, reason=form.reason, **form.values
        ),
        to=_address(mou),
        said=_("The changes are saved."),
        context=_form(mou, _("Correct a transfer"), _("Save the changes")),
    )


def transfer_remove(request: HttpRequest, code: str, key: UUID, transfer: UUID) -> HttpResponse:
    mou, row = _booked(request, code, key, transfer)
    form = ReasonForm(request.POST or None)
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: remove_transfer(transfer=row, by=request.user, **form.cleaned_data),
        to=_address(mou),
        said=_("It is removed; the history keeps it."),
        context=_form(mou, _("Remove the transfer of %(day)s") % {"day": row.transferred_on}, _("Remove")),
    )


def _funded(request: HttpRequest, code: str, key: UUID) -> Mou:
    mou = visible_mou(request, code, key)
    if mou.state in (MouState.DRAFT, MouState.DECLINED, MouState.VOIDED):
        raise Http404
    return mou


def _booked(request: HttpRequest, code: str, key: UUID, transfer: UUID) -> tuple[Mou, MouTransfer]:
    mou = _funded(request, code, key)
    require(may_book_transfer(request.user, mou))
    rows = MouTransfer.objects.select_related("product", "branch")
    return mou, get_object_or_404(rows, pk=transfer, product=mou.product, number=mou.number)


def _address(mou: Mou) -> str:
    return reverse("mou-transfers", args=[mou.product.code, mou.pk])


def _form(mou: Mou, heading: str, button: str, **told: Any) -> dict[str, Any]:
    return shown(mou, heading=heading, button=button, back=_address(mou), **told)
