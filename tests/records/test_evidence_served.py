"""Evidence is handed out as a file to save, once it was found clean (S-13); too large an upload is dropped on its way."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import path

from config import urls as ours
from people.models import Notice
from records import jobs
from records.actions.evidence import keep_evidence
from records.actors import SYSTEM
from records.evidence import storing
from records.evidence.serving import served
from records.models import EvidenceFile
from records.trail import INSTALLATION

pytestmark = pytest.mark.urls(__name__)


def hand_out(request, name):
    return served(request, EvidenceFile.objects.get(name=name))


def take(request):
    file = request.FILES["file"]
    return HttpResponse(f"{file.size} {len(file.read())}")


urlpatterns = [path("evidence/<str:name>", hand_out), path("take", take), *ours.urlpatterns]
for name in ("handler400", "handler403", "handler404", "handler500"):
    if hasattr(ours, name):
        globals()[name] = getattr(ours, name)


@pytest.fixture(autouse=True)
def own_media(media):
    return media


def kept(name="Décision 12%.txt", chain=INSTALLATION, by=SYSTEM):
    return keep_evidence(file=ContentFile(b"caf\xc3\xa9", name), chain=chain, by=by)


def test_file_is_saved_never_shown(client_of):
    evidence = kept()
    answer = client_of("colleague").get(f"/evidence/{evidence.name.replace('%', '%25')}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == "café".encode()
    assert {name: answer[name] for name in ("Content-Type", "Content-Length", "X-Content-Type-Options")} == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "5",
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    expected = "attachment; filename=\"D_cision 12_.txt\"; filename*=UTF-8''D%C3%A9cision%2012%25.txt"
    assert answer["Content-Disposition"] == expected


@pytest.mark.parametrize("name", ['a";x=y.txt', "a\u00a0b.txt", "line.txt"])
def test_no_name_breaks_out_of_its_header(db, rf, name):
    header = served(rf.get("/"), kept(name))["Content-Disposition"]
    assert header.count('"') == 2
    assert header.isascii()


def test_file_that_waits_is_not_handed_out(client_of, scanned):
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    kept("minutes.txt")
    jobs.run_due()
    answer = client_of("colleague").get("/evidence/minutes.txt")
    assert answer.status_code == 409
    assert "This file waits for its scan" in answer.content.decode()
    assert "caf" not in answer.content.decode()


def test_file_that_was_refused_says_why_and_its_uploader_is_told(cast, client_of, scanned):
    storing.discard(kept("minutes.txt", cast.product.chain(), cast.product_manager).stored_name)
    jobs.run_due()
    answer = client_of("colleague").get("/evidence/minutes.txt")
    assert answer.status_code == 410
    told = Notice.objects.get(kind="evidence.refused")
    assert (told.person, told.path) == (cast.product_manager, "/products/JSA/")
    assert told.text_en == "Your file minutes.txt was lost before it could be scanned. Please upload it again."
    assert "was lost before it could be scanned" in answer.content.decode()


def test_file_that_is_gone_is_told_from_one_that_never_was(client_of):
    storing.discard(kept("minutes.txt").stored_name)
    assert client_of("colleague").get("/evidence/minutes.txt").status_code == 503


def test_nothing_is_taken_in_beyond_the_largest_upload(client_of, settings):
    settings.UPLOAD_MOST_BYTES = 200_000
    client = client_of("colleague")
    small = client.post("/take", {"file": SimpleUploadedFile("a.txt", b"a" * 200_000)})
    large = client.post("/take", {"file": SimpleUploadedFile("a.txt", b"a" * 200_001)})
    assert (small.content, large.content) == (b"200000 200000", b"200001 0")
    two = client.post(
        "/take",
        {"other": SimpleUploadedFile("b.txt", b"b" * 150_000), "file": SimpleUploadedFile("a.txt", b"a" * 60_000)},
    )
    assert two.content == b"60000 0"
