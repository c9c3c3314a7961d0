"""Registers to take away: PDF of the matrix and the register, CSV and XLSX that can be imported again (ux.md A6, S-22)."""

from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.risks.columns import COLUMNS
from governance.risks.exporting import lines_of
from governance.risks.filters import RegisterFilters
from governance.risks.papers import register_paper
from governance.risks.registers import with_register
from governance.views.risk_matrix import overview_listing, product_listing
from people.bilingual import reader
from people.listing import Column as ListColumn
from people.listing import Listing, csv_lines
from people.spreadsheets.files import MOST_ROWS
from people.spreadsheets.writing import CSV, XLSX, as_workbook
from records import clock
from records.downloads import to_save
from records.pdf import render_pdf


def product_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The register of a product and what is part of it."""
    product = get_object_or_404(with_register(request.user).select_related("department", "head"), code=code)
    back = reverse("risk-matrix", args=[code])
    return _file(request, product_listing(request, product), kind, product.code, back)


def overview_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The registers of a department, a portfolio or all."""
    return _file(request, overview_listing(request), kind, "", reverse("risk-overview"))


def _file(request: HttpRequest, listing: Listing, kind: str, code: str, back: str) -> HttpResponseBase:
    asked: Any = listing.filterset
    make = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}.get(kind)
    if make is None:
        raise Http404
    if kind == "xlsx" and listing.rows.count() > MOST_ROWS:
        words = _("A workbook holds at most %(most)s risks here. Take the CSV file, or filter.")
        messages.error(request, words % {"most": MOST_ROWS})
        return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}", status=303)
    response = make(listing, asked)
    day = asked.day if asked.is_past else clock.today()
    name = "-".join(part for part in (code, _("risks"), str(day), reader()) if part)
    return to_save(response, f"{name}.{kind}")


def _csv(listing: Listing, asked: RegisterFilters) -> HttpResponseBase:
    columns = [ListColumn(column.head, itemgetter(place)) for place, column in enumerate(COLUMNS)]
    return StreamingHttpResponse(csv_lines(columns, lines_of(listing.rows, asked)), content_type=CSV)


def _xlsx(listing: Listing, asked: RegisterFilters) -> HttpResponseBase:
    return HttpResponse(as_workbook(COLUMNS, _("Risks"), lines_of(listing.rows, asked)), content_type=XLSX)


def _pdf(listing: Listing, asked: RegisterFilters) -> HttpResponseBase:
    content = render_pdf(
        "pdf/risks.html", {**register_paper(listing.rows, asked), "chips": _told(listing)}, language=reader()
    )
    return HttpResponse(content, content_type="application/pdf")


def _told(listing: Listing) -> list[Any]:
    """The filters that are on, but for what the heading says already."""
    said = {listing.form.fields[name].label for name in ("score", "on", "since") if listing.form}
    return [chip for chip in listing.chips if chip.label not in said]
