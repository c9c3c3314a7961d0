"""Which gates are open in which phase, why the others are not, and which inputs move when gate 2 is not held."""

from datetime import timedelta

import pytest

from governance.actions.changes import begin_change
from governance.actions.reviews import begin_review
from governance.gates.inputs import asked, inputs_of
from governance.gates.opening import CLOSED, open_gates
from governance.gates.past import Past, past_of
from governance.models import GateInput
from products.states import Phase
from records import clock
from tests.governance.gate_world import decided, gate, in_phase

OPEN = {
    "strategy": {1},
    "design": {3},
    "transition": {4},
    "operate": {5, 6},
    "improve": {5, 6},
    "retire": {7},
    "rejected": set(),
    "phased_out": set(),
}


def numbers(subject):
    return {each.gate.number for each in open_gates(subject) if each.is_open}


def reason(subject, number):
    return next(each.reason for each in open_gates(subject) if each.gate.number == number)


@pytest.mark.parametrize("phase", Phase.values)
def test_each_phase_opens_its_gates_and_says_why_the_others_are_closed(cast, phase):
    cast.product.phase = phase
    standings = open_gates(cast.product)
    assert {each.gate.number for each in standings if each.is_open} == OPEN[phase]
    assert [each.gate.number for each in standings] == [1, 2, 3, 4, 5, 6, 7]
    assert all(bool(each.reason) != each.is_open for each in standings)


@pytest.mark.parametrize(("phase", "number", "words"), [
    ("strategy", 2, "Gate 2 opens only when the decision at gate 1 records that this is complex or risky."),
    ("strategy", 3, "Gate 3 opens when the product is in Design: gate 1 must be approved first."),
    ("design", 4, "Gate 4 opens when the product is in Transition: gate 3 must be approved first."),
    ("design", 5, "Gate 5 opens when the product is in Operate or Improve: gate 4 must be approved first."),
    ("operate", 7, "Gate 7 opens when the product is in Retire: gate 6 must be approved first."),
    ("operate", 1, "It lies behind: the phase is now Operate."),
    ("rejected", 1, "The product is closed: no gate opens any more."),
])  # fmt: skip
def test_closed_gate_says_why_in_words(cast, phase, number, words):
    cast.product.phase = phase
    assert reason(cast.product, number) == words


@pytest.mark.parametrize(("is_complex", "opened"), [(True, {2}), (False, {1})])
def test_gate_two_opens_only_by_a_decision_that_found_it_complex(town, is_complex, opened):
    product = town.cast.product
    review = begin_review(product=product, gate=gate(1), by=town.cast.product_manager)
    decided(review, town, "approved" if is_complex else "returned", is_complex_or_risky=is_complex or None)
    assert numbers(product) == opened
    if is_complex:
        assert reason(product, 3).endswith("gate 2 must be approved first.")
        assert reason(product, 1).startswith("It is passed")


def test_deferral_decides_nothing_and_leaves_the_attempt_under_way(town):
    review = begin_review(product=town.cast.product, gate=gate(1), by=town.cast.product_manager)
    decided(review, town, "deferred")
    first = open_gates(town.cast.product)[0]
    assert (first.is_open, first.decision, first.review) == (True, None, review)


def test_inputs_of_gate_two_are_asked_for_at_gate_three_when_it_was_not_held(town):
    product = in_phase(town.cast.product, "design")
    review = begin_review(product=product, gate=gate(3), by=town.cast.product_manager)
    names = [each.name_en for each in inputs_of(review)]
    moved = ["Roadmap", "Release plan for at least the first release", "High-level business case"]
    assert len(names) == 8
    assert [name for name in names if name in moved] == moved


def test_inputs_of_gate_two_are_not_asked_for_twice_when_it_was_held(town):
    product = town.cast.product
    first = begin_review(product=product, gate=gate(1), by=town.cast.product_manager)
    decided(first, town, is_complex_or_risky=True)
    second = begin_review(product=product, gate=gate(2), by=town.cast.product_manager)
    assert len(inputs_of(second)) == 3
    decided(second, town)
    review = begin_review(product=in_phase(product, "design"), gate=gate(3), by=town.cast.product_manager)
    assert len(inputs_of(review)) == 5


def test_input_is_asked_for_between_its_dates_only(db):
    today = clock.today()
    each = GateInput(name_en="x", asked_from=today, asked_until=today)
    days = [today - timedelta(days=1), today, today + timedelta(days=1)]
    assert [bool(asked([each], Past(), day)) for day in days] == [False, True, False]


def test_change_passes_gates_one_to_four_while_the_product_stays_live(town):
    product = in_phase(town.cast.product, "improve")
    change = begin_change(product=product, name_en="New intake", name_fr="Nouvel accueil", by=town.cast.product_manager)
    assert [each.gate.number for each in open_gates(change)] == [1, 2, 3, 4]
    assert numbers(change) == {1}
    assert reason(change, 3) == "Gate 3 opens when the change is in Design: gate 1 must be approved first."
    assert numbers(product) == {5, 6}
    change.phase = "done"
    assert change.phase in CLOSED
    assert numbers(change) == set()


def test_past_of_a_change_is_not_that_of_its_product(town):
    product = in_phase(town.cast.product, "operate")
    change = begin_change(product=product, name_en="New intake", name_fr="Nouvel accueil", by=town.cast.product_manager)
    review = begin_review(product=product, gate=gate(1), change=change, by=town.cast.product_manager)
    assert past_of(change).under_way == {gate(1).pk: review}
    assert past_of(product).under_way == {}


def test_standing_of_all_gates_costs_three_questions(town, django_assert_num_queries):
    begin_review(product=town.cast.product, gate=gate(1), by=town.cast.product_manager)
    with django_assert_num_queries(3):
        open_gates(town.cast.product)
