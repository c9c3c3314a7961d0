"""Incidents of CDEvents name an artifact; they are laid to the deployment that brought it (dora.md §3.1)."""

import itertools

import pytest

from metrics.models import Deployment, Incident
from metrics.storing.pending import apply_pending
from tests.metrics import payloads
from tests.metrics.payloads import DIGEST
from tests.metrics.sending import connected

OTHER = "f" * 64


def told(kind, number, at, digest, subject="app"):
    event = payloads.cdevent(kind, number, subject=subject, artifactId=f"pkg:oci/app@sha256%3A{digest}")
    event["context"]["timestamp"] = f"2026-10-05T{at}:00Z"
    return event


STORY = [
    told("service.deployed", "good", "09:00", DIGEST),
    told("service.deployed", "bad", "10:00", OTHER),
    told("incident.detected", "noticed", "11:00", DIGEST, "inc-1"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_incident_is_laid_to_what_brought_its_artifact_in_whatever_order(cast, order):
    sender = connected(cast, "cdevents", reports_incidents=True)
    for number in order:
        assert sender.signed(STORY[number]).status_code == 202
        apply_pending()
    assert Incident.objects.get().attributed_to.external_id == "good"


def test_artifact_that_nothing_brought_leaves_the_last_deployment_before(cast):
    sender = connected(cast, "cdevents", reports_incidents=True)
    for event in (*STORY[:2], told("incident.detected", "noticed", "11:00", "a" * 64, "inc-1")):
        sender.signed(event)
    apply_pending()
    assert Deployment.objects.count() == 2
    assert Incident.objects.get().attributed_to.external_id == "bad"
