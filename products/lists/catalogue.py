"""The lists of reference data: which columns, filters and orders each has (ux.md A0). Counts are of products the reader sees."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from people.bilingual import said
from people.listing import by_name
from people.models import Person
from products.lists.filters import DepartmentFilters, SearchFilter
from products.models import (
    Application,
    ApplicationManaged,
    BusinessCapability,
    CapabilityImproved,
    Portfolio,
    Product,
    Program,
    Service,
    ServiceEnabled,
    StandardInUse,
    TechnologyStandard,
)
from products.states import ApplicationLifecycle, Rating, ServiceSource, StandardState


@dataclass(frozen=True)
class Cell:
    """A column: its key (also that of the sort, where `order` is given), its head, and the text of a row."""

    key: str
    label: Any
    value: Callable[[Any], Any]
    order: Any = None
    is_number: bool = False


@dataclass(frozen=True)
class Catalogue:
    """One list page: `name` is that of its address, `counts` adds the columns that need a count."""

    name: str
    detail: str
    model: type[Model]
    title: Any
    filters: type[DepartmentFilters]
    cells: tuple[Cell, ...]
    counts: Callable[[QuerySet, Person], QuerySet] = field(default=lambda rows, person: rows)
    related: tuple[str, ...] = ("department",)

    def rows(self, person: Person) -> QuerySet:
        found = self.model._default_manager.visible_to(person).select_related(*self.related)  # type: ignore[attr-defined]
        return self.counts(found, person)

    @property
    def sorts(self) -> dict[str, Any]:
        return {cell.key: cell.order for cell in (*FIRST, *self.cells) if cell.order is not None}


FIRST = (
    Cell("code", _("Code"), lambda row: row.code, "code"),
    Cell("name", _("Name"), lambda row: said(row, "name"), by_name("name")),
)


def counted(links: type[Model], target: str, person: Person) -> Coalesce:
    """How many products the reader sees are linked to the row through `links`."""
    rows = links._default_manager.filter(**{target: OuterRef("pk")}, product__in=Product.objects.visible_to(person))
    many = rows.order_by().values(target).annotate(many=Count("product", distinct=True)).values("many")
    return Coalesce(Subquery(many), 0, output_field=IntegerField())


def entry_filters(entry: type[Model], also: tuple[str, ...] = (), **more: Any) -> type[DepartmentFilters]:
    """A filter set for `entry`: search over code and names (and `also`), department, in use, and `more`."""

    class Meta:
        model = entry
        fields: list[str] = []

    texts = ("code", "name_en", "name_fr", *also)
    use = django_filters.ChoiceFilter(
        field_name="is_active",
        label=_("In use"),
        empty_label=_("All"),
        choices=[("True", _("in use")), ("False", _("no longer in use"))],
    )
    parts = {"q": SearchFilter(fields=texts), **more, "is_active": use, "Meta": Meta}
    return type(f"{entry.__name__}Filters", (DepartmentFilters,), parts)


def choice(name: str, label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field_name=name, label=label, choices=choices, empty_label=_("All"))


def number(key: str, label: Any) -> Cell:
    return Cell(key, label, lambda row: getattr(row, key), key, is_number=True)


def shown(name: str, label: Any) -> Cell:
    return Cell(name, label, lambda row: getattr(row, f"get_{name}_display")(), name)


def until(name: str, label: Any) -> Cell:
    return Cell(name, label, lambda row: getattr(row, name) or "", name)


def _portfolios(rows: QuerySet, person: Person) -> QuerySet:
    mine = Product.objects.visible_to(person).filter(portfolio=OuterRef("pk")).order_by()
    many = mine.values("portfolio").annotate(many=Count("pk")).values("many")
    return rows.annotate(product_count=Coalesce(Subquery(many), 0, output_field=IntegerField()))


CATALOGUES = {
    each.name: each
    for each in (
        Catalogue(
            "portfolio-list",
            "portfolio-detail",
            Portfolio,
            _("Portfolios"),
            entry_filters(Portfolio, ("objectives_en", "objectives_fr")),
            (number("product_count", _("Products")),),
            _portfolios,
        ),
        Catalogue(
            "program-list",
            "program-detail",
            Program,
            _("Programs"),
            entry_filters(Program, ("target_outcomes_en", "target_outcomes_fr")),
            (number("service_count", _("Services")),),
            lambda rows, person: rows.annotate(service_count=Count("services")),
        ),
        Catalogue(
            "service-list",
            "service-detail",
            Service,
            _("Services"),
            entry_filters(
                Service,
                ("program__name_en", "program__name_fr"),
                source=choice("source", _("Source of the statement"), ServiceSource.choices),
            ),
            (
                Cell("program", _("Program"), lambda row: said(row.program, "name"), by_name("program__name")),
                shown("source", _("Source of the statement")),
                number("product_count", _("Products")),
            ),
            lambda rows, person: rows.annotate(product_count=counted(ServiceEnabled, "service", person)),
            ("department", "program"),
        ),
        Catalogue(
            "capability-list",
            "capability-detail",
            BusinessCapability,
            _("Business capabilities"),
            entry_filters(BusinessCapability),
            (
                Cell("parent", _("Part of"), lambda row: said(row.parent, "name") if row.parent else ""),
                number("product_count", _("Products")),
            ),
            lambda rows, person: rows.annotate(product_count=counted(CapabilityImproved, "capability", person)),
            ("department", "parent"),
        ),
        Catalogue(
            "application-list",
            "application-detail",
            Application,
            _("Applications"),
            entry_filters(
                Application,
                lifecycle=choice("lifecycle", _("Lifecycle"), ApplicationLifecycle.choices),
                condition=choice("condition", _("Condition"), Rating.choices),
            ),
            (
                shown("lifecycle", _("Lifecycle")),
                until("lifecycle_until", _("Until")),
                shown("condition", _("Condition")),
                shown("business_value", _("Business value")),
                number("product_count", _("Products")),
            ),
            lambda rows, person: rows.annotate(product_count=counted(ApplicationManaged, "application", person)),
        ),
        Catalogue(
            "standard-list",
            "standard-detail",
            TechnologyStandard,
            _("Technology standards"),
            entry_filters(TechnologyStandard, state=choice("state", _("State"), StandardState.choices)),
            (shown("state", _("State")), until("state_until", _("Until")), number("product_count", _("Products"))),
            lambda rows, person: rows.annotate(product_count=counted(StandardInUse, "standard", person)),
        ),
    )
}
