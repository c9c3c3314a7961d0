"""Several people at one review in the same moment: one attempt, one package, nothing attached to what is frozen (R-17, R-20)."""

import pytest

from governance.actions.artefacts import attach_link
from governance.actions.reviews import begin_review, submit_review, withdraw_review
from governance.gates import package
from governance.models import Package, Review
from tests.attack.at_once import at_once
from tests.governance.gate_world import gate, prepared

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_leads_begin_one_attempt(town):
    product, leads = town.cast.product, (town.cast.product_manager, town.cast.head_of_product)
    wanted = gate(1)
    at_once(*[lambda by=by: begin_review(product=product, gate=wanted, by=by) for by in leads])
    assert Review.objects.count() == 1


def test_what_is_submitted_is_what_is_frozen(town):
    lead = town.cast.product_manager
    review = prepared(town.cast.product, 1, lead)
    at_once(
        *[lambda: submit_review(review=Review.objects.get(), by=lead)] * 2,
        lambda: attach_link(review=review, title="Late", link="https://late.example/", by=lead),
        lambda: withdraw_review(review=Review.objects.get(), reason="Not yet", by=town.cast.head_of_product),
    )
    left = Review.objects.select_related("product").get()
    assert left.state in ("submitted", "withdrawn")
    for frozen in Package.objects.all():
        assert frozen.sha256 == package.sha256(frozen.content)
        assert len(frozen.content["artefacts"]) == left.artefacts.count()
