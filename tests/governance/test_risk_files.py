"""Registers taken away: PDF, CSV and XLSX in the reader's language, only of what the reader sees."""

import csv
import io
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import RiskGrid
from governance.models.risk_rules import cell_index
from records import clock
from tests.governance.risk_history import TODAY, a_past
from tests.governance.risk_world import a_risk, an_activity, noon
from tests.pages import tight

FILES = "/en/products/JSA/risks/register"


@pytest.fixture
def past(cast):
    with clock.at(noon(TODAY)):
        yield a_past(cast)


def table(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def words_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_csv_holds_what_the_list_holds(cast, client_of, past):
    rows = table(client_of("product_manager").get(f"{FILES}.csv"))
    assert [(row["Risk"], row["Product"], row["Current likelihood"], row["Band"]) for row in rows] == [
        ("R-005", "JSA", "5", "High"),
        ("R-002", "GUIDE", "4", "High"),
        ("R-001", "JSA", "4", "High"),
        ("R-003", "JSA", "1", "Low"),
    ]
    high = table(client_of("product_manager").get(f"{FILES}.csv?on=2026-03-01&band=high"))
    assert [row["Risk"] for row in high] == ["R-002"]


def test_files_are_in_the_readers_language(cast, client_of, past):
    rows = table(client_of("product_manager").get("/fr/risks/register.csv"))
    assert {"Risque", "Produit", "Incidence actuelle"} <= set(rows[0])


def test_no_cell_of_a_file_runs(cast, client_of):
    a_risk(cast, given_en="=HYPERLINK(A1)", event_en="@SUM(A1)", consequence_en="'+1", strategy="mitigate",
           first=an_activity(cast, what_en="-2+3"))  # fmt: skip
    row = table(client_of("product_manager").get(f"{FILES}.csv"))[0]
    told = [row["Given that (English)"], row["There is a risk that (English)"], row["Which will lead to (English)"]]
    assert told == ["'=HYPERLINK(A1)", "'@SUM(A1)", "''+1"]
    assert row["Activities"].startswith("'-2+3")
    book = load_workbook(io.BytesIO(client_of("product_manager").get(f"{FILES}.xlsx").content))
    values = [cell for line in book.worksheets[0].iter_rows(min_row=2) for cell in line]
    assert {cell.data_type for cell in values} <= {"s", "n", "inlineStr"}
    assert "'=HYPERLINK(A1)" in [cell.value for cell in values]


def test_pdf_is_a_tagged_paper_with_matrix_and_register(cast, client_of, past):
    pdf = client_of("sponsor").get(f"{FILES}.pdf?since=2026-05-15").content
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"
        assert document.pages[0].MediaBox[2] > document.pages[0].MediaBox[3]
    words = words_of(pdf)
    for each in (
        "Three of 4 risks are high; one of them was not on 2026-05-15",
        "Catastrophic",
        "JSA R-005",
        "High 25",
    ):
        assert each in words, each


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_stranger_gets_no_file_of_a_product_and_an_empty_one_of_all(cast, client_of, past, kind):
    client = client_of("stranger")
    assert client.get(f"{FILES}.{kind}").status_code == 404
    answer = client.get(f"/en/risks/register.{kind}?department=all")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = words_of(content) if kind == "pdf" else content.decode("latin-1")
    assert "R-00" not in found
    assert client.get("/en/risks/register.docx").status_code == 404


def colours_of(pdf):
    """What fills areas, as the renderer writes it: three shares of one."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = [pikepdf.parse_content_stream(page) for page in document.pages]
    return [tuple(round(float(each) * 255) for each in step.operands) for steps in told for step in steps
            if str(step.operator) == "rg"]  # fmt: skip


HIGH_ON_PAPER = (0x7A, 0x14, 0x10)


def test_one_cell_of_the_grid_changes_word_and_colour_in_list_matrix_and_paper(cast, client_of):
    a_risk(cast, scores={"current": (4, 4)})
    client = client_of("product_manager")
    pdf = client.get(f"{FILES}.pdf").content
    many = colours_of(pdf).count(HIGH_ON_PAPER)
    assert '<td class="sev-high">' in tight(client.get("/en/risks/").content.decode())
    grid = RiskGrid.objects.get()
    sent = {f"cells_{at}": band for at, band in enumerate(grid.cells)} | {f"cells_{cell_index(4, 4)}": "medium"}
    admin = reverse("admin:governance_riskgrid_change", args=[grid.pk])
    assert client_of("admin").post(admin, {**sent, "version_seen": grid.version}).status_code == 302
    page = tight(client.get("/en/risks/").content.decode())
    assert '<span class="sev sev-medium"><b>16</b>Medium</span>' in page
    assert '<span class="word">Medium 16</span>' in page
    assert '<td class="sev-high">' not in page
    pdf = client.get(f"{FILES}.pdf").content
    assert "Medium 16" in words_of(pdf)
    assert colours_of(pdf).count(HIGH_ON_PAPER) < many
    yesterday = clock.today() - timedelta(days=1)
    assert '<span class="word">High 16</span>' in tight(client.get(f"/en/risks/?on={yesterday}").content.decode())
