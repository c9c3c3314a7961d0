"""Risks as a matrix with their register beside it: of a product's family, of a department, of a portfolio (ux.md A6)."""

from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from governance.models import Risk, RiskScore
from governance.permissions import may_keep_risks
from governance.risk_states import Impact, ScoreKind
from governance.risks.filters import ProductRegisterFilters, RegisterFilters
from governance.risks.findings import found, moved, where
from governance.risks.registers import with_members, with_register
from governance.risks.statements import statement
from people.listing import Listing, by_name
from products.models import Product
from records import clock

BESIDE = 12  # rows of the register: about as high as the matrix and what stands under it
SORTS = {
    "severity": F("likelihood") * F("impact") * 10 + F("impact"),
    "risk": "risk__number",
    "product": "risk__product__code",
    "review": "risk__review_on",
    "owner": by_name("risk__owner__name", pair=False),
}


def product_matrix(request: HttpRequest, code: str) -> HttpResponse:
    product = get_object_or_404(with_register(request.user).select_related("department", "head"), code=code)
    listing = product_listing(request, product)
    context = shown(request, listing) | {
        "product": product,
        "may_keep": may_keep_risks(request.user, product),
        "file_pages": _file_pages("risk-file", product.code),
    }
    return listing.answer("") or render(request, "governance/risk_matrix.html", context)


def risk_overview(request: HttpRequest) -> HttpResponse:
    listing = overview_listing(request)
    if answer := listing.answer(""):
        return answer
    context = shown(request, listing) | {"main_place": "risks", "file_pages": _file_pages("risk-overview-file")}
    return render(request, "governance/risk_overview.html", context)


def product_listing(request: HttpRequest, product: Product) -> Listing:
    """The register of a product and what is part of it, as the address asks for it."""
    members = with_members(product, request.user)
    return _listing(request, "risk-matrix", partial(ProductRegisterFilters, product=product, products=members))


def overview_listing(request: HttpRequest) -> Listing:
    """The registers of a department, a portfolio or all, as the address asks for them."""
    return _listing(request, "risk-overview", RegisterFilters)


def _listing(request: HttpRequest, name: str, filters: Any) -> Listing:
    return Listing(
        request,
        RiskScore.objects.all(),
        name=name,
        filters=filters,
        sorts=SORTS,
        default_sort="-severity",
        page_size=BESIDE,
    )


def _file_pages(name: str, *args: str) -> dict[str, str]:
    return {kind: reverse(name, args=[*args, kind]) for kind in ("pdf", "csv", "xlsx")}


def shown(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    """Context of the matrix and of the register beside it."""
    asked: Any = listing.filterset
    listing.page = _page(listing, asked)
    return {
        "listing": listing,
        "asked": asked,
        "matrix": asked.matrix,
        "where": where(asked.matrix),
        "finding": found(asked),
        "kinds": list(ScoreKind),
        "impacts": list(Impact),
        "rows": rows_of(listing.page.object_list, asked),
        "today": clock.today(),
    }


def _page(listing: Listing, asked: RegisterFilters) -> Page:
    """The page asked for. The matrix has counted its rows already, unless a band was asked for."""
    paginator = Paginator(listing.rows, BESIDE)
    if not asked.given("band"):
        cell = asked.matrix.cell(asked.at_likelihood, asked.at_impact) if asked.is_cell else None
        if cell or not (asked.at_likelihood or asked.at_impact):
            paginator.count = cell.count if cell else asked.matrix.total
    return paginator.get_page(listing.request.GET.get("page"))


def rows_of(scores: Any, asked: RegisterFilters) -> list[dict[str, Any]]:
    """What the register shows of each score: its band by its own department's grid, and what became of it since."""
    # Two questions: which twelve of many thousands, then what there is to say of those.
    keys = list(scores.values_list("pk", flat=True))
    rows = RiskScore.objects.filter(pk__in=keys).select_related("risk__product", "risk__owner")
    scores = sorted(asked.with_past(rows), key=lambda score: keys.index(score.pk))
    before_board = set(
        Risk.objects.escalated().filter(pk__in=[each.risk_id for each in scores]).values_list("pk", flat=True)
    )
    today = clock.today()
    return [
        {
            "score": score,
            "risk": score.risk,
            "said": statement(score.risk),
            "band": asked.band_of(score),
            "moved": moved(score.severity, score.was),
            "is_overdue": bool(score.risk.is_open and score.risk.review_on and score.risk.review_on < today),
            "is_escalated": score.risk_id in before_board,
        }
        for score in scores
    ]
