"""The last signature has the final document made: once, from what was signed alone, and sent to the parties."""

import hashlib
import io
import json
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from django.core import mail
from django.core.management import call_command

from governance.actions.mou_sealing import seal_mou
from governance.mou.frozen import counted
from governance.mou.paper import paper_of
from governance.mou.sealed import Altered, paper_for
from records import clock, jobs
from records.actions.seals import note_standing
from records.actors import SYSTEM
from records.models import Document, Job, JobState, Seal
from records.pdf import html_of
from records.refusals import Conflict
from records.seals import verdicts
from tests.governance.mou_world import fresh, out, signs


@pytest.fixture
def signed(cast, sealing):
    """A memorandum that both have signed; its seal is promised, not made."""
    mou = out(cast)
    for name in ("cio", "sponsor"):
        signs(cast, mou, name)
    return fresh(mou)


def words(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u00a0", " ").split())


def inside(content):
    with pikepdf.open(io.BytesIO(content)) as document:
        return {name: each.get_file().read_bytes() for name, each in document.attachments.items()}


def test_last_signature_seals_once_and_mails_the_parties(signed, cast):
    mail.outbox.clear()
    jobs.run_due()
    mou = fresh(signed)
    document = mou.document
    assert (Document.objects.filter(kind="mou").count(), Seal.objects.count()) == (1, 1)
    assert verdicts.of_file(io.BytesIO(bytes(document.content))).answer == "current"
    assert seal_mou(mou=mou, by=SYSTEM) == document
    sent = {each.to[0]: each for each in mail.outbox if each.attachments}
    assert {cast.cio.email, cast.sponsor.email, cast.cfo.email} <= set(sent)
    name, content, kind = sent[cast.cio.email].attachments[0]
    assert (name, hashlib.sha256(content).hexdigest(), kind) == (
        f"{mou.number}-v1.pdf", document.sha256, "application/pdf",
    )  # fmt: skip


def test_document_says_it_in_both_languages_and_the_attached_text_hashes_to_what_was_signed(signed, cast):
    document = seal_mou(mou=signed, by=SYSTEM)
    said = words(bytes(document.content))
    text = signed.texts.get()
    assert [each for each in ("Certificate of signature", "Compte du chercheur d’emploi", document.number, signed.number,
                              cast.cio.name, cast.sponsor.name, text.sha256[:8]) if each not in said] == []  # fmt: skip
    files = inside(bytes(document.content))
    assert set(files) == {"text.json", "signatures.json", "unsigned.pdf"}
    assert hashlib.sha256(files["text.json"]).hexdigest() == text.sha256 == document.seal.text_sha256
    assert len(json.loads(files["signatures.json"])) == 2
    assert files["unsigned.pdf"].startswith(b"%PDF-")


def test_page_and_command_hand_out_the_very_bytes_and_say_since_when_they_have_ended(signed, cast, client_of, tmp_path):
    document = seal_mou(mou=signed, by=SYSTEM)
    code = cast.product.code
    got = client_of("sponsor").get(f"/en/products/{code}/mou/{signed.pk}/document/")
    assert (got.status_code, got.content) == (200, bytes(document.content))
    assert got["Content-Disposition"].startswith("attachment")
    assert document.number in client_of("sponsor").get(f"/fr/products/{code}/mou/{signed.pk}/").content.decode()
    assert client_of("stranger").get(f"/en/products/{code}/mou/{signed.pk}/document/").status_code == 404
    call_command("export_document", latest="mou", product=code, out=tmp_path / "mou.pdf")
    assert (tmp_path / "mou.pdf").read_bytes() == bytes(document.content)
    day = clock.today() + timedelta(days=3)
    note_standing(document=document, state="ended", since=day, by=SYSTEM)
    page = client_of("stranger").get("/en/verify/", {"q": document.number}).content.decode()
    assert ("no longer in force" in page, day.isoformat() in page) == (True, True)


def test_altered_text_is_never_sealed(signed, monkeypatch):
    monkeypatch.setattr("governance.mou.sealed.digest", lambda content: "0" * 64)
    with pytest.raises(Altered):
        paper_for(signed)
    jobs.run_due()
    assert not Document.objects.filter(kind="mou").exists()
    assert Job.objects.get(kind="seal_mou").state == JobState.QUEUED


def test_unsigned_is_refused(cast, sealing):
    with pytest.raises(Conflict):
        seal_mou(mou=out(cast), by=SYSTEM)


def test_without_a_certificate_the_work_waits_and_the_agreement_stands(signed, settings):
    settings.SEAL_KEY = ""
    jobs.run_due()
    job = Job.objects.get(kind="seal_mou")
    assert (job.state, "SEAL_CERTIFICATE" in job.last_error) == (JobState.QUEUED, True)
    assert (fresh(signed).state, fresh(signed).document) == ("in_force", None)


@pytest.mark.django_db
def test_certificate_says_how_each_signed_in_both_languages(cast):
    mou = out(cast)
    signs(cast, mou, "cio", assurance="password totp")
    text = mou.texts.get()
    html = html_of("pdf/mou.html", paper_of(text.content, signatures=counted(text), text=text), language="en")
    assert "signed here; password and code of an authenticator app" in html
    assert "signé ici; mot de passe et code" in html
    assert ">signé ici<" in html
