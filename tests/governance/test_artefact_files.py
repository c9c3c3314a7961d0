"""Files as artefacts: kept as evidence, submitted only once they were found clean, handed on to the next attempt (S-12)."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

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
    assert problems(review)["artefacts"] == ["Business case.pdf still waits for its scan. Try again in a minute."]
    with pytest.raises(ValidationError, match="still waits for its scan"):
        submit_review(review=review, by=lead)
    storing.discard(artefact.evidence.stored_name)
    jobs.run_due()
    assert problems(review)["artefacts"] == ["Business case.pdf was refused. Remove it, and attach another file."]


def test_next_attempt_begins_with_the_same_file(review, lead, town):
    artefact = attach(review, lead)
    submitted = submit_review(review=review, by=lead)
    withdraw_review(review=submitted, reason="A figure was wrong", by=lead)
    again = begin_review(product=town.cast.product, gate=gate(1), by=lead)
    assert [each.evidence for each in artefacts_of(again) if each.is_file] == [artefact.evidence]
