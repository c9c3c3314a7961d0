"""How an indicator stands: met, on track or behind; improving, steady or worsening. Calculates with values, reads nothing.

Met: the latest value of the year is at its target or better. On track: not there, but at least as far as a straight line from
the value the year began with to the target at the year's end. Behind: everything else with a target. The value the year
began with is the last one before the year, or else the first one in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from metrics.states import KpiDirection

LEEWAY = Decimal("0.1")  # of the way; less than that is not worth a warning


class Reading(TextChoices):
    MET = "met", pgettext_lazy("reading", "Met")
    ON_TRACK = "on_track", pgettext_lazy("reading", "On track")
    BEHIND = "behind", pgettext_lazy("reading", "Behind")
    NO_TARGET = "no_target", pgettext_lazy("reading", "No target")
    NOT_REPORTED = "not_reported", pgettext_lazy("reading", "Not reported")


class Trend(TextChoices):
    IMPROVING = "improving", pgettext_lazy("trend", "Improving")
    STEADY = "steady", pgettext_lazy("trend", "Steady")
    WORSENING = "worsening", pgettext_lazy("trend", "Worsening")


@dataclass(frozen=True)
class Point:
    """The value of one period."""

    first: date
    last: date
    value: Decimal


@dataclass(frozen=True)
class Span:
    """A fiscal year as seen on `day`."""

    first: date
    last: date
    day: date

    def seen(self, points: Sequence[Point]) -> list[Point]:
        """The points of this year and before that had begun on the day."""
        return [each for each in points if each.first <= min(self.last, self.day)]

    def inside(self, points: Sequence[Point]) -> list[Point]:
        return [each for each in self.seen(points) if each.first >= self.first]


def meets(value: Decimal, target: Decimal, direction: str) -> bool:
    return value >= target if direction == KpiDirection.HIGHER else value <= target


def reading(points: Sequence[Point], target: Decimal | None, direction: str, span: Span) -> Reading:
    """`points` in order of their periods, of this year and before."""
    inside = span.inside(points)
    if not inside:
        return Reading.NOT_REPORTED
    if target is None:
        return Reading.NO_TARGET
    latest = inside[-1]
    if meets(latest.value, target, direction):
        return Reading.MET
    start = next((each for each in reversed(points) if each.first < span.first), inside[0])
    return Reading.ON_TRACK if _keeps_up(start, latest, target, direction, span) else Reading.BEHIND


def _keeps_up(start: Point, latest: Point, target: Decimal, direction: str, span: Span) -> bool:
    if meets(start.value, target, direction):
        return False
    whole = (span.last - start.last).days
    if whole <= 0:
        return False
    way = Decimal((min(latest.last, span.day, span.last) - start.last).days) / whole
    return (latest.value - start.value) / (target - start.value) >= way - LEEWAY


def trend(points: Sequence[Point], direction: str, span: Span) -> Trend | None:
    """The latest value of the year against the one before it; None while there is nothing to compare."""
    seen = span.seen(points)
    if not span.inside(points) or len(seen) < 2:
        return None
    before, latest = seen[-2].value, seen[-1].value
    if before == latest:
        return Trend.STEADY
    return Trend.IMPROVING if (latest > before) == (direction == KpiDirection.HIGHER) else Trend.WORSENING
