"""One machinery for every page that lists records (ux.md A0): filters in the address, sorting by an allow-list, pages of
fifty, removable filters, saved views, and the same rows as CSV.

    listing = Listing(
        request,
        Product.objects.visible_to(request.user).select_related("department"),
        name="product-list",                       # under which views are saved
        filters=ProductFilters,                    # a django_filters.FilterSet class, or None
        sorts={"name": by_name("name"), "code": "code", "changed": "changed_at"},   # key in the address → order
        default_sort="name",                       # "-changed" begins with the newest
        columns=[Column(_("Code"), "code"), Column(_("Lead"), lambda product: product.lead_name)],   # of the CSV
    )
    if answer := listing.answer("products"):       # products-2026-11-18.csv, streamed, header in the reader's language;
        return answer                              # or the way to the view this reader's list opens with
    return render(request, "products/product_list.html", {"listing": listing})

In the template: `{% include "components/list_head.html" %}` draws filters, chips, saved views and the count;
`{% sort_head listing "name" words %}` a column head; `listing.page` holds the rows;
`{% include "components/_pagination.html" with page=listing.page %}` the numbered pages; `listing.where` ("page 2 of 7")
belongs in the title. Queries: one for the count, one for the rows, one for the views, whatever the number of rows.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.lookups import Unaccent
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.db.models.expressions import BaseExpression, F
from django.db.models.functions import Lower
from django.forms import BoundField, Form
from django.http import HttpRequest, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django_filters import FilterSet

from people.bilingual import reader
from people.models import Person, SavedView
from people.wording import capital
from records import clock
from records.downloads import to_save

PAGE_SIZE = 50
EVERYTHING = "view=all"  # in the address of a list that is not to open with its reader's default view
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # control characters no XML, thus no workbook, may hold
CHUNK = 1_000


@dataclass(frozen=True)
class Column:
    """One column of the CSV: its head in the reader's language, and an attribute path or a function of the row."""

    label: Any
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        found = attrgetter(self.value)(row)
        return found() if callable(found) else found


@dataclass(frozen=True)
class Chip:
    """One filter that is on: what it says, and the page without it."""

    label: str
    value: str
    address: str


class by_name:
    """Alphabetical order of a bilingual pair in the reader's language; of one column with `pair=False`.

    Accents and capitals do not count.
    """

    def __init__(self, field: str, *, pair: bool = True) -> None:
        self.field, self.pair = field, pair

    def expression(self) -> BaseExpression:
        return Unaccent(Lower(F(f"{self.field}_{reader()}" if self.pair else self.field)))


Order = str | BaseExpression | by_name


