"""The product page: where it stands, what it owes, what comes next, what happened (ux.md A2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from metrics.indicators import history
from metrics.reading.block import latest, with_measured
from people.bilingual import said
from portfolio.duties import duties
from portfolio.facts import with_all_facts
from portfolio.gates import gates_of
from portfolio.indicators import rows_of, with_indicators
from portfolio.risks import risks_of, with_risk_rows
from portfolio.team import team_of
from portfolio.trail.lines import latest_acts
from products import families
from products.models import Product
from products.models.product import ProductQuerySet
from products.permissions import may_change_product, may_open_position, may_read_risks
from products.states import StatusState
from products.views.lookup import visible_product
from records import clock

RECENT = 6


def product_show(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code, with_everything(Product.objects.all()))
    owed = duties(product, reads_risks=bool(may_read_risks(request.user, product)))
    family = list(Product.objects.filter(head_id=product.head_id).visible_to(request.user).select_related("head"))
    today = clock.today(product.department.time_zone)
    indicators = rows_of(product, product.year, today)
    return render(
        request,
        "portfolio/product.html",
        {
            "indicators": indicators,
            "indicators_finding": history.finding(indicators),
            "product": product,
            "today": today,
            "status": StatusState(product.status).label if product.status else "",
            "next_title": said(product, "next_title") if product.next_month else "",
            "duties": owed,
            "open_duties": [duty for duty in owed if not duty.is_met],
            "family": families.tree(family),
            "family_size": len(family),
            "team": team_of(product),
            "measures": latest(product),
            "gates": gates_of(product, request.user) if product.is_head else None,
            "risks": risks_of(product, request.user),
            "recent": latest_acts(request.user, product, RECENT),
            "may_change": may_change_product(request.user, product),
            "may_open": product.is_head
            and product.phase_mandate_id is None
            and may_open_position(request.user, product),
        },
    )


def with_everything(products: ProductQuerySet) -> ProductQuerySet:
    """Every column the page reads: one question, however much there is to tell."""
    return with_indicators(with_measured(with_risk_rows(with_all_facts(products))), clock.today())
