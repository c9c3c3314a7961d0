"""What the team corrects in what its sources told, with a reason; the sources' own telling stays (dora.md §2.2, §2.3)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from metrics import events
from metrics.models import Deployment, Incident, StaleMonth
from metrics.permissions import may_approve_restatement, may_correct_delivery
from metrics.storing import correct_deployment, correct_incident, lock_products
from people.permissions import require
from products.models import Product
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record

gettext_noop("laid to")  # the name of the change that the trail keeps


@act
def void_deployment(*, deployment: Deployment, by: Actor, reason: str) -> None:
    """Leave a deployment out of every measure: it was none, or was reported twice."""
    _set_voided(deployment, True, by=by, reason=reason)


@act
def restore_deployment(*, deployment: Deployment, by: Actor, reason: str) -> None:
    """Count a deployment again that the team had left out."""
    _set_voided(deployment, False, by=by, reason=reason)


def _set_voided(deployment: Deployment, voided: bool, *, by: Actor, reason: str) -> None:
    require(may_correct_delivery(by, deployment.product))
    _say_why(reason)
    lock_products([deployment.product_id])
    deployment.refresh_from_db()
    if deployment.voided_by_team == voided:
        raise Conflict(_("It is left out already.") if voided else _("It is counted already."))
    correct_deployment(deployment, voided=voided, detail=reason)
    event = events.DEPLOYMENT_VOIDED if voided else events.DEPLOYMENT_RESTORED
    record(event, on=deployment, by=by, changes={"voided_by_team": [not voided, voided]}, reason=reason)


@act
def link_incident(*, incident: Incident, deployment: Deployment, by: Actor, reason: str) -> None:
    """Lay an incident to a deployment of the same product, whatever its source says."""
    if deployment.product_id != incident.product_id:
        raise ValidationError({"deployment": _("Choose a deployment of this product.")})
    _lay(incident, True, deployment, events.INCIDENT_LINKED, by=by, reason=reason)


@act
def unlink_incident(*, incident: Incident, by: Actor, reason: str) -> None:
    """Lay an incident to no deployment: nothing that was shipped caused it."""
    _lay(incident, True, None, events.INCIDENT_UNLINKED, by=by, reason=reason)


@act
def release_incident_link(*, incident: Incident, by: Actor, reason: str) -> None:
    """Leave it to the source, or to the attribution window, again."""
    _lay(incident, False, None, events.INCIDENT_LINK_RELEASED, by=by, reason=reason)


def _lay(
    incident: Incident, by_team: bool, deployment: Deployment | None, event: str, *, by: Actor, reason: str
) -> None:
    require(may_correct_delivery(by, incident.product))
    _say_why(reason)
    lock_products([incident.product_id])
    incident.refresh_from_db()
    key = deployment.pk if deployment else None
    if (incident.linked_by_team, incident.team_deployment_id) == (by_team, key):
        raise Conflict(_("It is laid so already."))
    before = _laid_to(incident)
    correct_incident(incident, linked_by_team=by_team, deployment=deployment, detail=reason)
    incident.refresh_from_db()
    record(event, on=incident, by=by, changes={"laid_to": [before, _laid_to(incident)]}, reason=reason)


def _laid_to(incident: Incident) -> str | None:
    return incident.attributed_to.external_id if incident.attributed_to else None


@act
def approve_restatement(*, product: Product, month: date, by: Actor, reason: str) -> None:
    """Let late events change a month that was closed long ago."""
    require(may_approve_restatement(by, product))
    _say_why(reason)
    waiting = StaleMonth.objects.filter(product=product, month=month, waits_for_approval=True)
    if not waiting.update(waits_for_approval=False):
        raise Conflict(_("Nothing waits for approval in this month."))
    record(events.RESTATEMENT_APPROVED, on=product, by=by, changes={"month": [None, f"{month:%Y-%m}"]}, reason=reason)


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
