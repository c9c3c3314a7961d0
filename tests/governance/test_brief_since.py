"""The decision that a brief compares itself with is about the same subject."""

from governance.actions.changes import begin_change
from governance.reading.brief import brief_of
from tests.governance.before_board import submitted
from tests.governance.gate_world import decided, in_phase, prepared


def test_brief_of_a_product_is_not_measured_against_a_decision_about_a_change(town):
    product, lead = town.cast.product, town.cast.head_of_product
    in_phase(product, "operate")
    change = begin_change(product=product, name_en="Matching", name_fr="Jumelage", by=lead)
    of_change = decided(prepared(product, 1, lead, change=change), town)
    review = submitted(town, gate=5)
    assert brief_of(review).last is None
    of_product = decided(submitted(town, gate=6), town)
    assert brief_of(review).last == of_product != of_change
