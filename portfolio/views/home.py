"""Where people land after signing in: what is due from them, and the way to the year of each product (ux.md A12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from governance.models import Condition
from governance.mou.waiting import memoranda_waiting
from governance.risks.waiting import risks_waiting
from people.listing import by_name
from people.permissions import standing
from people.templatetags.gatehouse import colon
from portfolio.duties import LATE, address, duties
from portfolio.facts import with_all_facts, with_lead, with_next_milestone, with_plan, with_trouble
from products import fiscal
from products.models import Product
from records import clock

MOST = 30


def home(request: HttpRequest) -> HttpResponse:
    mine = with_all_facts(Product.objects.filter(head_id__in=standing(request.user).keys("product"))).order_by("code")
    owed = [duty for product in mine for duty in duties(product) if not duty.is_met]
    owed.sort(key=lambda duty: (duty.state != LATE, duty.product.code))
    others = Product.objects.visible_to(request.user).heads().filter(department_id=request.user.department_id)
    for add in (with_lead, with_plan, with_next_milestone, with_trouble):
        others = add(others, clock.today())
    total, troubled = others.count(), others.filter(at_risk__gt=0).count()
    rows = [
        (product, fiscal.label(product.year), address("roadmap-executive", product.code, product.year))
        for product in others.select_related("head").order_by(by_name("name").expression(), "code")[:MOST]
    ]
    told = {"mine": mine, "duties": owed, "rows": rows, "total": total, "more": total - len(rows), "main_place": "home"}
    told["headline"] = headline(total, troubled)
    told["conditions"] = Condition.objects.waiting_for(request.user).with_subject()
    told["memoranda"] = memoranda_waiting(request.user)
    told["risks_due"] = risks_waiting(request.user)
    return render(request, "portfolio/home.html", told)


def headline(total: int, troubled: int) -> str:
    """How many products the department has, and in how many the year is in trouble."""
    many = ngettext("One product of your department", "%(count)s products of your department", total) % {"count": total}
    if not troubled:
        return many
    trouble = ngettext("one has milestones at risk", "%(count)s have milestones at risk", troubled)
    return f"{many}{colon()}{trouble % {'count': troubled}}"
