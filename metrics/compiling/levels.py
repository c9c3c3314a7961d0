"""The level of a value as an SQL expression, made from the bounds kept as data (dora.md §2.5)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from metrics.models import LevelThreshold
from metrics.states import Level, Metric

RANK = {level: place for place, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Levels:
    """A CASE per measure, with its parameters by name."""

    cases: dict[str, str]
    params: dict[str, Decimal]


def levels(level_set: str, values: dict[str, str], *, days: str) -> Levels:
    """For each measure the CASE over the SQL expression `values[measure]`; empty text where the value is null.

    `days` is the expression of the days in the period. A measure for which the set has no bounds has no level: figures do
    not wait for somebody to complete a table.
    """
    bounds: dict[str, list[LevelThreshold]] = defaultdict(list)
    for threshold in LevelThreshold.objects.filter(level_set__name=level_set):
        bounds[threshold.metric].append(threshold)
    params: dict[str, Decimal] = {}
    cases = {metric: _case(metric, value, days, bounds[metric], params) for metric, value in values.items()}
    return Levels(cases, params)


def _case(metric: str, value: str, days: str, bounds: list[LevelThreshold], params: dict[str, Decimal]) -> str:
    if not bounds:
        return "''"
    rises = metric == Metric.DEPLOYMENT_FREQUENCY
    arms = []
    for threshold in sorted(bounds, key=lambda each: RANK[each.level]):
        name = f"{metric}_{threshold.level}"
        params[name] = threshold.bound
        bound = f"%({name})s * {days}" if threshold.is_per_day else f"%({name})s"
        sign = (">" if rises else "<") + ("=" if threshold.is_inclusive else "")
        arms.append(f"WHEN {value} {sign} {bound} THEN '{threshold.level}'")
    return f"CASE WHEN ({value}) IS NULL THEN '' {' '.join(arms)} ELSE '{Level.LOW.value}' END"
