"""The list of products, as a page and as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.listing import Listing
from people.models import Department
from portfolio.duties import is_stale
from portfolio.product_list import COLUMNS, SORTS, ProductFilters, rows_of, status_words, year_words
from products import fiscal
from products.lists.filters import reads_several
from products.permissions import may_import_inventory, may_register_product
from records import clock


def product_list(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        rows_of(request),
        name="product-list",
        filters=ProductFilters,
        sorts=SORTS,
        default_sort="name",
        columns=COLUMNS,
    )
    if answer := listing.answer("products"):
        return answer
    department = Department(pk=request.user.department_id)
    return render(
        request,
        "portfolio/product_list.html",
        {
            "listing": listing,
            "main_place": "products",
            "shows_department": reads_several(request.user),
            "rows": [
                (product, is_stale(product), year_words(product), status_words(product)) for product in listing.page
            ],
            "year": fiscal.unbroken(fiscal.fiscal_year_of(clock.today())),
            "may_register": may_register_product(request.user, department),
            "may_import": may_import_inventory(request.user, department),
        },
    )
