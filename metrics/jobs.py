"""Work of this floor. Rows that wait (pending deliveries, stale months) are the promise; a job only does them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from metrics.actions.kpis import keep_team_stability
from metrics.compiling import close_due, compile_groups, compile_missing, compile_stale
from metrics.models import DeliveryLogEntry, StaleMonth
from metrics.reading_again import read_again
from metrics.storing.pending import apply_pending, has_pending
from products.fiscal import add_months
from records import clock
from records.actors import SYSTEM
from records.jobs import daily, job, waiting

AHEAD = 3


@waiting("metrics.apply_deliveries", has_pending)
def apply_deliveries(payload: dict[str, Any]) -> dict[str, Any]:
    """Store what was received among the facts."""
    return {"deliveries": apply_pending()}


@job("metrics.read_again")
def read_source_again(payload: dict[str, Any]) -> dict[str, Any]:
    """Read what a source delivered with the names as they are mapped now."""
    return {"deliveries": read_again(UUID(payload["source"]))}


@waiting("metrics.compile_stale", lambda: StaleMonth.objects.filter(waits_for_approval=False).exists())
def compile_stale_months(payload: dict[str, Any]) -> dict[str, Any]:
    """Compute the months whose events changed."""
    outcome = compile_stale()
    return {"compiled": outcome.compiled, "changed": outcome.changed}


@daily("metrics.nightly")
def nightly(payload: dict[str, Any]) -> dict[str, Any]:
    """Compute the months that ended without a row, then what products that moved left behind; close what is due."""
    outcome = compile_missing()
    groups = compile_groups()
    return {"compiled": outcome.compiled, "changed": outcome.changed, "groups": groups, "closed": close_due()}


@daily("metrics.make_partitions")
def make_partitions(payload: dict[str, Any]) -> None:
    """Make the partitions of raw deliveries for this month and the next ones, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT date_trunc('month', now())::date")
        month: date = cursor.fetchone()[0]
        for ahead in range(1, AHEAD + 1):
            cursor.execute("SELECT metrics_make_partition(%s)", [add_months(month, ahead)])


@daily("metrics.forget_log")
def forget_log(payload: dict[str, Any]) -> dict[str, Any]:
    """Forget what the logs of sources say after 400 days; the deliveries themselves stay."""
    old = DeliveryLogEntry.objects.filter(at__lt=clock.now() - timedelta(days=400))
    return {"entries": old.delete()[0]}


@daily("metrics.team_stability")
def compute_team_stability(payload: dict[str, Any]) -> dict[str, Any]:
    """A quarter that ended and has no value gets one; the missing row decides, not the day."""
    return {"indicators": keep_team_stability(SYSTEM)}
