"""Files as artefacts: kept as evidence, submitted only once they were found clean, handed on to the next attempt (S-12)."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions.artefacts import attach_file
from governance.actions.reviews import begin_review, submit_review, withdraw_review
from governance.gates.inputs import artefacts_of
from governance.gates.submitting import problems
from governance.models import Artefact
from records import jobs
from records.evidence import storing
from records.models import EvidenceFile
from records.refusals import Refused
from tests.governance.gate_world import gate, prepared
from tests.records import samples


@pytest.fixture(autouse=True)
def own_media(media):
    return media


@pytest.fixture
def lead(town):
    return town.cast.product_manager


@pytest.fixture
def review(town, lead):
    return prepared(town.cast.product, 1, lead)


def attach(review, by, content=None, name="Business case.pdf", **values):
    return attach_file(review=review, file=ContentFile(content or samples.pdf(), name), by=by, **values)


def test_file_is_attached_and_part_of_what_is_submitted(review, lead):
    artefact = attach(review, lead, version_label="2.0")
    assert (artefact.title, artefact.source, artefact.is_file) == ("Business case.pdf", "file", True)
    assert artefact.evidence.chain() == review.chain()
    submitted = submit_review(review=review, by=lead)
    told = submitted.package.content["artefacts"][-1]
    assert told["sha256"] == artefact.evidence.sha256
    assert told["file"] == {"name": "Business case.pdf", "type": "application/pdf", "size": artefact.evidence.size}


def test_bad_file_is_refused_and_nothing_is_attached(review, lead):
    before = Artefact.objects.count()
    with pytest.raises(ValidationError) as refused:
        attach(review, lead, b"<html>", "page.html")
    assert "Web pages can carry programs" in refused.value.message_dict["file"][0]
    assert (Artefact.objects.count(), EvidenceFile.objects.count()) == (before, 0)


def test_stranger_attaches_nothing_and_leaves_no_file(review, town, media):
    with pytest.raises(Refused):
        attach(review, town.cast.colleague)
    assert not media.exists()


def test_file_that_waits_or_was_refused_cannot_be_submitted(review, lead, scanned):
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    artefact = attach(review, lead)
    assert problems(review)["extras"] == ["Business case.pdf still waits for its scan. Try again in a minute."]
    with pytest.raises(ValidationError, match="still waits for its scan"):
        submit_review(review=review, by=lead)
    storing.discard(artefact.evidence.stored_name)
    jobs.run_due()
    assert problems(review)["extras"] == ["Business case.pdf was refused. Remove it, and attach another file."]


def test_next_attempt_begins_with_the_same_file(review, lead, town):
    artefact = attach(review, lead)
    submitted = submit_review(review=review, by=lead)
    withdraw_review(review=submitted, reason="A figure was wrong", by=lead)
    again = begin_review(product=town.cast.product, gate=gate(1), by=lead)
    assert [each.evidence for each in artefacts_of(again) if each.is_file] == [artefact.evidence]


def at(name, review, **more):
    return reverse(name, kwargs={"key": review.pk, **more})


def upload(client, review, name="Business case.pdf", content=None, **more):
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    return client.post(at("extra-file", review), {"file": file, "title": "Business case", **more})


def test_file_is_uploaded_by_form_and_handed_out(review, client_of):
    client = client_of("product_manager")
    answer = upload(client, review, version_label="2.0")
    assert (answer.status_code, answer["Location"]) == (303, f"{at('review-prepare', review)}#extras")
    artefact = Artefact.objects.get(evidence__isnull=False)
    given = client.get(at("artefact-detail", review, artefact=artefact.pk))
    assert b"".join(given.streaming_content).startswith(b"%PDF-")
    assert "Business%20case.pdf" in given["Content-Disposition"]
    assert client_of("colleague").get(at("artefact-detail", review, artefact=artefact.pk)).status_code == 404
    assert (
        '>Business case</a> <span class="soft">Business case.pdf, '
        in client.get(at("review-prepare", review)).content.decode()
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("page.html", b"<html>", "Web pages can carry programs"), ("a.pdf", b"", "The file is empty.")],
)
def test_form_says_what_is_wrong_with_a_file_and_keeps_the_rest(review, client_of, name, content, words):
    answer = upload(client_of("product_manager"), review, name, content, version_label="2.0 of May")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "2.0 of May" in answer.content.decode()
    assert not Artefact.objects.filter(evidence__isnull=False).exists()


def test_page_says_that_a_file_waits(review, client_of, scanned):
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    client = client_of("product_manager")
    upload(client, review)
    assert "Waits for its scan" in client.get(at("review-prepare", review)).content.decode()
    artefact = Artefact.objects.get(evidence__isnull=False)
    assert client.get(at("artefact-detail", review, artefact=artefact.pk)).status_code == 409
