"""Decisions bind to what was seen: the record alone says what was decided on, whatever changed afterwards."""

from decimal import Decimal

import pytest
from django.urls import reverse

from governance.actions.decisions import decide_review
from governance.actions.reviews import submit_review
from governance.reading.brief import brief_of
from products.actions.budget import add_budget_line, change_budget_line
from products.models import FundingSource
from records.actors import SYSTEM
from records.writing import save
from tests.governance.before_board import another_product, submitted, voted
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


def test_decision_page_says_what_was_decided_on_and_by_whom_after_all_names_changed(town, client_of):
    lead = town.cast.head_of_product
    product, name = town.cast.product, town.cast.product.name_en
    review = submit_review(review=prepared(product, 1, lead), by=lead, board=town.board)
    decision = decide_review(
        point=voted(town, "chair", review=review),
        outcome="rejected",
        by=town.chair,
        rationale_en="No.",
        rationale_fr="Non.",
    )
    voter = town.member_one.name
    for thing, values in (
        (product, {"name_en": "Renamed"}),
        (review.gate, {"name_en": "Another gate"}),
        (town.board, {"name_en": "Another board"}),
        (town.member_one, {"first_name": "Somebody", "last_name": "Else"}),
    ):
        row = type(thing)._base_manager.get(pk=thing.pk)
        for field, value in values.items():
            setattr(row, field, value)
        save(row, by=SYSTEM)
    text = client_of("chair").get(reverse("decision-detail", args=[decision.pk])).content.decode()
    main = text[text.index("<main") : text.index("</main")]
    assert name in main
    assert voter in main
    for late in ("Renamed", "Another gate", "Another board", "Somebody Else"):
        assert late not in main


def test_corrected_decision_and_its_correction_say_which_is_in_force_and_why(town, client_of):
    review = submitted(town, product=another_product(town), gate=2)
    first = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair)
    review.refresh_from_db()
    why = {"rationale_en": "A figure was wrong.", "rationale_fr": "Un chiffre était erroné."}
    second = decide_review(point=voted(town, review=review), outcome="approved", by=town.chair, **why)
    old, new = (
        client_of("chair").get(reverse("decision-detail", args=[each.pk])).content.decode() for each in (first, second)
    )
    assert "No longer in force" in old
    assert "A figure was wrong." in old
    assert second.number in old
    assert "In force" in new
    assert first.number in new
