"""A roadmap year that a board approved is sealed as it was approved, in both languages, and offered where it is read."""

import io
import json

import pikepdf
import pytest

from records import clock, jobs
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import Document, Job, MandateKind
from records.seals import verdicts
from roadmaps.actions.years import approve_year, endorse_year, prepare_year, rebaseline_year, vet_year
from roadmaps.models import RoadmapYear
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, move, open_with_outcome


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


def decision(year, reference):
    return give_mandate(
        kind=MandateKind.DECISION, what="roadmap year", subject=year, reference=reference, by=SYSTEM
    )  # fmt: skip


@pytest.fixture
def approved(cast):
    """The year 2026, approved by a board's decision with three milestones."""
    outcome = open_with_outcome(cast)
    add_milestones(outcome, cast, 3)
    year = prepare_year(roadmap=outcome.roadmap, year=2026, by=cast.product_manager)
    vet_year(year=year, by=cast.it_manager)
    year = endorse_year(year=RoadmapYear.objects.get(), mandate=decision(year, "OPS 3"), by=cast.cfo)
    approve_year(year=year, mandate=decision(year, "INV 12"), by=cast.cfo)
    return RoadmapYear.objects.get()


def test_it_is_sealed_once_in_both_languages_and_offered(approved, cast, client_of, sealing):
    jobs.run_due()
    made = {each.language: each for each in Document.objects.filter(kind="roadmap year")}
    assert set(made) == {"en", "fr"}
    assert jobs.run_due() == 0
    with pikepdf.open(io.BytesIO(bytes(made["fr"].content))) as document:
        told = json.loads(document.attachments["roadmap-year.json"].get_file().read_bytes())
        assert document.Root.Lang == "fr"
    assert (told["decision"], len(told["milestones"])) == ("INV 12", 3)
    for address in ("/en/products/%s/roadmap/2026/", "/en/products/%s/roadmap/"):
        page = client_of("colleague").get(address % cast.product.code).content.decode()
        assert "/roadmap/2026/sealed/fr/" in page
    got = client_of("colleague").get(f"/en/products/{cast.product.code}/roadmap/2026/sealed/fr/")
    assert (got.status_code, got.content) == (200, bytes(made["fr"].content))
    assert client_of("stranger").get(f"/en/products/{cast.product.code}/roadmap/2026/sealed/fr/").status_code == 404


def test_approval_again_supersedes_what_was_sealed(approved, cast, sealing):
    jobs.run_due()
    first = Document.objects.get(kind="roadmap year", language="en")
    move(
        approved.roadmap.milestones.first(), NOVEMBER.date().replace(year=2027, month=2, day=1), cast, "Short of hands"
    )
    rebaseline_year(year=approved, mandate=decision(approved, "INV 13"), by=cast.cfo)
    jobs.run_due()
    assert verdicts.of_file(io.BytesIO(bytes(first.content))).answer == "superseded"
    assert Document.objects.filter(kind="roadmap year").count() == 4


def test_without_a_certificate_nothing_is_promised(approved):
    jobs.run_due()
    assert not Job.objects.filter(kind="portfolio.seal_year").exists()
