"""The catalogue page: products that are coming, live and retiring."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.listing import Listing
from products.lists.filters import reads_several
from products.lists.offered import COLUMNS, SORTS, OfferedFilters, counts_of, rows_of, words_of


def catalogue(request: HttpRequest) -> HttpResponse:
    rows = rows_of(request)
    listing = Listing(
        request,
        rows,
        name="catalogue",
        filters=OfferedFilters,
        sorts=SORTS,
        default_sort="stage",
        columns=COLUMNS,
    )
    if answer := listing.answer("catalogue"):
        return answer
    told = {
        "listing": listing,
        "rows": [(product, words_of(product)) for product in listing.page],
        "counts": counts_of(rows),
        "shows_department": reads_several(request.user),
        "main_place": "products",
    }
    return render(request, "products/catalogue.html", told)
