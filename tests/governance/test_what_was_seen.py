"""Decisions bind to what was seen: the record alone says what was decided on, whatever changed afterwards."""

from decimal import Decimal

import pytest
from django.urls import reverse

from governance.actions.reviews import submit_review
from governance.reading.brief import brief_of
from products.actions.budget import add_budget_line, change_budget_line
from products.models import FundingSource
from records.actors import SYSTEM
from records.writing import save
from tests.governance.gate_world import prepared

pytestmark = pytest.mark.django_db


def budgeted(town, planned=1_000_000):
    """A budget line of this fiscal year."""
    source = FundingSource(department=town.cast.department, code="A-BASE", name_en="A-base", name_fr="Services votés")
    save(source, by=SYSTEM)
    return add_budget_line(
        product=town.cast.product,
        by=town.cast.product_manager,
        fiscal_year=2026,
        kind="salary",
        source=source,
        planned=Decimal(planned),
        secured=Decimal(planned) / 2,
    )


def test_cost_is_what_was_submitted_and_says_that_the_budget_moved_on(town, client_of):
    line, lead = budgeted(town), town.cast.head_of_product
    review = submit_review(review=prepared(town.cast.product, 1, lead), by=lead, board=town.board)
    assert review.package.content["cost"]["lines"] == [
        {"year": 2026, "kind": "salary", "planned": "1000000.00", "secured": "500000.00"}
    ]
    assert not brief_of(review).cost.has_moved
    change_budget_line(line=line, planned=Decimal(3_000_000), by=town.cast.product_manager, reason="More")
    cost = brief_of(review).cost
    assert (cost.total.now, cost.today) == (Decimal(1_000_000), Decimal(3_000_000))
    page = client_of("member_one").get(reverse("decision-brief", args=[review.pk]))
    assert page.status_code == 200
