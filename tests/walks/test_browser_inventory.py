"""A portfolio manager's morning: register, find, keep the view, take rows away, import a file, enter where a product stands."""

import io
import re

import pytest
from openpyxl import Workbook

from portfolio.models import InventoryImport
from products.models import Product
from records.jobs import run_due
from tests.walks.walk import ONCE, ONCE_NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADS = ["Code", "Name (English)", "Name (French)", "Level", "Orientation", "Branch"]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_through_registering_and_finding(walk, language, width):
    way = walk("portfolio_manager", language, width)
    way.go("product-list")
    way.follow("Register a product")
    way.fill(code="PAY", name_en="Payments", name_fr="Paiements")
    way.page.select_option("[name=level]", "departmental")
    way.page.select_option("[name=sponsoring_branch]", index=1)
    way.press("Register the product")
    assert way.page.url.endswith("/products/PAY/")
    way.go("product-list")
    way.fill(q="pa")
    way.page.select_option("[name=phase]", "strategy")
    way.press("Apply filters")
    with way.page.expect_navigation():
        way.page.locator("thead a").first.click()
    assert way.page.locator("tbody tr").count() == 1
    way.page.locator(".views summary").click()
    way.fill(name="Morning")
    way.press("Save view")
    assert way.page.locator(".views a[aria-current=true]").inner_text() == "Morning"
    with way.page.expect_download() as taken:
        way.page.get_by_role("link", name=way.words("Download these rows as CSV")).click()
    rows = taken.value.path().read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["PAY"]


def upload(way, *rows):
    """Send a workbook and wait for its check."""
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    way.go("inventory-import")
    way.page.set_input_files("[name=file]", {"name": "i.xlsx", "mimeType": WORKBOOK, "buffer": held.getvalue()})
    way.press("Upload and check")
    run_due()
    way.page.reload()
    way.look()


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_through_an_import(walk, language, width):
    way = walk("portfolio_manager", language, width)
    upload(way, ["PAY", "Payments", "Paiements", "CIO", "internal", "NOWHERE"])
    cells = way.page.locator("tbody tr").inner_text()
    assert "NOWHERE" in cells
    assert way.page.locator("tbody th").inner_text().endswith("2")
    assert not Product.objects.filter(code="PAY").exists()
    upload(way, ["PAY", "Payments", "Paiements", "CIO", "internal", "HOME-PROGRAM"])
    assert way.heading == way.words("The file can be imported")
    way.press("Import all rows")
    run_due()
    way.page.reload()
    way.look()
    assert way.heading == way.words("The inventory is imported")
    assert InventoryImport.objects.filter(state="applied").count() == Product.objects.filter(code="PAY").count() == 1


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_through_an_opening_position(walk, language, width):
    way = walk("portfolio_manager", language, width)
    way.go("product-detail", "JSA")
    way.follow("Enter the opening position")
    way.press("Check the answers")
    assert way.page.locator(".problems a").count() >= 2
    way.page.select_option("[name=phase]", "operate")
    way.fill(phase_since="2023-04-01", reason="Board, 2023-03-14, item 7")
    way.press("Check the answers")
    way.press("Enter the opening position")
    assert re.search("/opening/done/", way.page.url)
    assert Product.objects.get(code="JSA").phase == "operate"
