"""The preview of an upload in the reader's words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from metrics.models import DeliverySettings
from metrics.states import DeploymentStatus, Environment, IncidentStatus


def told(preview: dict[str, Any], *, one_product: str) -> dict[str, Any]:
    """What the templates show. Codes of products are left out where the file concerns `one_product` only."""
    codes = {line[0] for name in ("deployments", "incidents", "months", "settings") for line in preview[name]}
    return {
        "kinds": preview["kinds"],
        "effects": preview["effects"],
        "has_effect": bool(preview["effects"]["new"] or preview["effects"]["newer"] or preview["settings"]),
        "files": preview["files"],
        "names_products": bool(codes - {one_product}),
        "months": preview["months"],
        "restates": any(closed for _code, _month, _count, closed in preview["months"]),
        "settings": [_setting(*line) for line in preview["settings"]],
        "deployments": [_deployment(*line) for line in preview["deployments"]],
        "incidents": [_incident(*line) for line in preview["incidents"]],
    }


def _setting(code: str, name: str, before: Any, after: Any) -> dict[str, Any]:
    label = DeliverySettings._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return {"code": code, "label": label, "before": _value(before), "after": _value(after)}


def _value(value: Any) -> str:
    if value is None:
        return _("none")
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _deployment(
    code: str, source: str, key: str, environment: str, status: str, at: str, commits: Any
) -> dict[str, Any]:
    return {
        "code": code,
        "source": source,
        "id": key,
        "environment": Environment(environment).label,
        "status": DeploymentStatus(status).label,
        "finished_at": _instant(at),
        "commits": commits,
    }


def _incident(code: str, source: str, key: str, status: str, start: str, end: str) -> dict[str, Any]:
    return {
        "code": code,
        "source": source,
        "id": key,
        "status": IncidentStatus(status).label,
        "started_at": _instant(start),
        "resolved_at": _instant(end),
    }


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
