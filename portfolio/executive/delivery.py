"""Delivery by quarter: the four measures in the units people use, against their targets.

A quarter that holds declared months cannot be added up: typed and computed figures are never mixed. It shows its latest
declared month, marked as such. The running quarter stands to date. A product without a feed is not reported; one with a feed
and no incident fails in 0 % of its deployments.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext

from metrics.indicators.standing import Reading, Trend, meets
from metrics.indicators.words import target_words
from metrics.states import KpiDirection, Metric
from portfolio.executive.facts import Facts
from portfolio.executive.figures import DeliveryAt
from portfolio.executive.words import measured
from products import fiscal

TENTH = Decimal("0.1")
MINUTE, HOUR, DAY = 60, 3_600, 86_400
UP = {Metric.DEPLOYMENT_FREQUENCY}


@dataclass(frozen=True)
class Cell:
    """A figure of a quarter; `note` says where it is not computed from events."""

    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class DeliveryRow:
    """One measure. `values` are what the figures show, in the unit named; None is not reported."""

    name: str
    unit: str
    target: str
    figures: tuple[tuple[str, str], ...]  # (text, note)
    reading: Reading
    trend: Trend | None
    words: str = ""  # where there is more to say than that nothing is reported


def rows_of(facts: Facts) -> list[DeliveryRow]:
    """The four, always: a measure that nobody reports says so."""
    return [_row(facts, metric) for metric in Metric]


def _row(facts: Facts, metric: Metric) -> DeliveryRow:
    cells = [_cell(facts, metric, quarter) for quarter in range(4)]
    target = facts.figures.targets.get(metric)
    size, unit = _unit(metric, [*(cell.value for cell in cells), target])
    direction = KpiDirection.HIGHER if metric in UP else KpiDirection.LOWER
    known = [_scaled(cell.value, size) for cell in cells if cell.value is not None]
    aim = _scaled(target, size) if target is not None else None
    beside = "%" if metric == Metric.CHANGE_FAILURE else ""
    return DeliveryRow(
        name=_name(metric),
        unit=unit,
        target=target_words(aim, beside, direction, _decimals(aim)),
        figures=tuple((_shown(cell.value, size, beside), cell.note) for cell in cells),
        reading=_reading(known, aim, direction),
        trend=_trend(known, direction),
        words=_why_nothing(facts, metric) if not known else "",
    )


def _why_nothing(facts: Facts, metric: Metric) -> str:
    """A feed that told of no incident is not a missing feed."""
    told = [*facts.figures.quarters.values(), *facts.figures.declared]
    quiet = metric == Metric.TIME_TO_RESTORE and any(each.restored_incident_count == 0 for each in told)
    return gettext("No incident to restore") if quiet else ""


def _name(metric: Metric) -> str:
    return {
        Metric.DEPLOYMENT_FREQUENCY: gettext("Deployments to production"),
        Metric.LEAD_TIME: gettext("Lead time for changes"),
        Metric.CHANGE_FAILURE: gettext("Deployments that fail"),
        Metric.TIME_TO_RESTORE: gettext("Time to restore service"),
    }[metric]


def _cell(facts: Facts, metric: Metric, quarter: int) -> Cell:
    first = fiscal.add_months(facts.first_day, 3 * quarter)
    after = fiscal.add_months(first, 3)
    declared = [each for each in facts.figures.declared if first <= each.starts_on < after]
    if declared:
        month = declared[-1]
        note = gettext("%(month)s, declared") % {"month": MONTHS[month.starts_on.month]}
        value = _value(metric, month, Decimal(1))
        return Cell(value, note if value is not None else "")
    computed = facts.figures.quarters.get(first)
    return Cell(_value(metric, computed, _months(first, after, facts.day)) if computed else None)


def _months(first: date, after: date, day: date) -> Decimal:
    """How many months of the quarter are over; at least one, so that its first days promise nothing."""
    share = Decimal((min(day + date.resolution, after) - first).days) / (after - first).days
    return max(3 * share, Decimal(1))


def _value(metric: Metric, delivery: DeliveryAt, months: Decimal) -> Decimal | None:
    """Deployments a month, seconds, or a rate from 0 to 1."""
    deployments, failed = delivery.deployment_count, delivery.failed_deployment_count
    if metric == Metric.DEPLOYMENT_FREQUENCY:
        return None if deployments is None or not delivery.is_deployed else deployments / months
    if metric == Metric.LEAD_TIME:
        return delivery.lead_time_p50_seconds
    if metric == Metric.CHANGE_FAILURE:
        return Decimal(failed) / deployments if deployments and failed is not None else None
    return delivery.time_to_restore_p50_seconds


def _unit(metric: Metric, values: list[Decimal | None]) -> tuple[Decimal, str]:
    """What one unit is, and its name: chosen for the whole row, so that its figures can be compared."""
    if metric == Metric.DEPLOYMENT_FREQUENCY:
        return Decimal(1), gettext("a month")
    if metric == Metric.CHANGE_FAILURE:
        return TENTH * TENTH, ""
    greatest = max((each for each in values if each is not None), default=Decimal(2 * DAY))
    if greatest >= 2 * DAY:
        return Decimal(DAY), gettext("median, days")
    if greatest >= 2 * HOUR:
        return Decimal(HOUR), gettext("median, hours")
    return Decimal(MINUTE), gettext("median, minutes")


def _scaled(value: Decimal, size: Decimal) -> Decimal:
    return (value / size).quantize(TENTH, ROUND_HALF_UP)


def _shown(value: Decimal | None, size: Decimal, unit: str) -> str:
    return measured(None if value is None else _scaled(value, size), unit)


def _decimals(value: Decimal | None) -> int:
    return 0 if value is None or value == value.to_integral_value() else 1


def _reading(known: list[Decimal], target: Decimal | None, direction: str) -> Reading:
    if not known:
        return Reading.NOT_REPORTED
    if target is None:
        return Reading.NO_TARGET
    return Reading.MET if meets(known[-1], target, direction) else Reading.BEHIND


def _trend(known: list[Decimal], direction: str) -> Trend | None:
    if len(known) < 2:
        return None
    if known[-1] == known[-2]:
        return Trend.STEADY
    return Trend.IMPROVING if (known[-1] > known[-2]) == (direction == KpiDirection.HIGHER) else Trend.WORSENING
