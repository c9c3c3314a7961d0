"""Evidence of an impact analysis as a file: kept, taken off, refused by its scan, waited for."""

from django.core.files.base import ContentFile

from people.models import Person
from records.actors import SYSTEM
from records.models import EvidenceFile
from records.writing import save
from roadmaps.actions.analyses import publish_analysis
from roadmaps.models import ImpactEdition, ImpactFinding
from tests.roadmaps.analysing import page, typed


def test_evidence_may_be_a_file_that_readers_get_once_it_is_published(analysis, client_of):
    client, where = client_of("product_manager"), page("analysis-change", analysis.release)
    sent = typed(analysis, A1_evidence_en="", A1_file=ContentFile(b"Survey of October", "survey.txt"))
    assert client.post(where, sent).status_code == 303
    finding = ImpactFinding.objects.get()
    there = page("analysis-file", analysis.release, finding.file_id)
    assert client_of("colleague").get(there).status_code == 404
    analysis.refresh_from_db()
    publish_analysis(analysis=analysis, by=Person.objects.get(name="Product Manager"))
    assert b"".join(client_of("colleague").get(there).streaming_content) == b"Survey of October"
    assert client_of("stranger").get(there).status_code == 404


def with_file(analysis, client, **state):
    """The draft saved with a file, then what its scan said; the page of the draft."""
    where = page("analysis-change", analysis.release)
    client.post(where, typed(analysis, A1_file=ContentFile(b"Survey of October", "survey.txt")))
    file = EvidenceFile.objects.get()
    for name, value in state.items():
        setattr(file, name, value)
    save(file, by=SYSTEM)
    analysis.refresh_from_db()
    return where


def test_refused_file_comes_off_and_does_not_hinder_publishing(analysis, client_of):
    client = client_of("product_manager")
    where = with_file(analysis, client, reason="Eicar found", state="refused")
    assert "Eicar found" in client.get(where).content.decode()
    assert client.post(where, typed(analysis, publish="1")).status_code == 303
    assert ImpactFinding.objects.get().file is None
    analysis.refresh_from_db()
    client.post(page("analysis-publish", analysis.release), {"version": analysis.version})
    assert ImpactEdition.objects.get().findings[0]["file"] is None


def test_file_is_taken_off_when_asked(analysis, client_of):
    client = client_of("product_manager")
    where = with_file(analysis, client)
    assert client.post(where, typed(analysis, A1_file_off="on")).status_code == 303
    assert ImpactFinding.objects.get().file is None
    assert "A1_file_off" not in client.get(where).content.decode()


def test_file_that_waits_for_its_scan_is_waited_for(analysis, client_of):
    client = client_of("product_manager")
    where = with_file(analysis, client, scanned_at=None, state="waiting")
    assert ", waits for its scan</p>" in client.get(where).content.decode()
    answer = client.post(where, typed(analysis, publish="1"))
    assert answer.status_code == 422
    assert "still waits for its scan" in answer.content.decode()


def test_file_that_is_not_kept_is_refused_at_its_field(analysis, client_of):
    sent = typed(analysis, A1_file=ContentFile(b"MZ\x90", "survey.exe"))
    answer = client_of("product_manager").post(page("analysis-change", analysis.release), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["A1_file"]