class Listing:
    """The rows of one list page as its address asks for them."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        *,
        name: str,
        sorts: Mapping[str, Order],
        default_sort: str,
        filters: type[FilterSet] | None = None,
        columns: Sequence[Column] = (),
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.request, self.name, self.sorts, self.columns, self.page_size = request, name, sorts, columns, page_size
        self.filterset = filters(request.GET, queryset=queryset, request=request) if filters else None
        self._queryset = queryset
        self.default_sort = default_sort
        self.sort = request.GET.get("sort") or default_sort
        if self.sort.removeprefix("-") not in sorts:
            raise BadRequest(f"Lists cannot be sorted by {self.sort[:40]!r}.")

    @cached_property
    def rows(self) -> QuerySet:
        """Every row the filters let through, in order."""
        found = self.filterset.qs if self.filterset else self._queryset
        return found.order_by(self._order(), "pk")

    def _order(self) -> Any:
        order = self.sorts[self.sort.removeprefix("-")]
        if isinstance(order, by_name):
            order = order.expression()
        expression = F(order) if isinstance(order, str) else order
        return expression.desc(nulls_last=True) if self.sort.startswith("-") else expression.asc(nulls_last=True)

    @cached_property
    def page(self) -> Page:
        """The page asked for; beyond the last one, the last."""
        return Paginator(self.rows, self.page_size).get_page(self.request.GET.get("page"))

    @property
    def where(self) -> str:
        """ "page 2 of 7" for the title, nothing when there is one page only."""
        pages = self.page.paginator.num_pages
        return _("page %(number)s of %(pages)s") % {"number": self.page.number, "pages": pages} if pages > 1 else ""

    @property
    def form(self) -> Form | None:
        """The filters as a form, with what was typed and what was wrong with it."""
        return self.filterset.form if self.filterset else None

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    @cached_property
    def query(self) -> str:
        """The filters and the sorting, without the page: what a saved view keeps."""
        return self._query_without("page", "format", "view").urlencode()

    def _query_without(self, *names: str) -> QueryDict:
        query = self.request.GET.copy()
        for name in [*names, *(name for name in query if not any(query.getlist(name)))]:
            query.pop(name, None)
        return query

    @property
    def clear_address(self) -> str:
        """The list without any filter, in the present order."""
        sort = self.request.GET.get("sort")
        return f"?{urlencode({'sort': sort})}" if sort else self._bare

    @property
    def csv_address(self) -> str:
        query = self._query_without("page")
        query["format"] = "csv"
        return f"?{query.urlencode()}"

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters that are on, one for each value."""
        form = self.form
        if form is None or not form.is_bound:
            return []
        form.is_valid()
        chips = []
        for field in form:
            cleaned = form.cleaned_data.get(field.name)
            if cleaned in (None, "", False) or (hasattr(cleaned, "__len__") and not len(cleaned)):
                continue
            for value in self.request.GET.getlist(field.html_name):
                if value:
                    address = self._address_without(field.html_name, value)
                    chips.append(Chip(str(field.label), words_of(field, cleaned, value), address))
        return chips

    def _address_without(self, name: str, value: str) -> str:
        query = self._query_without("page", "format")
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"?{query.urlencode()}" if query.urlencode() else self._bare

    @property
    def _bare(self) -> str:
        """The list without anything asked of it, not even by a default view."""
        return f"?{EVERYTHING}" if self.default_view else "?"

    @cached_property
    def views(self) -> list[SavedView]:
        """Saved views of this list: the reader's own and those shared in the department."""
        person = self.request.user
        return list(SavedView.objects.for_reader(person, self.name)) if isinstance(person, Person) else []

    @property
    def default_view(self) -> SavedView | None:
        """The view the reader chose for opening this list."""
        return next((view for view in self.views if view.is_default), None)  # type: ignore[attr-defined]

    def answer(self, filename: str) -> HttpResponseBase | None:
        """What is answered instead of a page: the file that was asked for, or the way to the reader's default view."""
        if self.columns and self.request.GET.get("format") == "csv":
            return self._csv(filename)
        query = self.default_view.query if not self.request.GET and self.default_view else ""
        order = QueryDict(query).get("sort", self.default_sort)
        if query and order.removeprefix("-") in self.sorts:  # a view may be older than the columns of its list
            return HttpResponseRedirect(f"{self.request.path}?{query}")
        return None

    def _csv(self, filename: str) -> StreamingHttpResponse:
        """All rows the filters let through, as a file that opens in a spreadsheet without running anything."""
        return csv_to_save(self.columns, self.rows.iterator(chunk_size=CHUNK), filename)


def words_of(field: BoundField, cleaned: Any, value: str) -> str:
    """What a filter's value says to a reader: the label of a choice, the name of a record, a date, the text itself."""
    named = getattr(field.field, "label_from_instance", None)
    if named and isinstance(cleaned, Model):
        return str(named(cleaned))
    if named and isinstance(cleaned, QuerySet):
        return next((str(named(each)) for each in cleaned if str(each.pk) == value), value)
    labels = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    if cleaned is True and value not in labels:
        return _("Yes")
    return labels.get(value, value)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_to_save(columns: Sequence[Column], rows: Iterator[Any], name: str) -> StreamingHttpResponse:
    """The lines of a CSV file as they come, to be saved under `name` and the business day."""
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    return to_save(response, f"{name}-{clock.today():%Y-%m-%d}.csv")


def csv_lines(columns: Sequence[Column], rows: Iterator[Any]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), with the mark that lets spreadsheets read accents."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([cell(capital(str(column.label))) for column in columns]))
    for row in rows:
        yield str(writer.writerow([cell(column.of(row)) for column in columns]))


def cell(value: Any) -> Any:
    """A value as a spreadsheet may have it: text that would be taken for a formula gets an apostrophe before it."""
    if value is None or isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return "" if value is None else value
    text = UNWRITABLE.sub("", str(value))
    # What begins with an apostrophe before such a sign gets another one, so that reading it back takes off the right one.
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text
