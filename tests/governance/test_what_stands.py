"""A correction puts a decision right and takes back nothing that was done by it; it says what stands (domain.md §5)."""

import pytest

from governance.consequences import moves_its_subject, what_stands
from products.models import Product
from roadmaps.actions.years import prepare_year, vet_year
from roadmaps.models import Baseline, OutcomeGate, Roadmap
from tests.governance.deciding import decided, gate_of, review_for, stand
from tests.governance.test_carrying_out import carried
from tests.governance.test_outcome_gates import outcome  # noqa: F401 - a fixture


def corrected(cast, review, first, second, **values):
    """The correction of `first` by `second`, both carried out; what it says stands, in both languages."""
    old = decided(review, first, **values)
    carried(old, cast.cfo)
    stands = what_stands(review, old, second)
    new = decided(review, second, corrects=old)
    carried(new, cast.cfo)
    return new, stands


def test_stopped_outcome_stays_stopped_when_the_stop_is_corrected(cast, outcome):  # noqa: F811
    review = review_for(cast, "outcome_gate", outcome=outcome)
    _new, stands = corrected(cast, review, "rejected", "approved")
    outcome.refresh_from_db()
    assert (outcome.state, list(OutcomeGate.objects.values_list("result", flat=True))) == ("stopped", ["stop"])
    assert stands["en"].startswith("Outcome A.1 is stopped and stays so")
    assert stands["fr"]


def test_outcome_in_delivery_is_adjusted_by_a_correction(cast, outcome):  # noqa: F811
    _new, stands = corrected(cast, review_for(cast, "outcome_gate", outcome=outcome), "approved", "with_conditions")
    assert stands == {}
    assert list(OutcomeGate.objects.order_by("created_at").values_list("result", flat=True)) == ["continue", "adjust"]


@pytest.fixture
def year(cast, outcome):  # noqa: F811
    by = cast.product_manager
    year = prepare_year(roadmap=Roadmap.objects.get(), year=2026, by=by)
    return vet_year(year=year, by=cast.people["it_manager"])


def test_approved_year_stays_approved_and_its_baseline_is_the_only_one(cast, year):
    _new, stands = corrected(cast, review_for(cast, "roadmap_endorsement", year=year), "approved", "with_conditions")
    assert stands == {}
    year.refresh_from_db()
    review = review_for(cast, "roadmap_approval", year=year)
    _new, stands = corrected(cast, review, "approved", "returned")
    year.refresh_from_db()
    assert (year.state, Baseline.objects.count()) == ("approved", 1)
    assert stands["en"].startswith("Roadmap year 2026–27 is approved and stays so")


def test_phase_is_not_taken_back_and_words_alone_leave_nothing_to_say(cast):
    stand(cast.product, "design")
    review = review_for(cast, gate=gate_of(3))
    new, stands = corrected(cast, review, "approved", "rejected")
    assert Product.objects.get(pk=cast.product.pk).phase == "transition"
    assert stands["en"].startswith("It is in Transition and stays there")
    assert not moves_its_subject(new)
    assert what_stands(review, new, "rejected") == {}


def test_returned_by_mistake_is_approved_and_moves(cast):
    stand(cast.product, "design")
    _new, stands = corrected(cast, review_for(cast, gate=gate_of(3)), "returned", "approved")
    assert stands == {}
    assert Product.objects.get(pk=cast.product.pk).phase == "transition"
