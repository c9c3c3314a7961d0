"""What ships with the software and an administrator may change afterwards: the policy, the levels of 2023, the indicators.

Loaded after every migrate; rows that exist are left as they are. The levels of 2023 are the last that rise evenly in all
four measures (dora.md §2.5).
"""

from decimal import Decimal
from typing import Any

from django.db import connection

from metrics.default_indicators import load_indicators
from metrics.states import Level, Metric
from records.actors import SYSTEM
from records.writing import save

DAY = 86_400
# measure → (level, bound, the bound itself counts, per day)
LEVELS_2023: dict[Metric, tuple[tuple[Level, str, bool, bool], ...]] = {
    Metric.DEPLOYMENT_FREQUENCY: (
        (Level.ELITE, "1", True, True),
        (Level.HIGH, "4", True, False),
        (Level.MEDIUM, "1", True, False),
    ),
    Metric.LEAD_TIME: (
        (Level.ELITE, str(DAY), False, False),
        (Level.HIGH, str(7 * DAY), False, False),
        (Level.MEDIUM, str(30 * DAY), False, False),
    ),
    Metric.CHANGE_FAILURE: (
        (Level.ELITE, "0.05", True, False),
        (Level.HIGH, "0.10", True, False),
        (Level.MEDIUM, "0.15", True, False),
    ),
    Metric.TIME_TO_RESTORE: (
        (Level.ELITE, "3600", False, False),
        (Level.HIGH, str(DAY), False, False),
        (Level.MEDIUM, str(7 * DAY), False, False),
    ),
}
PUBLISHED = "https://dora.dev/research/2023/"


def load_defaults(**kwargs: Any) -> None:
    """Add the policy and the set of levels that are missing; change nothing that exists."""
    from metrics.models import LevelSet, LevelThreshold, MetricsPolicy

    present = set(connection.introspection.table_names())
    if not {LevelThreshold._meta.db_table, MetricsPolicy._meta.db_table} <= present:
        return
    if not LevelSet.objects.exists():
        _add_levels()
    if not MetricsPolicy.objects.exists():
        save(MetricsPolicy(), by=SYSTEM)
    load_indicators()


def _add_levels() -> None:
    from metrics.models import LevelSet, LevelThreshold

    levels = LevelSet(name="2023", source_url=PUBLISHED)
    save(levels, by=SYSTEM)
    for metric, bounds in LEVELS_2023.items():
        for level, bound, inclusive, per_day in bounds:
            threshold = LevelThreshold(
                level_set=levels,
                metric=metric,
                level=level,
                bound=Decimal(bound),
                is_inclusive=inclusive,
                is_per_day=per_day,
            )
            save(threshold, by=SYSTEM)
