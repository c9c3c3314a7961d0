"""Indicators of a product: the year at a glance, the history of each, adopting, reporting, correcting."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics.actions.kpis import (
    OLDEST,
    adopt_kpi,
    change_kpi_target,
    correct_value,
    enter_value,
    retire_kpi,
    today_of,
)
from metrics.forms.kpis import AdoptForm, AimForm, ValueForm
from metrics.indicators import history, periods, table
from metrics.indicators.words import quarter_words
from metrics.models import KpiDefinition, KpiValue, ProductKpi
from metrics.permissions import may_keep_kpis
from people.editing import ReasonForm, edit
from people.listing import csv_to_save
from people.permissions import require
from products import fiscal
from products.forms.fields import suggested_people
from products.models import Product
from products.views.lookup import visible_product


def kpi_list(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    product = visible_product(request, code)
    if request.GET.get("format") == "csv":
        return _csv(product)
    today, start = today_of(product), product.department.fiscal_start_month
    this_year = fiscal.fiscal_year_of(today, start)
    year = _year(request, this_year)
    kept = table.kept_by(product)
    rows = table.rows_of(product, year, today)
    context = _page(
        request,
        product,
        groups=table.grouped(rows),
        finding=history.finding(rows),
        ended=[each for each in kept if each.ends_on is not None],
        year=year,
        label=fiscal.label(year),
        years=sorted({*range(this_year - OLDEST, this_year + 1), year}),
        quarter_names=_quarter_names(year, today, start),
    )
    return render(request, "metrics/kpi_list.html", context)


def _year(request: HttpRequest, this_year: int) -> int:
    """The fiscal year of the address. Raises Http404 for one that is none, or that has not begun."""
    text = request.GET.get("year", "")
    if not text:
        return this_year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and fiscal.FIRST_YEAR <= int(text) <= this_year):
        raise Http404
    return int(text)


def _quarter_names(year: int, today: date, start: int) -> list[str]:
    """Q1 to Q4; the one that is running says so."""
    names = []
    for quarter in range(1, 5):
        first = fiscal.add_months(fiscal.first_day(year, start), 3 * (quarter - 1))
        running = first <= today < fiscal.add_months(first, 3)
        name = quarter_words(quarter)
        names.append(_("%(quarter)s to date") % {"quarter": name} if running else name)
    return names


def _csv(product: Product) -> StreamingHttpResponse:
    """Every value of every indicator with its revisions."""
    rows = KpiValue.objects.filter(product_kpi__product=product).select_related(
        "product_kpi__definition", "product_kpi__product__department"
    )
    ordered = rows.order_by("product_kpi__definition__code", "product_kpi", "period", "revision")
    return csv_to_save(history.columns(), ordered.iterator(chunk_size=1_000), f"indicators-{product.code}")


def kpi_show(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = visible_product(request, code)
    kpi = _kpi(product, pk)
    today = today_of(product)
    year = fiscal.fiscal_year_of(today, product.department.fiscal_start_month)
    row = table.row_of(
        table.kpi_at(kpi, table.values_of([kpi]).get(kpi.pk, ())), table.span_of(product, year, today), kpi
    )
    context = _page(request, product, kpi=kpi, row=row, lines=history.lines_of(kpi), **history.headline(row, kpi))
    return render(request, "metrics/kpi_detail.html", context)


def kpi_adopt(request: HttpRequest, code: str) -> HttpResponse:
    product = _own(request, code)
    form = AdoptForm(
        request.POST or None, product=product, instance=ProductKpi(product=product, definition=KpiDefinition())
    )
    return edit(
        request,
        form,
        "metrics/kpi_form.html",
        act=lambda: adopt_kpi(product=product, by=request.user, **form.values),
        to=_address,
        said=_("The indicator is kept from today on."),
        context=_form_page(
            product,
            _("Adopt an indicator"),
            _("Adopt the indicator"),
            reverse("kpi-list", args=[code]),
            intro=_("Choose what tells you whether the product does well, and what you aim at."),
        )
        | {"nothing": "" if form.offers else _("The product keeps every indicator of the catalogue already.")},
    )


def kpi_change(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    kpi = _kpi(product, pk)
    form = AimForm(request.POST or None, instance=kpi)
    return edit(
        request,
        form,
        "metrics/kpi_form.html",
        act=lambda: change_kpi_target(kpi=kpi, by=request.user, expected=form.expected, **form.values),
        to=_address,
        said=_("The changes are saved."),
        context=_form_page(
            product,
            _("Change the target of “%(name)s”") % {"name": kpi.definition.name},
            _("Save the changes"),
            _address(kpi),
            intro=kpi.definition.meaning,
        ),
    )


def kpi_value(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    kpi = _kpi(product, pk)
    values = table.values_of([kpi]).get(kpi.pk, [])
    form = ValueForm(
        request.POST or None,
        kpi=kpi,
        periods=_periods(kpi),
        values=values,
        initial=_first_asked(request, kpi, values),
    )

    def act() -> KpiValue:
        told = {name: value for name, value in form.cleaned_data.items() if name != "reason"}
        if form.corrects:
            return correct_value(kpi=kpi, by=request.user, reason=form.cleaned_data["reason"], **told)
        return enter_value(kpi=kpi, by=request.user, **told)

    return edit(
        request,
        form,
        "metrics/kpi_form.html",
        act=act,
        to=_address(kpi),
        said=_("The value is kept."),
        context=_form_page(
            product,
            _("Report “%(name)s”") % {"name": kpi.definition.name},
            _("Keep the value"),
            _address(kpi),
            intro=kpi.definition.meaning,
        ),
    )


def kpi_retire(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    kpi = _kpi(product, pk)
    form = ReasonForm(request.POST or None)
    return edit(
        request,
        form,
        "metrics/kpi_form.html",
        act=lambda: retire_kpi(kpi=kpi, by=request.user, **form.cleaned_data),
        to=reverse("kpi-list", args=[code]),
        said=_("It is no longer kept; its values stay."),
        context=_form_page(
            product,
            _("Stop keeping “%(name)s”") % {"name": kpi.definition.name},
            _("Stop keeping it"),
            _address(kpi),
        ),
    )


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_keep_kpis(request.user, product))
    return product


def _kpi(product: Product, pk: UUID) -> ProductKpi:
    rows = ProductKpi.objects.select_related("definition", "owner", "product__department")
    return get_object_or_404(rows, pk=pk, product=product)


def _address(kpi: ProductKpi) -> str:
    return reverse("kpi-detail", args=[kpi.product.code, kpi.pk])


def _periods(kpi: ProductKpi) -> list[date]:
    """The periods a value may be entered for: those that have begun, of this year and the three before."""
    start, today = kpi.product.department.fiscal_start_month, today_of(kpi.product)
    earliest = fiscal.first_day(fiscal.fiscal_year_of(today, start) - OLDEST, start)
    return periods.between(kpi.definition.frequency, earliest, today, start)


def _first_asked(request: HttpRequest, kpi: ProductKpi, values: list[KpiValue]) -> dict[str, Any]:
    """The period of the address, else the oldest one without a value since the last that has one."""
    asked = request.GET.get("period", "")
    offered = _periods(kpi)
    present = next((each for each in values if each.period.isoformat() == asked), None)
    if asked in {each.isoformat() for each in offered}:
        return {"period": asked, "source": present.source if present else ""}
    latest = max((each.period for each in values), default=None)
    open_ones = [each for each in offered if latest is not None and each > latest]
    return {"period": (open_ones[0] if open_ones else offered[-1]).isoformat()}


def _page(request: HttpRequest, product: Product, **more: Any) -> dict[str, Any]:
    return {"product": product, "current": "kpis", "may_keep": bool(may_keep_kpis(request.user, product)), **more}


def _form_page(product: Product, heading: str, button: str, back: str, intro: str = "") -> dict[str, Any]:
    people = suggested_people(product.department_id)
    told = {"heading": heading, "button": button, "back": back, "intro": intro, "people": people}
    return {"product": product, "current": "kpis", **told}
