"""Declaring a month and withdrawing a declaration."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.actions.declared import declare_month, withdraw_declared_month
from metrics.forms.declared import DeclaredMonthForm
from metrics.models import DeclaredMonth
from metrics.permissions import may_declare_month
from metrics.reading.months import Month, read_months
from metrics.reading.subject import Subject, subject_of
from metrics.states import DeclaredState
from people.editing import ReasonForm, edit
from people.permissions import require
from people.wording import capital, month_name
from products.fiscal import add_months
from products.models import Product
from products.views.lookup import visible_product

OFFERED = 36  # months back


def month_declare(request: HttpRequest, code: str) -> HttpResponse:
    product = _own(request, code)
    subject = subject_of(product, request.user, alone=True)
    months = _open_months(subject)
    wanted = f"{request.GET.get('month', '')}-01"
    start = wanted if wanted in {f"{month:%Y-%m-%d}" for month, _label in months} else None
    form = DeclaredMonthForm(request.POST or None, months=months, initial={"month": start})

    def perform() -> DeclaredMonth:
        month, source = form.cleaned_data["month"], form.cleaned_data["source"]
        return declare_month(product=product, month=month, source=source, by=request.user, **form.figures)

    return edit(
        request,
        form,
        "products/form.html",
        act=perform,
        to=lambda declared: reverse("metrics-month", args=[product.code, declared.month]),
        said=_("The month is declared."),
        context=_context(product, _("Declare a month"), _("Declare the month"))
        | {
            "intro": _(
                "For a month without a pipeline. Declared figures are marked everywhere and never mixed with computed ones; "
                "while they stand, the page shows them instead."
            )
        },
    )


def month_withdraw(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    rows = DeclaredMonth.objects.filter(product=product, state=DeclaredState.IN_FORCE).select_related("product")
    declared = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    heading = _("Withdraw the declared figures of %(month)s") % {"month": month_name(declared.month)}
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: withdraw_declared_month(declared=declared, by=request.user, reason=form.cleaned_data["reason"]),
        to=reverse("metrics-month", args=[product.code, declared.month]),
        said=_("The declaration is withdrawn."),
        context=_context(product, heading, _("Withdraw")),
    )


def _open_months(subject: Subject) -> list[tuple[date, str]]:
    """Finished months that are not declared, the latest first; those with computed figures say so."""
    last = add_months(subject.running, -1)
    months = read_months(subject, add_months(last, 1 - OFFERED), last)
    return [(month, _named(told)) for month, told in reversed(months.items()) if told.declared is None]


def _named(month: Month) -> str:
    name = capital(month_name(month.starts_on))
    return _("%(month)s, has computed figures") % {"month": name} if month.row else name


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_declare_month(request.user, product))
    return product


def _context(product: Product, heading: str, button: str) -> dict[str, Any]:
    back = reverse("metrics-detail", args=[product.code])
    return {"product": product, "heading": heading, "button": button, "back": back, "current": "metrics"}
