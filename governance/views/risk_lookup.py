"""Find the register or the risk of an address: what this person may not read is not there (404)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from governance.models import Mitigation, Risk, RiskAcceptance, RiskGrid
from governance.permissions import may_keep_risks
from governance.risks.bands import grid_on
from products.models import Product
from products.permissions import may_read_risks
from products.views.lookup import visible_product
from records import clock


def register_of(request: HttpRequest, code: str) -> Product:
    """The product whose register this is, if the person may read it. Raises Http404 otherwise."""
    product = visible_product(request, code)
    if not may_read_risks(request.user, product):
        raise Http404
    return product


def risk_of(request: HttpRequest, code: str, key: UUID) -> Risk:
    """A risk of the family of `code`. Whose own it is reads it, also where they do not see the product."""
    family = Product.objects.filter(code=code).values("head")
    rows = Risk.objects.visible_to(request.user).filter(product__head__in=family)
    return get_object_or_404(rows.select_related("product__department", "product__head", "owner"), pk=key)


def mitigation_of(risk: Risk, key: UUID) -> Mitigation:
    found = get_object_or_404(Mitigation.objects.select_related("owner"), risk=risk, pk=key)
    found.risk = risk
    return found


def acceptance_of(risk: Risk) -> RiskAcceptance | None:
    """The acceptance in force, if there is one."""
    found = RiskAcceptance.objects.filter(risk=risk, ended_on__isnull=True).on(clock.today()).first()
    if found is not None:
        found.risk = risk
    return found


def address(risk: Risk) -> str:
    return reverse("risk-detail", args=[risk.product.code, risk.pk])


def grid_of(product: Product) -> RiskGrid:
    """The grid of today for the product's department."""
    return grid_on(product.department_id, clock.today())


def page(request: HttpRequest, product: Product, **more: Any) -> dict[str, Any]:
    """What every page of a register shows around its content."""
    may = bool(may_keep_risks(request.user, product))
    return {"product": product, "current": "risks", "main_place": "products", "may_keep": may, **more}
