"""Cells that a spreadsheet would run, in every export: an apostrophe before each, and the file reads back as it was (S-22)."""

import csv
import io

import pytest

from people.listing import cell
from tests.attack.everything import MODELS
from tests.attack.markup import put, texts_of
from tests.attack.town import OURS

pytestmark = pytest.mark.django_db
STARTS = ["=", "+", "-", "@", "\t", "\r"]
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def formulas(town, django_db_blocker):
    """A formula at the beginning of every text there is."""
    for model in MODELS:
        for row in model._base_manager.all():
            fields = texts_of(model)
            if not put(row, fields, text=FORMULA):
                for field in fields:
                    put(row, [field], text=FORMULA)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("rest", ['1+1"; x', "cmd|' /C calc'!A0", "a\r\nb,c", "\u202e"])
def test_a_dangerous_cell_survives_a_round_trip_harmless(start, rest):
    text = start + rest
    line = io.StringIO()
    csv.writer(line).writerow([cell(text), "next"])
    [row] = csv.reader(io.StringIO(line.getvalue(), newline=""))
    assert row == [f"'{text}", "next"]


def exports(town, as_):
    """Every list that can be had as a file, with what the file holds."""
    for name in sorted(set(OURS) - {"account_logout"}):
        answer = as_("portfolio_manager").get(town.address(name), {"format": "csv"})
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/csv") and name != "import-template":
            text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
            yield name, answer, list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_no_cell_of_any_export_is_a_formula(town, formulas, as_):
    found = list(exports(town, as_))
    assert len(found) > 7
    for name, answer, rows in found:
        assert "attachment" in answer["Content-Disposition"], name
        assert {len(row) for row in rows} == {len(rows[0])}, name
        bad = [
            each
            for row in rows
            for each in row
            if each.startswith(tuple(STARTS)) and not each[1:].replace(".", "").isdigit()
        ]
        assert bad == [], name
    assert any(f"'{FORMULA}" in row for _name, _answer, rows in found for row in rows)
