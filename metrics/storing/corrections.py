"""What the team corrects: columns of its own beside what the source tells, and everything that follows from them."""

from uuid import UUID

from django.db import transaction

from metrics.models import Deployment, Incident
from metrics.states import SnapshotReason
from metrics.storing import deployments, incidents, refresh
from metrics.storing.membership import derive
from metrics.storing.stale import mark_all_months
from metrics.storing.store import lock_products


@transaction.atomic
def correct_deployment(deployment: Deployment, *, voided: bool, detail: str = "") -> None:
    """Leave a deployment out of the measures, or count it again. The source's own telling stays as it is."""
    zones = _zones(deployment.product_id)
    before = deployments.states([deployment.pk])
    firsts = refresh.first_deployments([deployment.product_id])
    Deployment.objects.filter(pk=deployment.pk).update(voided_by_team=voided)
    moved = deployments.changes_in([deployment.pk]) | derive(deployment.product_id)
    name = (deployment.product_id, deployment.source, deployment.external_id)
    deployed = refresh.Deployed({name}, before, deployments.states([deployment.pk]), moved, firsts)
    refresh.refresh(zones, deployed, refresh.Fell(), instants=[], reason=SnapshotReason.CORRECTION, detail=detail)


@transaction.atomic
def correct_incident(
    incident: Incident, *, linked_by_team: bool, deployment: Deployment | None = None, detail: str = ""
) -> None:
    """Lay an incident to a deployment (or to none) by the team's word; `linked_by_team` False leaves it to its source."""
    zones = _zones(incident.product_id)
    state = incidents.states([incident.pk])
    Incident.objects.filter(pk=incident.pk).update(linked_by_team=linked_by_team, team_deployment=deployment)
    refresh.refresh(
        zones,
        refresh.Deployed(),
        refresh.Fell(state, state),
        instants=[],
        reason=SnapshotReason.CORRECTION,
        detail=detail,
    )


def _zones(product: UUID) -> dict[UUID, str]:
    return {key: row.timezone for key, row in lock_products([product]).items()}


@transaction.atomic
def remeasure(product: UUID, *, reason: SnapshotReason) -> None:
    """Lay every incident to its deployment anew and mark every month: the settings of the product changed."""
    lock_products([product])
    every = Incident.objects.filter(product=product).values_list("pk", flat=True)
    incidents.attribute(every, {}, [])
    mark_all_months([product], reason=reason)
