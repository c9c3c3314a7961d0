"""The budget of a product: lines of planned, secured and actual money by fiscal year."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.editing import ReasonForm, edit
from people.permissions import require
from products import fiscal
from products.actions.budget import add_budget_line, change_budget_line, remove_budget_line
from products.forms.plans import BudgetLineForm
from products.models import BudgetLine, Product
from products.money import by_year
from products.permissions import may_change_budget
from products.views.lookup import visible_head
from records import clock


def budget_list(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    lines = (
        BudgetLine.objects.filter(product=product)
        .select_related("source")
        .order_by("fiscal_year", "source__code", "kind")
    )
    return render(
        request,
        "products/budget.html",
        {"product": product, "years": by_year(lines), "may_change": may_change_budget(request.user, product)},
    )


def budget_add(request: HttpRequest, code: str) -> HttpResponse:
    product = _own(request, code)
    form = BudgetLineForm(request.POST or None, product=product, year=_year(product))
    return edit(
        request,
        form,
        "products/form.html",
        to=reverse("budget-list", args=[code]),
        said=_("The line is added."),
        act=lambda: add_budget_line(product=product, by=request.user, reason=form.reason, **form.values),
        context=_context(product, _("Add a budget line"), _("Add the line")),
    )


def budget_change(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    line = _line(product, pk)
    form = BudgetLineForm(request.POST or None, instance=line, product=product, year=_year(product))
    return edit(
        request,
        form,
        "products/form.html",
        to=reverse("budget-list", args=[code]),
        said=_("The changes are saved."),
        act=lambda: change_budget_line(
            line=line, by=request.user, expected=form.expected, reason=form.reason, **form.values
        ),
        context=_context(product, _("Change a budget line"), _("Save the changes")),
    )


def budget_remove(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    line = _line(product, pk)
    form = ReasonForm(request.POST or None)
    heading = _("Remove the line %(year)s, %(source)s, %(kind)s") % {
        "year": fiscal.label(line.fiscal_year),
        "source": line.source,
        "kind": line.get_kind_display(),
    }
    return edit(
        request,
        form,
        "products/form.html",
        to=reverse("budget-list", args=[code]),
        said=_("It is removed; the history keeps it."),
        act=lambda: remove_budget_line(line=line, by=request.user, **form.cleaned_data),
        context=_context(product, heading, _("Remove")),
    )


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_head(request, code)
    require(may_change_budget(request.user, product))
    return product


def _line(product: Product, pk: UUID) -> BudgetLine:
    return get_object_or_404(BudgetLine.objects.select_related("product", "source"), pk=pk, product=product)


def _year(product: Product) -> int:
    return fiscal.fiscal_year_of(clock.today(), product.department.fiscal_start_month)


def _context(product: Product, heading: str, button: str) -> dict[str, object]:
    return {
        "product": product,
        "heading": heading,
        "button": button,
        "back": reverse("budget-list", args=[product.code]),
        "current": "budget",
    }
