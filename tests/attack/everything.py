"""Every governed row there is, with its version: equal before and after means that nothing was written."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

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


def _question(model: type[models.Model], name: str) -> str:
    key, value = model._meta.pk.column, model._meta.get_field(name).column
    return f"SELECT '{model.__name__}', (SELECT json_object_agg({key}, {value}) FROM \"{model._meta.db_table}\")"


# One question for all tables: asked before and after each attack, a question for each would be most of what attacks cost.
QUESTION = " UNION ALL ".join(_question(*each) for each in (dict.fromkeys(MODELS, "version") | CORRECTED).items())


def governed_rows() -> dict[str, dict[str, Any]]:
    """Table → key as text → version, or what stands for it."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        return {name: rows or {} for name, rows in cursor.fetchall()}


def every_third(names: list[str]) -> list[Any]:
    """Names for a test of many addresses that all run the same code: every third in `make test`, all in `make security`."""
    return [name if turn % 3 == 0 else pytest.param(name, marks=pytest.mark.cross) for turn, name in enumerate(names)]
