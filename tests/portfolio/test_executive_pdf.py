"""The executive view on paper: tagged, in its language, the same bytes for the same content, and as private as the page."""

import io
import subprocess
from datetime import date

import pdfua
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from records import clock
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, approve, move, open_with_outcome


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def february(cast):
    """The milestone of February, in an approved year of eleven."""
    outcome = open_with_outcome(cast)
    february = add_milestones(outcome, cast, 11)[10]
    approve(outcome, cast)
    return february


def fetch(client, language="en", **query):
    with translation.override(language):
        return client.get(reverse("roadmap-executive-pdf", args=["JSA", 2026]), query)


def words(pdf: bytes) -> str:
    """The text of a PDF as pdftotext reads it, lines kept together."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def elements(node):
    """Every structure element below `node`."""
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "JSA-roadmap-2026-27-en"), ("fr", "JSA-feuille-de-route-2026-2027-fr")]
)
def test_pdf_is_a_private_attachment_with_a_name(client_of, february, language, name):
    response = fetch(client_of("executive"), language)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{name}.pdf";')
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pdf_is_tagged(client_of, february, language, tmp_path):
    content = fetch(client_of("executive"), language).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = list(elements(pdf.Root.StructTreeRoot))
        assert pdf.Root.Lang == language
        assert pdf.Root.MarkInfo.Marked
        assert "/Outlines" in pdf.Root
        assert "2026" in str(pdf.docinfo["/Title"])
        figures = [each for each in tree if each.S == "/Figure"]
        assert [bool(str(each.Alt)) for each in figures] == [True]
        assert all("Scope" in str(list(each.A.keys())) for each in tree if each.S == "/TH")
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
    path = tmp_path / "view.pdf"
    path.write_bytes(content)
    assert [each.message for each in pdfua.validate(str(path)).findings if each.severity.name == "ERROR"] == []


def test_pdf_says_classification_and_page_everywhere(client_of, february):
    content = fetch(client_of("executive"), "fr").content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    text = words(content)
    assert text.count("UNCLASSIFIED / NON CLASSIFIÉ") == pages
    assert f"Page {pages} " in text


def test_moved_milestone_and_the_day_before_in_the_french_pdf(client_of, cast, february):
    move(february, date(2027, 4, 1), cast, "Le partenaire est en retard")
    client = client_of("executive")
    now, before = words(fetch(client, "fr").content), words(fetch(client, "fr", at="2026-10-06").content)
    assert "+2 mois" in now
    assert "2027-04" in now
    assert "Le partenaire" in now
    assert "Le partenaire" not in before
    assert "+2 mois" not in before
    assert "2027-02" in before
    assert "Telle qu’elle était le 2026-10-06" in before


def test_same_content_is_the_same_bytes(client_of, february):
    client = client_of("executive")
    assert fetch(client).content == fetch(client).content


@pytest.mark.parametrize(
    ("paper", "size"), [("letter", (792, 612)), ("a4", (842, 595)), ("a3", (1191, 842)), ("a9", (792, 612))]
)
def test_paper_is_chosen_from_a_list(client_of, february, paper, size):
    with pikepdf.open(io.BytesIO(fetch(client_of("executive"), paper=paper).content)) as pdf:
        box = pdf.pages[0].mediabox
        assert (round(float(box[2])), round(float(box[3]))) == size


def test_bad_day_is_no_pdf(client_of, february):
    response = fetch(client_of("executive"), at="someday")
    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/html")


def test_command_writes_the_same_document(client_of, february, tmp_path):
    out = tmp_path / "view.pdf"
    call_command(
        "export_document", latest="roadmap", product="JSA", year=2026, language="fr", out=out, stdout=io.StringIO()
    )
    assert out.read_bytes() == fetch(client_of("executive"), "fr").content
    with pytest.raises(CommandError, match="does not speak of 2050"):
        call_command("export_document", latest="roadmap", product="JSA", year=2050, out=out)
