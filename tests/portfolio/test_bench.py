"""What the bench counts holds on every machine, so it is a test; what it times is not."""

from portfolio.bench.measures import Line, costs
from portfolio.bench.scene import counts_of, prepare
from portfolio.corpus.counts import Counts


def test_lists_and_pages_keep_their_budgets_of_queries(db):
    scene = prepare(Counts(people=50, products=1_000, milestones=1_000))
    lines = list(costs(scene))
    assert len(lines) > 10
    assert [str(line) for line in lines if line.value > line.target] == []


def test_line_says_whether_the_target_is_met():
    assert str(Line("A page", 120, "ms", 100, 4)).startswith("over  A page")
    assert str(Line("A page", 80, "ms", 100, 4)).endswith("4.0 × floor")


def test_bench_has_products_enough_for_its_longest_list():
    assert counts_of("tiny").products == 5_000
