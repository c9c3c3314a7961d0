"""Where people land after signing in: what is due from them, and the way to the year of each product (ux.md A12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.models import Condition
from governance.mou.waiting import memoranda_waiting
from governance.risks.waiting import risks_waiting
from people.permissions import standing
from portfolio.duties import LATE, address, duties
from portfolio.facts import with_all_facts, with_lead, with_next_milestone, with_plan
from products import fiscal
from products.models import Product
from records import clock

MOST = 30


def home(request: HttpRequest) -> HttpResponse:
    mine = with_all_facts(Product.objects.filter(head_id__in=standing(request.user).keys("product"))).order_by("code")
    owed = [duty for product in mine for duty in duties(product) if not duty.is_met]
    owed.sort(key=lambda duty: (duty.state != LATE, duty.product.code))
    others = Product.objects.visible_to(request.user).heads().filter(department_id=request.user.department_id)
    total = others.count()
    for add in (with_lead, with_plan, with_next_milestone):
        others = add(others, clock.today())
    rows = [
        (product, fiscal.label(product.year), address("roadmap-executive", product.code, product.year))
        for product in others.select_related("head").order_by("code")[:MOST]
    ]
    told = {"mine": mine, "duties": owed, "rows": rows, "total": total, "more": total - len(rows), "main_place": "home"}
    told["conditions"] = Condition.objects.waiting_for(request.user).with_subject()
    told["memoranda"] = memoranda_waiting(request.user)
    told["risks_due"] = risks_waiting(request.user)
    return render(request, "portfolio/home.html", told)
