"""Lists and pages of what surrounds products: portfolios, programs, services, capabilities, applications, standards."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from people.listing import Column, Listing
from products.lists.catalogue import CATALOGUES, FIRST
from products.lists.filters import own_department, reads_several
from products.models import Application, BusinessCapability, Portfolio, Product, Program, Service, TechnologyStandard
from products.models.product import ProductQuerySet


def entry_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list of the catalogue, as a page or as CSV."""
    catalogue = CATALOGUES[name]
    cells = (*FIRST, *catalogue.cells)
    listing = Listing(
        request,
        own_department(request, catalogue.rows(request.user)),
        name=name,
        filters=catalogue.filters,
        sorts=catalogue.sorts,
        default_sort="name",
        columns=[Column(cell.label, cell.value) for cell in cells],
    )
    if answer := listing.answer(name.removesuffix("-list")):
        return answer
    return render(
        request,
        "products/entry_list.html",
        {
            "listing": listing,
            "catalogue": catalogue,
            "cells": cells,
            "main_place": "products",
            "shows_department": reads_several(request.user),
            "rows": [(row, [(cell, cell.value(row)) for cell in cells[2:]]) for row in listing.page],
        },
    )


def portfolio_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    portfolio = _entry(request, Portfolio.objects.select_related("department"), pk)
    return _page(request, "portfolio", portfolio, products=_products(request).filter(portfolio=portfolio))


def program_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    program = _entry(request, Program.objects.select_related("department"), pk)
    return _page(
        request,
        "program",
        program,
        services=Service.objects.filter(program=program).visible_to(request.user),
        products=_products(request).filter(serviceenableds__service__program=program).distinct(),
    )


def service_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    service = _entry(request, Service.objects.select_related("department", "program"), pk)
    return _page(request, "service", service, products=_products(request).filter(serviceenableds__service=service))


def capability_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    capability = _entry(request, BusinessCapability.objects.select_related("department", "parent"), pk)
    return _page(
        request,
        "capability",
        capability,
        products=_products(request).filter(capabilityimproveds__capability=capability),
        children=capability.children.visible_to(request.user),
    )


def application_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = _entry(request, Application.objects.select_related("department"), pk)
    return _page(
        request,
        "application",
        application,
        products=_products(request).filter(applicationmanageds__application=application),
    )


def standard_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    standard = _entry(request, TechnologyStandard.objects.select_related("department"), pk)
    uses = (
        standard.used_by.filter(product__in=Product.objects.visible_to(request.user))
        .select_related("product__sponsoring_branch")
        .order_by("product__code")
    )
    return _page(request, "standard", standard, uses=uses)


def capability_tree(request: HttpRequest) -> HttpResponse:
    """The whole capability model of the reader's department, as a nested list."""
    rows = (
        CATALOGUES["capability-list"]
        .rows(request.user)
        .filter(department_id=request.user.department_id, is_active=True)
    )
    by_parent: dict[Any, list[BusinessCapability]] = {}
    for row in rows.order_by("code"):
        by_parent.setdefault(row.parent_id, []).append(row)
    for row in (each for several in by_parent.values() for each in several):
        row.below = by_parent.get(row.pk, [])
    return render(
        request, "products/capability_tree.html", {"nodes": by_parent.get(None, []), "main_place": "products"}
    )


def _products(request: HttpRequest) -> ProductQuerySet:
    return Product.objects.visible_to(request.user).select_related("sponsoring_branch", "head").order_by("code")


def _entry(request: HttpRequest, rows: QuerySet, pk: UUID) -> Any:
    return get_object_or_404(rows.visible_to(request.user), pk=pk)  # type: ignore[attr-defined]


def _page(request: HttpRequest, kind: str, entry: Model, **context: Any) -> HttpResponse:
    told = {
        "entry": entry,
        "kind": kind,
        "list_name": f"{kind}-list",
        "title": CATALOGUES[f"{kind}-list"].title,
        "main_place": "products",
        **context,
    }
    return render(request, f"products/entry_{kind}.html", told)
