"""Every governed row there is, with its version: equal before and after means that nothing was written."""

from typing import Any

from django.apps import apps

from metrics.models import DeliveryUpload, Deployment, DoraSnapshot, Incident, StaleMonth
from records.models.governed import Governed

MODELS = [model for model in apps.get_models() if issubclass(model, Governed)]
# What machines write and people correct has no version; the fields that people's acts change stand for it.
CORRECTED = {
    Deployment: "voided_by_team",
    Incident: "team_deployment_id",
    StaleMonth: "waits_for_approval",
    DeliveryUpload: "applied_at",
    DoraSnapshot: "revision",
}


def governed_rows() -> dict[str, dict[Any, Any]]:
    """Table → key → version, or what stands for it."""
    versions = dict.fromkeys(MODELS, "version") | CORRECTED
    return {model.__name__: dict(model._base_manager.values_list("pk", name)) for model, name in versions.items()}
