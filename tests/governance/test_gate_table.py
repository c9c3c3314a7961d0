"""The whole gate × decision table, written by hand from the domain: seven gates, five decisions, product and change."""

from datetime import date, timedelta

import pytest

from governance.consequences import carry_out, proposed_next_review
from governance.consequences.next_review import next_review_of
from governance.models import ProductChange
from products.models import Product
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.acts import performing
from records.models import AuditEvent, Mandate, MandateKind
from records.refusals import Conflict
from records.writing import save
from tests.governance.deciding import decided, gate_of, proposed, review_for, stand

# gate, from, then what the phase is after: approved (gate 1: not complex), returned, rejected. Deferred moves nothing, and
# conditions change nothing about where an approval leads.
PRODUCT = [
    (1, "strategy", "design", "strategy", "rejected"),
    (2, "strategy", "design", "strategy", "rejected"),
    (3, "design", "transition", "design", "rejected"),
    (4, "transition", "operate", "transition", "rejected"),
    (5, "operate", "operate", "improve", "improve"),
    (5, "improve", "operate", "improve", "improve"),
    (6, "operate", "retire", "operate", "operate"),
    (6, "improve", "retire", "improve", "improve"),
    (7, "retire", "phased_out", "retire", "retire"),
]
CHANGE = [
    (1, "strategy", "design", "strategy", "rejected"),
    (2, "strategy", "design", "strategy", "rejected"),
    (3, "design", "transition", "design", "rejected"),
    (4, "transition", "done", "transition", "rejected"),
]


def cells(table):
    found = []
    for gate, start, approved, returned, rejected in table:
        after = {"approved": approved, "with_conditions": approved, "returned": returned, "rejected": rejected}
        found += [(gate, start, outcome, phase) for outcome, phase in {**after, "deferred": start}.items()]
    return found


def said_by(number, outcome):
    """What such a decision must say besides its outcome."""
    if outcome not in ("approved", "with_conditions"):
        return {}
    return {
        1: {"is_complex_or_risky": False, "complexity_reason_en": "Known ground"},
        4: {"next_review_on": clock.today() + timedelta(days=365)},
        5: {"next_review_on": clock.today() + timedelta(days=365)},
    }.get(number, {})


def carried(cast, number, outcome, *, change=None, by=SYSTEM, **values):
    review = review_for(cast, gate=gate_of(number), change=change)
    if outcome == "with_conditions":
        proposed(review, cast)
    decision = decided(review, outcome, **said_by(number, outcome) | values)
    with performing():
        carry_out(decision=decision, by=by)
    return decision


def change_at(cast, phase):
    change = ProductChange(product=cast.product, name_en="Sign in by phone", name_fr="Ouverture par téléphone")
    if phase != "strategy":
        mandate = give_mandate(kind=MandateKind.DECISION, what="phase", subject=change, reference="1", by=SYSTEM)
        change.phase, change.phase_mandate = phase, mandate
    save(change, by=SYSTEM)
    return change


@pytest.mark.parametrize(("number", "start", "outcome", "after"), cells(PRODUCT))
def test_decision_moves_the_product_as_the_table_says(cast, number, start, outcome, after):
    stand(cast.product, start)
    before = Mandate.objects.count()
    decision = carried(cast, number, outcome)
    product = Product.objects.get(pk=cast.product.pk)
    assert product.phase == after
    moved = AuditEvent.objects.filter(event="phase moved")
    assert moved.count() == Mandate.objects.count() - before == int(after != start)
    if after != start:
        assert (product.phase_since, product.phase_mandate.kind) == (clock.today(), "decision")
        assert decision.number in moved.get().reason


@pytest.mark.parametrize(("number", "start", "outcome", "after"), cells(CHANGE))
def test_decision_moves_the_change_and_never_its_product(cast, number, start, outcome, after):
    stand(cast.product, "operate")
    change = change_at(cast, start)
    carried(cast, number, outcome, change=change)
    change.refresh_from_db()
    assert change.phase == after
    assert Product.objects.get(pk=cast.product.pk).phase == "operate"


@pytest.mark.parametrize("outcome", ["approved", "with_conditions"])
def test_complex_service_stays_in_strategy_for_gate_two(cast, outcome):
    carried(cast, 1, outcome, is_complex_or_risky=True, complexity_reason_fr="Trois ministères")
    assert Product.objects.get(pk=cast.product.pk).phase == "strategy"


@pytest.mark.parametrize("number", [5, 6, 7])
def test_change_passes_no_gate_of_the_product_itself(cast, number):
    stand(cast.product, "operate")
    with pytest.raises(Conflict):
        carried(cast, number, "approved", change=change_at(cast, "strategy"))


@pytest.mark.parametrize(("number", "start"), [(4, "transition"), (5, "operate"), (5, "improve")])
def test_gates_four_and_five_fix_the_next_review(cast, number, start):
    stand(cast.product, start)
    day = proposed_next_review(gate_of(number), date(2026, 11, 30), 3)
    assert day == date(2027, 2, 28)
    carried(cast, number, "approved", next_review_on=day)
    assert next_review_of(cast.product) == day


def test_interval_comes_from_the_gate_and_from_no_other(cast):
    assert proposed_next_review(gate_of(5), date(2026, 3, 31)) == date(2027, 3, 31)
    assert proposed_next_review(gate_of(3), date(2026, 3, 31)) is None
    assert proposed_next_review(None, date(2026, 3, 31)) is None
