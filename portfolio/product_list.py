"""The list of products: columns that need roadmaps too, so it is composed on this floor (ux.md A0, domain.md §2)."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxInput
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.listing import Column, by_name
from people.models import Branch, Person
from people.permissions import standing
from portfolio.duties import is_stale
from portfolio.facts import with_brief, with_lead, with_plan, with_status
from products.lists.filters import DepartmentFilters, SearchFilter, own_department
from products.models import Portfolio, Product
from products.states import Level, Phase, StatusState
from records import clock
from roadmaps.states import YearState

OF_THE_PRODUCT = ("code", "name_en", "name_fr", "summary_en", "summary_fr")


def _branches(request: HttpRequest) -> QuerySet:
    rows = Branch.objects.filter(is_active=True, sponsored_products__in=Product.objects.visible_to(request.user))
    return rows.distinct().order_by("acronym")


def _portfolios(request: HttpRequest) -> QuerySet:
    return Portfolio.objects.visible_to(request.user).filter(is_active=True).order_by("code")


def _choice(name: str, label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field_name=name, label=label, choices=choices, empty_label=gettext_lazy("All"))


class ProductFilters(DepartmentFilters):
    q = SearchFilter(fields=OF_THE_PRODUCT)
    phase = _choice("head__phase", gettext_lazy("Phase"), Phase.choices)
    level = _choice("level", gettext_lazy("Level"), Level.choices)
    branch = django_filters.ModelChoiceFilter(
        field_name="sponsoring_branch",
        label=gettext_lazy("Branch"),
        queryset=_branches,
        empty_label=gettext_lazy("All"),
    )
    portfolio = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Portfolio"), queryset=_portfolios, empty_label=gettext_lazy("All")
    )
    heads = django_filters.BooleanFilter(
        label=gettext_lazy("Heads of families only"), method="only_heads", widget=CheckboxInput
    )
    mine = django_filters.BooleanFilter(label=gettext_lazy("Mine only"), method="only_mine", widget=CheckboxInput)

    class Meta:
        model = Product
        fields: list[str] = []

    def only_heads(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(parent__isnull=True) if value else rows

    def only_mine(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(is_mine(self.request.user)) if value else rows


def is_mine(person: Person) -> Q:
    """Products this person holds something over: a role, a branch, a portfolio."""
    held = standing(person)
    return (
        Q(head_id__in=held.keys("product"))
        | Q(sponsoring_branch_id__in=held.keys("branch"))
        | Q(portfolio_id__in=held.keys("portfolio"))
    )


def rows_of(request: HttpRequest) -> QuerySet:
    """The products of this list with the columns it shows; without a chosen department the reader's own."""
    day = clock.today()
    rows = Product.objects.visible_to(request.user).select_related(
        "department", "sponsoring_branch", "portfolio", "head"
    )
    rows = own_department(request, rows, is_mine(request.user))
    for add in (with_lead, with_brief, with_plan, with_status):
        rows = add(rows, day)
    return rows


SORTS = {
    "code": "code",
    "name": by_name("name"),
    "phase": "head__phase",
    "branch": "sponsoring_branch__acronym",
    "portfolio": by_name("portfolio__name"),
    "head": by_name("head_of_product", pair=False),
    "brief": "brief_updated",
    "year": "year_approved_on",
    "status": "status_until",
}


def brief_words(product: Any) -> str:
    """Version and date, and whether it is stale."""
    if product.brief_number is None:
        return _("none")
    words = _("version %(number)d, %(day)s") % {"number": product.brief_number, "day": product.brief_updated}
    stale = _("stale")  # outside the f-string: the catalogue does not look into it
    return f"{words}, {stale}" if is_stale(product) else words


def year_words(product: Any) -> str:
    return str(YearState(product.year_state).label) if product.year_state else _("none")


def status_words(product: Any) -> str:
    return str(StatusState(product.status).label) if product.status else _("none")


COLUMNS = [
    Column(gettext_lazy("Code"), "code"),
    Column(gettext_lazy("Name (English)"), "name_en"),
    Column(gettext_lazy("Name (French)"), "name_fr"),
    Column(gettext_lazy("Phase"), "family_phase"),
    Column(gettext_lazy("Level"), "get_level_display"),
    Column(gettext_lazy("Department"), "department.name"),
    Column(gettext_lazy("Branch"), "sponsoring_branch.acronym"),
    Column(gettext_lazy("Portfolio"), lambda product: product.portfolio.name if product.portfolio else ""),
    Column(gettext_lazy("Head of Product"), "head_of_product"),
    Column(gettext_lazy("Brief"), brief_words),
    Column(gettext_lazy("Roadmap year"), year_words),
    Column(gettext_lazy("Product status"), status_words),
]
