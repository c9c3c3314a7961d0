"""The second line of a month: recovery of failed deployments, rework, open incidents, and faults in the data."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from metrics.models import DoraSnapshot
from metrics.reading.amounts import duration, rate
from metrics.reading.months import Month, MonthState
from metrics.reading.values import Missing
from people.wording import figure


@dataclass(frozen=True)
class Tile:
    name: str
    big: str
    words: str


def second_line(month: Month) -> list[Tile]:
    """Three tiles for a computed month, nothing for any other."""
    if not month.is_computed or month.row is None:
        return []
    return [_recovery(month.row), _rework(month.row), _open(month.row, month.state == MonthState.RUNNING)]


def _recovery(row: DoraSnapshot) -> Tile:
    name = gettext("Failed deployment recovery")
    if row.recovery_p50_seconds is None:
        why = Missing.NONE_RESOLVED if row.has_incident_feed else Missing.NO_INCIDENT_SOURCE
        return Tile(name, "", str(why.label))
    words = ngettext("median of %(n)s failed deployment", "median of %(n)s recoveries", row.recovery_count)
    return Tile(name, duration(row.recovery_p50_seconds), words % {"n": figure(row.recovery_count)})


def _rework(row: DoraSnapshot) -> Tile:
    name = gettext("Rework rate")
    if not row.deployment_count:
        why = Missing.NO_DEPLOYMENTS if row.ever_deployed else Missing.NEVER_DEPLOYED
        return Tile(name, "", str(why.label))
    words = ngettext(
        "%(n)s of %(count)s unplanned or a rollback", "%(n)s of %(count)s unplanned or rollbacks", row.rework_count
    )
    share = Decimal(row.rework_count) / row.deployment_count
    return Tile(name, rate(share), words % {"n": figure(row.rework_count), "count": figure(row.deployment_count)})


def _open(row: DoraSnapshot, is_running: bool) -> Tile:
    name = gettext("Open incidents")
    if row.open_incidents is None:
        return Tile(name, "", str(Missing.NO_INCIDENT_SOURCE.label))
    when = gettext("so far this month") if is_running else gettext("at the end of the month")
    return Tile(name, figure(row.open_incidents), when)
