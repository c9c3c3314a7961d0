"""Computed months as rows, for tests of reading and drawing only; tests of figures go through the compilation."""

from datetime import UTC, date, datetime
from decimal import Decimal

from metrics.models import DoraSnapshot, MonthClosing
from products.fiscal import add_months

PLAIN = {
    "level_set": "2023",
    "method_version": 1,
    "is_final": True,
    "timezone": "UTC",
    "reason": "scheduled",
    "has_incident_feed": True,
    "ever_deployed": True,
    "deployment_count": 12,
    "deployment_days": 11,
    "deployment_frequency_level": "high",
    "change_count": 164,
    "lead_time_p50_seconds": Decimal(181_440),
    "lead_time_p90_seconds": Decimal(587_520),
    "lead_time_mean_seconds": Decimal(200_000),
    "lead_time_level": "high",
    "failed_deployment_count": 2,
    "change_failure_level": "low",
    "restored_incident_count": 3,
    "time_to_restore_p50_seconds": Decimal(9_360),
    "time_to_restore_p90_seconds": Decimal(15_840),
    "time_to_restore_level": "high",
    "rework_count": 1,
    "open_incidents": 0,
    "dq_negative_lead_time": 0,
    "dq_negative_restore": 0,
}
EMPTY = {
    "deployment_count": 0,
    "deployment_days": 0,
    "deployment_frequency_level": "low",
    "change_count": 0,
    "lead_time_p50_seconds": None,
    "lead_time_p90_seconds": None,
    "lead_time_mean_seconds": None,
    "lead_time_level": "",
    "failed_deployment_count": 0,
    "change_failure_level": "",
    "restored_incident_count": 0,
    "time_to_restore_p50_seconds": None,
    "time_to_restore_p90_seconds": None,
    "time_to_restore_level": "",
    "rework_count": 0,
}


def a_row(product, month: date, revision: int = 1, **values) -> DoraSnapshot:
    """A revision of a month, computed on the second day after it."""
    told = {"computed_at": datetime(*add_months(month, 1).timetuple()[:2], 2, 4, tzinfo=UTC), **PLAIN, **values}
    return DoraSnapshot.objects.create(product=product, starts_on=month, revision=revision, **told)


def no_feed(**values):
    """What is null without an incident feed."""
    names = ("failed_deployment_count", "restored_incident_count", "time_to_restore_p50_seconds", "open_incidents")
    return {
        "has_incident_feed": False,
        "change_failure_level": "",
        "time_to_restore_level": "",
        "time_to_restore_p90_seconds": None,
        **dict.fromkeys(names),
        **values,
    }


def close(row: DoraSnapshot) -> MonthClosing:
    after = add_months(row.starts_on, 1)
    return MonthClosing.objects.create(
        product=row.product,
        month=row.starts_on,
        revision=row,
        closed_at=datetime(after.year, after.month, 5, 6, tzinfo=UTC),
        closed_by_id="system",
        closed_by_name="Gatehouse",
    )


LEADS = [4.1, 3.9, 3.6, 3.8, 3.2, 3.0, None, 4.4, 3.1, 2.6, 2.3, 2.1]
COUNTS = [6, 7, 5, 8, 9, 7, 0, 6, 8, 9, 11, 12]
FAILED = [0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 2]
RESTORE = [6.5, 4.0, 3.2, 5.1, 2.4, None, None, 7.5, 3.8, 2.2, 1.8, 2.6]


def a_year(product, last: date) -> list[DoraSnapshot]:
    """Twelve closed months up to `last`, one of them without a deployment."""
    rows = []
    for place, (lead, count, failed, restore) in enumerate(zip(LEADS, COUNTS, FAILED, RESTORE, strict=True)):
        values = {"deployment_count": count, "failed_deployment_count": failed} if count else dict(EMPTY)
        if lead:
            values["lead_time_p50_seconds"] = Decimal(str(lead)) * 86_400
        if restore:
            values["time_to_restore_p50_seconds"] = Decimal(str(restore)) * 3_600
        else:
            values |= {"time_to_restore_p50_seconds": None, "restored_incident_count": 0, "time_to_restore_level": ""}
        rows.append(a_row(product, add_months(last, place - 11), **values))
        close(rows[-1])
    return rows
