"""The catalogue of products: what is coming, live and retiring, read from the phase and nothing else (domain.md §5, §10)."""

from typing import Any

import django_filters
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.bilingual import said
from people.listing import Column, by_name
from people.models import Branch
from products.lists.filters import DepartmentFilters, SearchFilter, own_department
from products.models import Product
from products.states import Phase

COMING, LIVE, RETIRING = "coming", "live", "retiring"
PHASES = {COMING: (Phase.TRANSITION,), LIVE: (Phase.OPERATE, Phase.IMPROVE), RETIRING: (Phase.RETIRE,)}
WORDS = {
    COMING: pgettext_lazy("catalogue", "coming"),
    LIVE: pgettext_lazy("catalogue", "live"),
    RETIRING: pgettext_lazy("catalogue", "retiring"),
}
STAGE_OF = {phase.value: stage for stage, phases in PHASES.items() for phase in phases}
LISTED = tuple(STAGE_OF)
ORDER = Case(
    *(When(phase__in=phases, then=Value(place)) for place, phases in enumerate(PHASES.values())),
    output_field=IntegerField(),
)


def words_of(product: Product) -> Any:
    """Coming, live or retiring."""
    return WORDS[STAGE_OF[product.phase]]


def rows_of(request: HttpRequest) -> QuerySet:
    """The products the catalogue lists for this reader; a family stands under its head, which passes the gates for it."""
    rows = Product.objects.visible_to(request.user).heads().filter(phase__in=LISTED)
    rows = rows.select_related("sponsoring_branch", "department")
    return own_department(request, rows).annotate(stage_order=ORDER)


def counts_of(rows: QuerySet) -> dict[str, int]:
    """How many are coming, live and retiring."""
    found = dict.fromkeys(PHASES, 0)
    for phase, many in rows.order_by().values_list("phase").annotate(many=Count("pk")):
        found[STAGE_OF[phase]] += many
    return found


def _branches(request: HttpRequest) -> QuerySet:
    listed = Product.objects.visible_to(request.user).heads().filter(phase__in=LISTED)
    return Branch.objects.filter(sponsored_products__in=listed).distinct().order_by("acronym")


class OfferedFilters(DepartmentFilters):
    q = SearchFilter(fields=("code", "name_en", "name_fr", "summary_en", "summary_fr"))
    stage = django_filters.ChoiceFilter(
        label=_("In the catalogue"), method="in_stage", choices=list(WORDS.items()), empty_label=_("All")
    )
    branch = django_filters.ModelChoiceFilter(
        field_name="sponsoring_branch", label=_("Branch"), queryset=_branches, empty_label=_("All")
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def in_stage(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(phase__in=PHASES[value])


SORTS = {
    "stage": "stage_order",
    "name": by_name("name"),
    "branch": "sponsoring_branch__acronym",
    "since": "phase_since",
}
COLUMNS = [
    Column(_("Code"), "code"),
    Column(_("Name"), lambda row: said(row, "name")),
    Column(_("In the catalogue"), words_of),
    Column(_("Since"), "phase_since"),
    Column(_("Purpose"), lambda row: said(row, "summary")),
    Column(_("How to obtain it"), lambda row: said(row, "support_process")),
    Column(_("First contact"), "support_contact"),
    Column(_("Branch"), "sponsoring_branch.acronym"),
    Column(_("Department"), lambda row: said(row.department, "name")),
]
