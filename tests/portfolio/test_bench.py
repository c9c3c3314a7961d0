"""What the bench counts holds on every machine, so it is a test; what it times is not."""

from django.test import Client

from people.listing import PAGE_SIZE
from portfolio.bench.line import Line
from portfolio.bench.measures import BACKEND, BUSY, COMPARED, DELIVERIES, costs, everywhere, measures_page, quietest
from portfolio.bench.scene import FEW, counts_of, prepare
from portfolio.bench.sealing import sealings
from portfolio.corpus.counts import Counts


def rows_on_page(person, address):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return len(client.get(address).context["listing"].page)


def test_lists_and_pages_keep_their_budgets_of_queries_and_a_memorandum_is_sealed(db, sealing):
    scene = prepare(Counts(people=50, products=1_000, milestones=1_000, projects=1_000, measured=20, deployments=1_200))
    lines = list(costs(scene))
    assert len(lines) > 10
    assert [str(line) for line in lines if line.value > line.target] == []
    few, full = (
        {name: rows_on_page(person, everywhere(name)) for name in COMPARED} for person in (scene.near, scene.far)
    )
    assert few == dict.fromkeys(COMPARED, FEW)
    assert full == dict.fromkeys(COMPARED, PAGE_SIZE)
    for name in DELIVERIES:
        least, most = (rows_on_page(scene.far, measures_page(code, name)) for code in (quietest(), BUSY))
        assert 0 < least <= most
    line = next(sealings(scene.product, scene.manager))
    assert (line.unit, line.target, line.value > 0) == ("ms", 4_000, True)


def test_line_says_whether_the_target_is_met():
    assert str(Line("A page", 120, "ms", 100, 4)).startswith("over  A page")
    assert str(Line("A page", 80, "ms", 100, 4)).endswith("4.0 × floor")
    assert str(Line("Deliveries", 80, "req/s", 200, at_least=True)).startswith("less  Deliveries")
    assert str(Line("Deliveries", 300, "req/s", 200, at_least=True)).startswith("PASS  Deliveries")


def test_bench_has_products_enough_for_its_longest_list():
    assert counts_of("tiny").products == 5_000
