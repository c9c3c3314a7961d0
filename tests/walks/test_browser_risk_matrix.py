"""Where the risks stand: from a square to its risks, another score, an earlier day, the paper, and a file taken back in."""

import pytest

from governance.models import Risk, RiskImport
from records.jobs import run_due
from tests.governance.risk_world import DIT, a_risk
from tests.walks.walk import ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_from_the_matrix_to_the_risks_and_back_with_a_file(walk, cast, language, width):
    a_risk(cast, **DIT)
    a_risk(cast, **DIT, scores={"inherent": (5, 5), "current": (2, 3)})
    way = walk("product_manager", language, width)
    way.go("risk-overview")
    way.go("risk-matrix", "JSA")
    squares = way.page.locator(".cells a:visible, .matrix a:visible")
    assert squares.count() == 2
    way.click(squares.first)
    assert way.page.locator("#register tbody tr").count() == 1
    way.go("risk-matrix", "JSA", query="?score=inherent&on=2026-01-01")
    assert way.page.locator("#register tbody tr").count() == 0
    status, pdf = way.bytes_of(way.path("risk-file", "JSA", "pdf"))
    assert (status, pdf[:5]) == (200, b"%PDF-")
    _status, workbook = way.bytes_of(way.path("risk-file", "JSA", "xlsx"))
    way.go("risk-import", "JSA")
    way.page.set_input_files("[name=file]", {"name": "r.xlsx", "mimeType": "application/zip", "buffer": workbook})
    way.press("Upload and check")
    run_due()
    way.page.reload()
    way.look()
    assert (RiskImport.objects.get().same_count, Risk.objects.count()) == (2, 2)
