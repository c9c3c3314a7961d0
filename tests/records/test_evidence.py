"""Evidence is kept in quarantine until a real scanner has looked, whatever breaks meanwhile (S-12, R-24, R-25)."""

import hashlib
import io
import os
import socket
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from config.bodies import with_whole_bodies
from config.wsgi import application
from records import clock, jobs
from records.actions.evidence import keep_evidence, scan_evidence
from records.actors import SYSTEM
from records.acts import act
from records.evidence import scanning, storing, work
from records.models import AuditEvent, EvidenceFile, Job, JobState
from records.refusals import Conflict
from records.trail import INSTALLATION
from tests.plugins.files import EICAR
from tests.portfolio.roadmap_year import NOVEMBER
from tests.records import samples
from tests.records.test_jobs import due_now, other_process

TEXT = b"Minutes of the meeting"


@pytest.fixture(autouse=True)
def own_media(media):
    return media


def keep(content=TEXT, name="minutes.txt", by=SYSTEM):
    return keep_evidence(file=ContentFile(content, name), chain=INSTALLATION, by=by)


def lying():
    return [path.parent.name for each in ("quarantine", "evidence") for path in storing.folder(each).iterdir()]


def states():
    return sorted(EvidenceFile.objects.values_list("state", flat=True))


def test_file_is_whole_on_the_disk_and_in_the_trail(db, media):
    evidence = keep(samples.pdf(), "Décision.pdf")
    path = media / "evidence" / evidence.stored_name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == evidence.sha256
    assert (evidence.name, evidence.media_type, evidence.size) == (
        "Décision.pdf",
        "application/pdf",
        path.stat().st_size,
    )
    assert "cision" not in evidence.stored_name
    assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    assert list(AuditEvent.objects.order_by("number").values_list("event", flat=True)) == [
        "evidence file uploaded",
        "evidence file found clean",
    ]
    assert (evidence.state, evidence.scanner) == ("clean", "no scanner in this installation")


def test_file_waits_in_quarantine_until_it_is_scanned(db, scanned):
    evidence = keep()
    assert (states(), lying()) == (["waiting"], ["quarantine"])
    jobs.run_due()
    evidence.refresh_from_db()
    assert (states(), lying()) == (["clean"], ["evidence"])
    assert evidence.scanner.startswith("ClamAV")
    assert evidence.scanned_at is not None


@pytest.mark.parametrize("name", ["note.txt", "note.docx"])
def test_infected_file_is_refused_and_deleted(db, scanned, name, django_capture_on_commit_callbacks):
    content = samples.docx(word__note_dot_txt=EICAR) if name.endswith("docx") else EICAR
    with django_capture_on_commit_callbacks(execute=True):
        evidence = keep(content, name)
        jobs.run_due()
    evidence.refresh_from_db()
    assert evidence.state == "refused"
    assert "Eicar-Test-Signature" in evidence.reason
    assert lying() == []
    assert AuditEvent.objects.get(event="evidence file refused by the scanner").changes["state"] == [
        "waiting",
        "refused",
    ]


def test_file_keeps_waiting_while_the_scanner_is_away(db, scanned, clamd):
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    evidence = keep()
    for _try in range(jobs.ATTEMPTS):
        due_now()
        jobs.run_due(limit=1)
    assert Job.objects.get(kind="records.scan_evidence").state == JobState.PARKED
    assert (states(), lying()) == (["waiting"], ["quarantine"])
    scanned.CLAMAV_ADDRESS = clamd
    jobs.run_due()
    assert (states(), lying(), work.forgotten()) == (["clean"], ["evidence"], [])
    assert EvidenceFile.objects.get().sha256 == evidence.sha256


@pytest.fixture
def talker(tmp_path, scanned):
    """A scanner that says something else: `talker(answer)`; None hangs up, after reading everything."""
    address = str(tmp_path / "talker.sock")
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    scanned.CLAMAV_ADDRESS = address

    def say(answer):
        def talk():
            with server.accept()[0] as line:
                line.recv(1_000_000)
                line.sendall(answer)

        threading.Thread(target=talk, daemon=True).start()

    yield say
    server.close()


