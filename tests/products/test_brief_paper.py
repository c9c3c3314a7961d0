"""The brief on paper: tagged, titled, in its language, its structure on one page (PDF/UA-1)."""

import io

import pikepdf
import pytest

from people.models import Person
from products.actions.briefs import publish_brief
from products.actions.structure import add_position
from products.brief.paper import brief_pdf
from products.models import Position
from records import jobs
from records.models import Document
from tests.products.brief import SINCE, fill_brief


@pytest.fixture
def version(cast):
    fill_brief(cast)
    return publish_brief(product=cast.product, by=cast.product_manager, seen=0)


def opened(version, language):
    return pikepdf.open(io.BytesIO(brief_pdf(version, language=language)))


def tagged(pdf, kind):
    """Every structure element of one kind."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)
                found += [kid] if f"/{kind}" == kid.S else []
    return found


@pytest.mark.parametrize(("language", "name"), [("en", "Job Seeker Account"), ("fr", "Compte du chercheur d’emploi")])
def test_paper_says_its_language_and_title_and_is_tagged(version, language, name):
    pdf = opened(version, language)

    assert str(pdf.Root.Lang) == language
    assert name in str(pdf.docinfo["/Title"])
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)


def test_paper_describes_its_pictures_and_scopes_its_heads(version):
    pdf = opened(version, "en")

    alternatives = [str(figure.get("/Alt", "")) for figure in tagged(pdf, "Figure")]
    assert "Cross-organisational structure: 2 positions from 1 branch, 1 vacant." in alternatives
    assert any(text.startswith("Governance structure: 1 body") for text in alternatives)
    assert all(alternatives)
    assert {str(head.A.Scope) for head in tagged(pdf, "TH")} == {"/Column", "/Row"}


def test_paper_keeps_forty_positions_on_one_page(cast, version):
    top, people = Position.objects.get(title_en="Director"), list(Person.objects.all())
    for number in range(38):
        add_position(
            product=cast.product,
            by=cast.product_manager,
            starts_on=SINCE,
            title_en=f"Developer of part {number}",
            title_fr=f"Développeuse de la partie {number}",
            branch=cast.branch,
            holder=people[number % len(people)],
            reports_to=top if number < 5 else Position.objects.get(title_en=f"Developer of part {number % 5}"),
        )
    again = publish_brief(product=cast.product, by=cast.product_manager, seen=1)

    pdf = opened(again, "fr")

    pages = [index for index, page in enumerate(pdf.pages) if b"/Figure" in page.Contents.read_bytes()]
    assert len(pages) == 2  # the structure on one, governance on another


def test_document_is_made_once_and_stays(version):
    jobs.run_due()
    first = {each.language: each.sha256 for each in Document.objects.all()}

    from products.jobs import render_brief

    render_brief({"version": str(version.pk)})

    assert set(first) == {"en", "fr"}
    assert {each.language: each.sha256 for each in Document.objects.all()} == first
