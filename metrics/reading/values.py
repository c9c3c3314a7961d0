"""The four measures of a month as values, each with its n, or with the reason why there is none (dora.md §2.4)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from metrics.models import DeclaredMonth, DoraSnapshot
from metrics.states import Metric


class Missing(TextChoices):
    """Why there is nothing to show. Never zero (ux.md A9)."""

    NOT_REPORTED = "not_reported", _("Not reported")
    NEVER_DEPLOYED = "never_deployed", _("Never deployed")
    NO_DEPLOYMENTS = "no_deployments", _("No deployments")
    NO_CHANGES = "no_changes", _("No changes shipped")
    NO_INCIDENT_SOURCE = "no_incident_source", _("No incident feed")
    NONE_RESOLVED = "no_resolved_incidents", _("None resolved")
    NOT_DECLARED = "not_declared", _("Not declared")


@dataclass(frozen=True)
class Value:
    """`amount`: deployments, seconds, or a rate from 0 to 1; None where `missing` says why."""

    amount: Decimal | None = None
    n: int | None = None
    p90: Decimal | None = None
    level: str = ""
    missing: str = ""


Values = dict[Metric, Value]
NOT_REPORTED: Values = {metric: Value(missing=Missing.NOT_REPORTED) for metric in Metric}


def computed(row: DoraSnapshot) -> Values:
    """The values of a computed month."""
    return {
        Metric.DEPLOYMENT_FREQUENCY: _frequency(row),
        Metric.LEAD_TIME: _lead_time(row),
        Metric.CHANGE_FAILURE: _failures(row),
        Metric.TIME_TO_RESTORE: _restore(row),
    }


def _undeployed(row: DoraSnapshot) -> str:
    if not row.ever_deployed:
        return Missing.NEVER_DEPLOYED
    return "" if row.deployment_count else Missing.NO_DEPLOYMENTS


def _frequency(row: DoraSnapshot) -> Value:
    if not row.ever_deployed:
        return Value(n=0, missing=Missing.NEVER_DEPLOYED)
    return Value(Decimal(row.deployment_count), row.deployment_count, level=row.deployment_frequency_level)


def _lead_time(row: DoraSnapshot) -> Value:
    if row.lead_time_p50_seconds is None:
        return Value(n=row.change_count, missing=_undeployed(row) or Missing.NO_CHANGES)
    return Value(row.lead_time_p50_seconds, row.change_count, row.lead_time_p90_seconds, row.lead_time_level)


def _failures(row: DoraSnapshot) -> Value:
    missing = _undeployed(row)
    if missing or row.failed_deployment_count is None:
        return Value(n=row.deployment_count, missing=missing or Missing.NO_INCIDENT_SOURCE)
    share = Decimal(row.failed_deployment_count) / row.deployment_count
    return Value(share, row.deployment_count, level=row.change_failure_level)


def _restore(row: DoraSnapshot) -> Value:
    if not row.has_incident_feed:
        return Value(missing=Missing.NO_INCIDENT_SOURCE)
    if row.time_to_restore_p50_seconds is None:
        return Value(n=row.restored_incident_count, missing=Missing.NONE_RESOLVED)
    return Value(
        row.time_to_restore_p50_seconds,
        row.restored_incident_count,
        row.time_to_restore_p90_seconds,
        row.time_to_restore_level,
    )


def declared(row: DeclaredMonth) -> Values:
    """The values a team declared. They carry no level: nothing computed is compared with them."""
    count, failed = row.deployment_count, row.failed_deployment_count
    return {
        Metric.DEPLOYMENT_FREQUENCY: _typed(count, count),
        Metric.LEAD_TIME: _typed(row.lead_time_p50_seconds, row.change_count),
        Metric.CHANGE_FAILURE: _typed_share(failed, count),
        Metric.TIME_TO_RESTORE: _typed(row.time_to_restore_p50_seconds, row.restored_incident_count),
    }


def _typed(amount: Decimal | int | None, n: int | None) -> Value:
    return Value(n=n, missing=Missing.NOT_DECLARED) if amount is None else Value(Decimal(amount), n)


def _typed_share(failed: int | None, count: int | None) -> Value:
    if count == 0:
        return Value(n=0, missing=Missing.NO_DEPLOYMENTS)
    if failed is None or count is None:
        return Value(n=count, missing=Missing.NOT_DECLARED)
    return Value(Decimal(failed) / count, count)
