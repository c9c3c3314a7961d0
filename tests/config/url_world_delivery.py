"""One of each thing of delivery that an address may name."""

from datetime import UTC, date, datetime
from typing import Any

from metrics.actions.declared import declare_month
from metrics.models import Deployment, Incident
from tests.cast import Cast
from tests.metrics.delivered import deliver, deployment, incident

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def add_delivery(cast: Cast) -> dict[str, Any]:
    """A deployment, an incident and a declared month of the cast's product."""
    deliver(cast.product, deployment("d1", AT), incident("i1", AT))
    declared = declare_month(
        product=cast.product, month=date(2026, 4, 1), source="Log", by=cast.product_manager, deployment_count=1
    )
    return {
        "deployment": Deployment.objects.get(external_id="d1"),
        "incident": Incident.objects.get(external_id="i1"),
        "declared_month": declared,
    }
