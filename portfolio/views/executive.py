"""The executive view of a roadmap year, as a page and as a PDF (domain.md §4, ux.md A4)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.bilingual import reader
from people.permissions import may
from portfolio.executive.documents import document_context, file_name
from portfolio.executive.facts import Facts
from portfolio.executive.lines import LANES
from portfolio.executive.page import context_of
from portfolio.executive.reading import gather, products_with_roadmap
from portfolio.forms.executive import ExecutiveForm
from products import fiscal
from products.models import Product
from products.permissions import may_read_risks
from records import clock
from records.downloads import pdf_to_save
from records.pdf import render_pdf
from roadmaps.picture.grid import PAGE_ROOM


def executive_current(request: HttpRequest, code: str) -> HttpResponse:
    """To the fiscal year that runs today where the department works."""
    product = get_object_or_404(products_with_roadmap(request.user), code=code)
    year = fiscal.fiscal_year_of(clock.today(product.department.time_zone), product.department.fiscal_start_month)
    return redirect("roadmap-executive", code=product.head.code, year=year)


def executive_show(request: HttpRequest, code: str, year: int) -> HttpResponse:
    product = get_object_or_404(products_with_roadmap(request.user), code=code)
    if not product.is_head:
        return _to_head(request, product, "roadmap-executive", year)
    form = ExecutiveForm(request.GET)
    asked = form.asked()
    facts = gather(product, _within(year), asked.at, reads_risks=bool(may_read_risks(request.user, product)))
    if not _is_there(facts):
        return _no_such_year(request, facts, year)
    context = {**context_of(facts, asked), **_around(request, facts), "form": form}
    return render(request, "portfolio/executive.html", context, status=422 if form.errors else 200)


def executive_pdf(request: HttpRequest, code: str, year: int) -> HttpResponse:
    product = get_object_or_404(products_with_roadmap(request.user), code=code)
    if not product.is_head:
        return _to_head(request, product, "roadmap-executive-pdf", year)
    form = ExecutiveForm(request.GET)
    asked = form.asked()
    if form.errors:
        return executive_show(request, code, year)
    facts = gather(product, _within(year), asked.at, reads_risks=bool(may_read_risks(request.user, product)))
    if not _is_there(facts):
        return _no_such_year(request, facts, year)
    content = render_pdf("pdf/executive.html", document_context(facts, asked), language=reader())
    return pdf_to_save(content, file_name(facts, reader()))


def _to_head(request: HttpRequest, product: Product, name: str, year: int) -> HttpResponseRedirect:
    """A member of a family has the roadmap of its head."""
    query = request.GET.urlencode()
    address = reverse(name, kwargs={"code": product.head.code, "year": year})
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _within(year: int) -> int:
    """The year; one no calendar can hold becomes the nearest that is not kept either, so that days can be made of it."""
    return min(max(year, fiscal.FIRST_YEAR - 1), fiscal.LAST_YEAR + 1)


def _is_there(facts: Facts) -> bool:
    """A year the roadmap speaks of; before there is a roadmap, the present year says so."""
    if not fiscal.is_possible(facts.year):
        return False
    if facts.roadmap is None:
        return facts.is_past or facts.first_day <= facts.day <= facts.last_day
    return facts.year in facts.known_years


def _no_such_year(request: HttpRequest, facts: Facts, year: int) -> HttpResponse:
    if facts.roadmap is None:
        raise Http404(_("This product has no roadmap yet."))
    context = {"product": facts.product, "years": facts.known_years, "year": year}
    return render(request, "portfolio/executive_no_year.html", context, status=404)


def _around(request: HttpRequest, facts: Facts) -> dict[str, Any]:
    """The tools around the view."""
    may_plan = may(request.user, "edit_roadmap", facts.product, **facts.product.scopes())
    return {
        "sealed": facts.sealed,
        "lanes_offered": [(lane, _lane_names()[lane]) for lane in LANES],
        "papers": list(PAGE_ROOM),
        "may_plan": bool(may_plan) and not facts.is_past,
        "main_place": "products",
    }


def _lane_names() -> dict[str, str]:
    return {"goal": _("goal"), "outcome": _("outcome"), "kind": _("kind"), "state": _("state")}