@pytest.mark.parametrize("answer", [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY\0"])
def test_only_a_clear_answer_counts(db, talker, answer):
    evidence = keep()
    talker(answer)
    with pytest.raises(scanning.ScannerSilent):
        scan_evidence(evidence=evidence, by=SYSTEM)
    assert (states(), lying()) == (["waiting"], ["quarantine"])


def test_scanned_file_is_not_scanned_again(db, scanned):
    evidence = keep()
    jobs.run_due()
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    assert scan_evidence(evidence=evidence, by=SYSTEM).is_clean


def test_scan_finds_a_file_that_left_quarantine_before_its_worker_died(db, scanned):
    evidence = keep()
    storing.release(evidence.stored_name)
    jobs.run_due()
    assert (states(), lying()) == (["clean"], ["evidence"])


def test_file_that_was_lost_is_refused_and_says_so(db, scanned):
    evidence = keep()
    storing.discard(evidence.stored_name)
    jobs.run_due()
    assert EvidenceFile.objects.get().reason == "lost before its scan"


KILLED_WHILE_SCANNING = """
import os, signal, django
django.setup()
from records import jobs
from records.evidence import scanning
scanning.scan = lambda path: os.kill(os.getpid(), signal.SIGKILL)
jobs.run_due()
"""


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_scanning_leaves_the_file_to_the_next(scanned, clamd, media):
    keep()
    there = {"SCANNER": "clamav", "CLAMAV_ADDRESS": clamd, "MEDIA_ROOT": str(media)}
    assert other_process(["-c", KILLED_WHILE_SCANNING], **there).returncode == -9
    assert (states(), lying()) == (["waiting"], ["quarantine"])
    due_now()
    jobs.run_due()
    assert (states(), lying()) == (["clean"], ["evidence"])
    assert AuditEvent.objects.filter(event="evidence file found clean").count() == 1


def test_refused_file_leaves_nothing(db):
    with pytest.raises(ValidationError) as refused:
        keep(b"<html>", "page.txt")
    assert list(refused.value.message_dict) == ["file"]
    assert (states(), lying()) == ([], [])


def test_act_that_fails_later_leaves_a_file_that_is_swept_after_a_day(db, media):
    @act
    def attach(*, by):
        keep(by=by)
        raise Conflict("The meeting is over.")

    with pytest.raises(Conflict):
        attach(by=SYSTEM)
    kept = keep(name="other.txt")
    (media / "quarantine" / "0123.part").write_bytes(b"half")
    assert len(lying()) == 3
    assert work.sweep({}) == {"swept": 0, "missing": 0}
    for each in ("quarantine", "evidence"):
        for path in storing.folder(each).iterdir():
            os.utime(path, (time.time() - 90_000,) * 2)
    assert work.sweep({}) == {"swept": 2, "missing": 0}
    assert storing.place_of(kept.stored_name) is not None


def test_sweeper_tells_of_files_that_are_gone(db):
    storing.discard(keep().stored_name)
    assert work.sweep({}) == {"swept": 0, "missing": 1}


def test_disk_that_refuses_is_said_and_nothing_is_kept(db, media):
    media.write_text("no folder here")
    with pytest.raises(Conflict, match="could not be stored"):
        keep()
    assert states() == []


def test_one_person_uploads_only_so_much_a_day(cast, settings):
    settings.EVIDENCE_DAILY_MB = 1
    half = b"a" * 600_000
    with clock.at(NOVEMBER):
        keep(half, by=cast.product_manager)
        with pytest.raises(ValidationError, match="more than 1 MB today"):
            keep(half, by=cast.product_manager)
        keep(half, by=cast.product_owner)
    keep(half, by=cast.product_manager)


def posted(body, length):
    """The status the whole application gives to a form of which only `body` arrives."""
    told = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": reverse("account_login"), "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(length), "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip
    application(environ, lambda status, headers: told.append(status)).close()
    return told[0][:3]


def test_upload_cut_half_way_is_no_shorter_upload_and_leaves_nothing(db, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = tmp_path, 1_000
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + b"1,2\n" * 40_000
    whole = body + b"\r\n--x--\r\n"
    assert posted(whole, len(whole)) == "403"  # a form without its protection, read to its end
    assert posted(whole[:120_000], len(whole)) == "400"
    assert list(tmp_path.iterdir()) == []


def test_body_without_a_length_is_left_alone():
    seen = []
    with_whole_bodies(lambda environ, start: seen.append(environ["wsgi.input"]) or [])({"wsgi.input": "as it is"}, None)
    assert seen == ["as it is"]


def test_uploads_may_not_lie_where_files_are_served(settings):
    settings.MEDIA_ROOT = settings.STATIC_ROOT / "uploads"
    with pytest.raises(SystemCheckError, match=r"records\.E001"):
        call_command("check", tags=["files"])


def test_installation_in_service_wants_a_scanner(settings):
    with pytest.raises(SystemCheckError, match=r"records\.E002"):
        call_command("check", deploy=True, tags=["security"])
    settings.SCANNER = "clamav"
    call_command("check", deploy=True, tags=["security"])
