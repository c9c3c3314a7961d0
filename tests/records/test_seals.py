"""Sealed documents: for the archive and for everybody, accepted by other people's tools, and no byte changes unnoticed."""

import io
import shutil
import subprocess
from datetime import date, timedelta

import pdfua
import pikepdf
import pikepdf.pdfa
import pytest

from records import clock
from records.actions.seals import Paper, note_standing, seal_document
from records.actors import SYSTEM
from records.models import AuditEvent, Document, Seal
from records.refusals import OutOfTurn
from records.seals import authority, verdicts
from records.seals.certificate import NoCertificate, organisation_certificate
from records.seals.checking import check
from records.seals.verdicts import Answer
from tests.plugins.seals import TEXT, altered

# What the checker itself does not know: claims above level B, forms, permissions, files inside, patterns without colour.
BEYOND = ("are not supported", "is not permitted", "expected 'B'")


def said_by(program, content, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(content)
    done = subprocess.run([*program, str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def inside_the_attachment(content):
    """Where the bytes of the attached text lie in the file."""
    with pikepdf.open(io.BytesIO(content)) as document:
        raw = document.attachments["text.json"].get_file().obj.read_raw_bytes()
    return content.index(raw) + len(raw) // 2


def test_other_programs_accept_it(sealed, tmp_path):
    content = bytes(sealed.content)
    _code, told = said_by(["pdfsig"], content, tmp_path)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert said_by(["qpdf", "--check"], content, tmp_path)[0] == 0


def test_it_keeps_to_both_standards(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(bytes(sealed.content))
    assert [each.message for each in pdfua.validate(str(path)).findings if each.severity.name == "ERROR"] == []
    found = [str(each) for each in pikepdf.pdfa.validate_written(str(path), "3b").findings]
    assert [each for each in found if not any(words in each for words in BEYOND)] == []
    with pikepdf.open(path) as document:
        claims = document.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in claims
        assert 'pdfaid:conformance="A"' in claims
        assert 'pdfuaid:part="1"' in claims
        assert document.Root.Lang == "en"
        assert [str(each.AFRelationship) for each in document.Root.AF] == ["/Source"]
        widget = document.Root.AcroForm.Fields[0]
        assert (str(widget.TU), str(widget.V.Type)) == ("Sealed by trial", "/Sig")
        assert document.attachments["text.json"].get_file().read_bytes() == TEXT


def test_every_font_is_inside_and_every_header_has_a_scope(sealed):
    with pikepdf.open(io.BytesIO(bytes(sealed.content))) as document:
        fonts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        told = [each for each in fonts if each.get("/Type") == "/FontDescriptor"]
        assert told
        assert all("/FontFile2" in each or "/FontFile3" in each for each in told)
        heads = [each for each in fonts if each.get("/S") == "/TH"]
        assert {str(each.A.Scope) for each in heads} == {"/Column", "/Row"}


@pytest.mark.parametrize("place", ["page", "attachment", "end"])
def test_one_changed_byte_is_noticed(sealed, place, tmp_path):
    content = bytes(sealed.content)
    at = {"page": len(content) // 4, "attachment": inside_the_attachment(content), "end": len(content) - 20}[place]
    other = altered(content, at)
    assert "Signature is Valid" not in said_by(["pdfsig"], other, tmp_path)[1]
    assert not check(other, certificates=sealed.seal.certificate, moment=sealed.seal.sealed_at).holds
    assert verdicts.of_file(io.BytesIO(other)).answer == Answer.ALTERED


def test_what_is_added_later_is_noticed(sealed):
    longer = bytes(sealed.content) + b"\n% more"
    assert not check(longer, certificates=sealed.seal.certificate, moment=sealed.seal.sealed_at).holds
    assert verdicts.of_file(io.BytesIO(longer)).answer == Answer.ALTERED


def test_it_is_sealed_once_and_recorded(sealed, paper):
    again = seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)
    assert (again, Document.objects.count(), Seal.objects.count()) == (sealed, 1, 1)
    assert sealed.number in subprocess.run(
        ["pdftotext", "-", "-"], input=bytes(sealed.content), capture_output=True, check=True
    ).stdout.decode()  # fmt: skip
    assert AuditEvent.objects.filter(chain="trial:1").count() == 2


def test_it_is_found_by_number_hash_and_file_with_its_standing(sealed):
    ways = [
        lambda: verdicts.of_text(f" {sealed.number.lower()} "),
        lambda: verdicts.of_text(sealed.sha256.upper()),
        lambda: verdicts.of_text(sealed.seal.text_sha256),
        lambda: verdicts.of_file(io.BytesIO(bytes(sealed.content))),
    ]
    assert {way().answer for way in ways} == {Answer.CURRENT}
    note_standing(document=sealed, state="superseded", since=date(2027, 4, 1), by=SYSTEM)
    assert {(way().answer, way().standing.since) for way in ways} == {(Answer.SUPERSEDED, date(2027, 4, 1))}
    note_standing(document=sealed, state="ended", since=date(2028, 4, 1), by=SYSTEM)
    assert {way().answer for way in ways} == {Answer.ENDED}
    with pytest.raises(OutOfTurn):
        note_standing(document=sealed, state="current", since=date(2029, 4, 1), by=SYSTEM)


def test_what_is_not_ours_is_unknown(sealed):
    for typed in ("", "GH-2222-2222-2222", "0" * 64, "x" * 100_000, "\x00", "%' OR 1=1"):
        assert verdicts.of_text(typed).answer == Answer.UNKNOWN
    assert verdicts.of_file(io.BytesIO(b"%PDF-1.7 GH-2222-2222-2222")).answer == Answer.UNKNOWN


def test_after_renewal_the_old_seal_still_verifies(sealed, paper, sealed_with, sealing, tmp_path):
    renewed = tmp_path / "renewed"
    shutil.copytree(sealing, renewed)
    later = clock.now() + timedelta(days=4 * 365)
    with clock.at(later):
        with pytest.raises(NoCertificate, match="renew"):
            organisation_certificate()
        authority.issue_certificate(renewed, organisation="Department of Trials")
        sealed_with(renewed)
        second = Paper(**{**paper.__dict__, "subject_id": "2"})
        new = seal_document(paper=second, chain="trial:2", since=date(2030, 4, 1), by=SYSTEM)
        assert new.seal.fingerprint != sealed.seal.fingerprint
        for each in (sealed, new):
            assert verdicts.of_file(io.BytesIO(bytes(each.content))).answer == Answer.CURRENT
            found = check(bytes(each.content), certificates=each.seal.certificate, moment=each.seal.sealed_at)
            assert (found.holds, found.fingerprint) == (True, each.seal.fingerprint)


def test_without_a_certificate_nothing_is_sealed_and_it_says_so(db, paper, settings):
    for name in authority.FILES:
        setattr(settings, name, "")
    with pytest.raises(NoCertificate, match="SEAL_CERTIFICATE"):
        seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)
    assert Document.objects.count() == 0


def test_key_that_does_not_fit_is_refused(db, paper, sealing, settings):
    settings.SEAL_KEY = str(sealing / authority.AUTHORITY_KEY)
    with pytest.raises(NoCertificate, match="not the key"):
        seal_document(paper=paper, chain="trial:1", since=date(2026, 4, 1), by=SYSTEM)
