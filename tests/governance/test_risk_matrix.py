"""The matrix of risks: one rule for what counts, on any day, for one family and for a department."""

from collections import Counter
from datetime import date, timedelta

import pytest

from governance.actions.risk_scores import score_risk
from governance.models import Risk, RiskGrid
from governance.risk_states import Band, Impact, Likelihood, ScoreKind
from governance.risks.findings import finding
from governance.risks.matrix import Cell, Matrix, matrix_of
from governance.risks.registers import with_register
from people.actions.people import appoint_person
from products.models import Product
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.cast import SINCE
from tests.governance.risk_history import DAYS, TODAY, a_past, again
from tests.governance.risk_world import a_risk, noon

KINDS = ["inherent", "current", "residual"]


@pytest.fixture
def past(cast):
    with clock.at(noon(TODAY)):
        yield a_past(cast)


def cells(matrix):
    return {(cell.likelihood, cell.impact): cell.count for cell in matrix.cells if cell.count}


def today_matrix(kind="current", since=None):
    return matrix_of(Product.objects.all(), kind, clock.today(), since)


@pytest.mark.parametrize("where", ["/en/products/JSA/risks/matrix/", "/en/risks/"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_counts_what_its_list_holds_on_any_day(cast, client_of, past, where, kind):
    client = client_of("product_manager")
    for day in DAYS[::2]:
        address = f"{where}?score={kind}&on={day}"
        page = client.get(address).context
        matrix = page["matrix"]
        assert matrix.total == len(page["rows"])
        for cell in matrix.cells:
            if cell.count or cell.left:
                listed = client.get(f"{address}&likelihood={cell.likelihood}&impact={cell.impact}").context
                assert (len(listed["rows"]), listed["matrix"].total) == (cell.count, matrix.total), (day, cell)


def test_matrix_of_each_day_holds_what_was_open_then(past):
    found = {day: cells(matrix_of(Product.objects.all(), "current", noon(day).date())) for day in DAYS}
    assert found == {
        "2026-02-28": {},
        "2026-03-01": {(3, 4): 2, (4, 5): 1, (1, 2): 1},
        "2026-03-15": {(3, 4): 2, (4, 5): 1, (1, 2): 1},
        "2026-04-01": {(3, 4): 1, (4, 4): 1, (4, 5): 1},
        "2026-05-01": {(4, 4): 1, (4, 5): 1, (1, 2): 1},
        "2026-06-01": {(4, 4): 1, (4, 5): 1, (1, 2): 1, (5, 5): 1},
        "2026-06-02": {(4, 4): 1, (4, 5): 1, (1, 2): 1, (5, 5): 1},
    }


def test_yesterdays_matrix_stays_when_a_risk_is_scored_today(cast, past):
    yesterday = noon("2026-06-01").date()
    before = cells(matrix_of(Product.objects.all(), "current", yesterday))
    score_risk(risk=again(past[1]), scores={"current": (1, 1)}, note="Solved", by=cast.product_manager)
    assert cells(matrix_of(Product.objects.all(), "current", yesterday)) == before
    moved = {pair: count for pair, count in before.items() if pair != (4, 5)}
    assert cells(today_matrix()) == {**moved, (1, 1): 1}


def test_what_came_and_went_is_told_by_square(past):
    matrix = today_matrix(since=noon("2026-03-15").date())
    moves = {(cell.likelihood, cell.impact): (cell.came, cell.left) for cell in matrix.cells if cell.came or cell.left}
    assert moves == {(4, 4): (1, 0), (5, 5): (1, 0), (3, 4): (0, 2)}
    assert (matrix.high, matrix.newly_high) == (3, 2)


def test_registers_of_a_person_are_one_rule_said_twice(cast, past):
    for person in cast.people.values():
        seen = set(Risk.objects.visible_to(person).values_list("pk", flat=True))
        by_product = set(Risk.objects.filter(product__in=with_register(person)).values_list("pk", flat=True))
        assert seen == by_product, person


def test_stranger_and_colleague_see_neither_counts_nor_rows(cast, client_of, past):
    for name in ("stranger", "colleague"):
        client = client_of(name)
        assert client.get("/en/products/JSA/risks/matrix/").status_code == 404
        page = client.get("/en/risks/?department=all")
        assert (page.context["matrix"].total, page.context["rows"]) == (0, [])
        assert "French matches" not in page.content.decode()
        assert "<h1>No register here is open to you</h1>" in page.content.decode()


def test_finding_is_the_heading_in_both_languages(cast, client_of, past):
    client = client_of("product_manager")
    page = client.get("/en/products/JSA/risks/matrix/?since=2026-05-15").content.decode()
    assert "<h1>Three of 4 risks are high; one of them was not on 2026-05-15</h1>" in page
    assert "R-002" in page
    assert "Guided Matching" in page
    french = client.get("/fr/products/JSA/risks/matrix/").content.decode()
    assert "Catastrophique" in french or "impact" in french.lower()


def test_impossible_days_are_named_and_ignored(cast, client_of, past):
    page = client_of("product_manager").get("/en/products/JSA/risks/matrix/?on=2031-01-01&since=never")
    assert "Write the date as YYYY-MM-DD" in page.content.decode()
    assert page.context["matrix"].day == clock.today()
    assert "This day is still to come." in page.content.decode()
    later = client_of("product_manager").get("/en/risks/?on=2026-04-01&since=2026-05-01")
    assert "Compare with an earlier day." in later.content.decode()
    assert client_of("product_manager").get("/en/risks/?on=0001-01-01&since=0001-01-01").status_code == 200


def test_filters_thin_matrix_and_list_alike(cast, client_of, past):
    a_risk(cast, owner=cast.it_manager, scores={"current": (2, 2)})
    page = client_of("executive").get(f"/en/risks/?owner={cast.it_manager.name}&band=low")
    assert (page.context["matrix"].total, len(page.context["rows"])) == (1, 1)
    nobody = client_of("executive").get("/en/risks/?owner=nobody").content.decode()
    assert "<h1>No risk matches these filters</h1>" in nobody
    assert client_of("executive").get("/en/risks/?band=high").context["listing"].page.paginator.count == 3


def test_only_risk_is_not_one_of_one():
    cell = Cell(Likelihood(4), Impact(4), Band.HIGH, count=1)
    day = date(2026, 11, 18)
    matrix = Matrix(day, None, [cell], Counter({Band.HIGH: 1}))
    assert finding(matrix, ScoreKind.CURRENT, day) == "The only risk is high"
    assert finding(matrix, ScoreKind.CURRENT, day + timedelta(days=1)) == "On 2026-11-18, the only risk was high"


def test_department_with_a_grid_of_its_own_keeps_its_words_among_all_departments(cast, client_of, past):
    save(RiskGrid(department=cast.department, starts_on=noon("2026-06-01").date(), cells=["low"] * 25), by=SYSTEM)
    appoint_person(person=cast.auditor, kind="auditor", department=None, starts_on=SINCE, by=SYSTEM)
    client = client_of("auditor")
    assert client.get("/en/risks/?department=all&band=low").context["listing"].page.paginator.count == 4
    everywhere = client.get("/en/risks/?department=all")
    assert (everywhere.context["matrix"].high, everywhere.context["matrix"].cell(5, 5).band) == (0, "high")
    assert "Some departments have a grid of their own" in everywhere.content.decode()
    own = client.get("/en/risks/").context["matrix"]
    assert (own.cell(5, 5).band, own.other_grids) == ("low", False)
    before = client.get("/en/risks/?department=all&on=2026-05-31").context["matrix"]
    assert (before.high, before.other_grids) == (2, False)
