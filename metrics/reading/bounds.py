"""The bounds of the levels in words: under 7 days, 4 or more, 10% or less (dora.md §2.5)."""

from dataclasses import dataclass

from django.utils.translation import gettext

from metrics.models import LevelThreshold
from metrics.reading.amounts import DURATIONS, trimmed
from metrics.reading.amounts import said as told
from metrics.states import Level, Metric
from people.wording import figure

SHOWN = (Level.ELITE, Level.HIGH, Level.MEDIUM)


@dataclass(frozen=True)
class Bounds:
    """One measure: its bounds from elite to medium; what meets none is low."""

    name: str
    words: list[str]


def bounds_of(level_set: str) -> list[Bounds]:
    """The bounds of a set, measure by measure; an en dash where there is none."""
    rows = {(row.metric, row.level): row for row in LevelThreshold.objects.filter(level_set__name=level_set)}
    return [
        Bounds(str(metric.label), [_words(rows.get((metric.value, level.value))) for level in SHOWN])
        for metric in Metric
    ]


def _words(row: LevelThreshold | None) -> str:
    if row is None:
        return "–"
    if row.metric == Metric.DEPLOYMENT_FREQUENCY:
        return _count(row)
    amount = trimmed(row.bound) if row.metric in DURATIONS else told(Metric.CHANGE_FAILURE, row.bound)
    words = gettext("%(amount)s or less") if row.is_inclusive else gettext("under %(amount)s")
    return words % {"amount": amount}


def _count(row: LevelThreshold) -> str:
    amount = {"amount": figure(row.bound)}
    if row.is_per_day:
        return gettext("%(amount)s a day or more") % amount
    return (
        gettext("%(amount)s a month or more") % amount if row.is_inclusive else gettext("more than %(amount)s") % amount
    )
