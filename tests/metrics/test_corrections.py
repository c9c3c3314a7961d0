"""Corrections of the team: what they change in the figures, what they leave, who may, what the trail keeps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from metrics.actions.corrections import approve_restatement, link_incident, void_deployment
from metrics.compiling.work import compile_stale
from metrics.models import Deployment, DoraSnapshot, Incident, StaleMonth
from products.models import Product
from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from tests.metrics.delivered import compiled, deliver, deployment, incident

MAY = date(2026, 5, 1)
PAGE = "/en/products/JSA/metrics/"
HOUR = timedelta(hours=1)


def at(day, hour=12):
    return datetime(2026, 5, day, hour, tzinfo=UTC)


@pytest.fixture(autouse=True)
def month(cast):
    """Two deployments, and an incident after the second; closed."""
    with clock.at(datetime(2026, 6, 8, 12, tzinfo=UTC)):
        deliver(
            cast.product, deployment("d1", at(4), HOUR), deployment("d2", at(11), HOUR), incident("i1", at(12), HOUR)
        )
        compiled(cast.product, MAY)
        StaleMonth.objects.all().delete()
        yield


def figures():
    compile_stale()
    row = DoraSnapshot.objects.filter(scope="product", period="month", starts_on=MAY).current().get()
    return row.deployment_count, row.failed_deployment_count


def keys():
    return Deployment.objects.get(external_id="d2").pk, Incident.objects.get().pk


def test_deployment_is_left_out_and_counted_again(cast, client_of):
    assert figures() == (2, 1)
    client, (deployment_pk, _incident) = client_of("support_manager"), keys()
    answer = client.post(f"{PAGE}deployments/{deployment_pk}/leave-out/", {"reason": "Reported twice"})
    assert answer["Location"] == f"{PAGE}2026-05/deployments/"
    assert figures() == (1, 1)
    text = client.get(f"{PAGE}2026-05/deployments/").content.decode()
    assert "The team left one deployment out" in text
    assert "Left out by Support Manager" in text
    assert "Reported twice" in text
    client.post(f"{PAGE}deployments/{deployment_pk}/count-again/", {"reason": "It was real"})
    assert figures() == (2, 1)
    assert "Counted again by Support Manager" in client.get(f"{PAGE}2026-05/deployments/").content.decode()


def test_next_delivery_of_the_source_does_not_undo_it(cast):
    void_deployment(deployment=Deployment.objects.get(external_id="d2"), by=cast.product_manager, reason="No release")
    deliver(cast.product, deployment("d2", at(11), HOUR, updated_at=at(20)))
    assert figures() == (1, 1)


@pytest.mark.parametrize(("choice", "failed"), [("d1", 1), ("none", 0), ("source", 1)])
def test_incident_is_laid_to_a_deployment_to_none_or_left_to_its_source(cast, client_of, choice, failed):
    client, (_deployment, pk) = client_of("product_manager"), keys()
    if choice == "source":
        client.post(f"{PAGE}incidents/{pk}/deployment/", {"deployment": "none", "reason": "A supplier"})
    named = Deployment.objects.filter(external_id=choice).values_list("pk", flat=True).first()
    answer = client.post(f"{PAGE}incidents/{pk}/deployment/", {"deployment": named or choice, "reason": "We looked"})
    assert answer.status_code == 303
    assert figures() == (2, failed)
    laid = Incident.objects.get().attributed_to
    assert (laid and laid.external_id) == {"d1": "d1", "none": None, "source": "d2"}[choice]
    text = client.get(f"{PAGE}2026-05/incidents/").content.decode()
    assert "by Product Manager" in text
    assert "We looked" in text


def test_correction_restates_the_closed_month_with_its_cause(cast, client_of):
    client, (_deployment, pk) = client_of("product_manager"), keys()
    client.post(f"{PAGE}incidents/{pk}/deployment/", {"deployment": "none", "reason": "Traced to a supplier"})
    assert "They are being computed" in client.get(f"{PAGE}2026-05/").content.decode()
    compile_stale()
    text = " ".join(client.get(f"{PAGE}2026-05/").content.decode().split())
    assert "0% (n 2), was 50% (n 2)" in text
    assert "Traced to a supplier" in text


def test_corrections_computed_together_all_tell_their_cause(cast):
    first, second = Deployment.objects.get(external_id="d1"), Deployment.objects.get(external_id="d2")
    void_deployment(deployment=first, by=cast.product_manager, reason="Reported twice")
    void_deployment(deployment=second, by=cast.product_manager, reason="A rehearsal")
    deliver(cast.product, deployment("d3", at(13), HOUR))
    assert figures() == (1, 0)
    row = DoraSnapshot.objects.filter(scope="product", period="month", starts_on=MAY).current().get()
    assert (row.reason, row.cause) == ("correction", "Reported twice; A rehearsal")


def test_trail_keeps_the_correction(cast, client_of):
    _deployment, pk = keys()
    client_of("product_manager").post(
        f"{PAGE}incidents/{pk}/deployment/", {"deployment": "none", "reason": "A supplier"}
    )
    event = AuditEvent.objects.get(event="incident linked to no deployment")
    assert event.changes == {"laid_to": ["d2", None]}
    assert event.reason == "A supplier"
    text = client_of("product_manager").get("/en/products/JSA/history/?topic=delivery").content.decode()
    assert "laid an incident to no deployment" in text


def test_correction_needs_a_reason_and_a_change(cast, client_of):
    pk, _incident = keys()
    answer = client_of("product_manager").post(f"{PAGE}deployments/{pk}/leave-out/", {"reason": " "})
    assert answer.status_code == 422
    found = Deployment.objects.get(pk=pk)
    void_deployment(deployment=found, by=cast.product_manager, reason="No release")
    with pytest.raises(Conflict):
        void_deployment(deployment=found, by=cast.product_manager, reason="No release")


def test_deployment_of_another_product_is_refused(cast):
    other = Product.objects.get()
    foreign = Deployment.objects.get(external_id="d1")
    foreign.product_id = other.pk.__class__(int=1)
    with pytest.raises(ValidationError):
        link_incident(incident=Incident.objects.get(), deployment=foreign, by=cast.product_manager, reason="x")


def test_corrections_are_for_the_team(client_of):
    deployment_pk, incident_pk = keys()
    for path in (f"deployments/{deployment_pk}/leave-out/", f"incidents/{incident_pk}/deployment/"):
        assert client_of("colleague").post(PAGE + path, {"reason": "x"}).status_code == 403
        assert client_of("stranger").get(PAGE + path).status_code == 404
    assert Deployment.objects.filter(voided_by_team=True).count() == 0


def test_old_restatement_waits_until_it_is_approved(cast, client_of):
    with clock.at(datetime(2027, 9, 8, tzinfo=UTC)):
        deliver(cast.product, deployment("late", at(20), HOUR))
        assert figures() == (2, 1)
        client = client_of("product_manager")
        assert "One restatement waits for approval" in client.get(f"{PAGE}settings/").content.decode()
        assert client.post(f"{PAGE}2026-05/approve/", {"reason": ""}).status_code == 422
        client.post(f"{PAGE}2026-05/approve/", {"reason": "The pipeline was down"})
        assert figures() == (3, 1)


def test_only_those_who_lead_approve(cast):
    StaleMonth.objects.create(product=cast.product, month=MAY, reason="late_event", waits_for_approval=True)
    with pytest.raises(Refused):
        approve_restatement(product=cast.product, month=MAY, by=cast.product_owner, reason="x")
    approve_restatement(product=cast.product, month=MAY, by=cast.product_manager, reason="x")
    with pytest.raises(Conflict):
        approve_restatement(product=cast.product, month=MAY, by=cast.product_manager, reason="x")
