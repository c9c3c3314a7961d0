"""The four cards of a month: value, the month before, target, 90th percentile, n, level, and the line of the year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from metrics.charts import lines
from metrics.models import DoraTarget
from metrics.reading.amounts import DURATIONS, Unit, aim, chosen_unit, in_unit, number, said, short, unit_for, unit_word
from metrics.reading.findings import month_words
from metrics.reading.months import Month, MonthState
from metrics.reading.subject import Subject
from metrics.reading.values import Missing, Value
from metrics.states import Level, Metric
from people.wording import capital, figure, month_name

STEPS = {Level.LOW: 1, Level.MEDIUM: 2, Level.HIGH: 3, Level.ELITE: 4}
DETAILS = {
    Metric.DEPLOYMENT_FREQUENCY: "delivery-deployments",
    Metric.LEAD_TIME: "delivery-changes",
    Metric.CHANGE_FAILURE: "delivery-deployments",
    Metric.TIME_TO_RESTORE: "delivery-incidents",
}
DEFINITIONS = {
    Metric.DEPLOYMENT_FREQUENCY: _(
        "Successful deployments to production that finished in the month, in the product’s time zone."
    ),
    Metric.LEAD_TIME: _(
        "From commit to production: the median over every change first shipped in the month. Merge commits are left out."
    ),
    Metric.CHANGE_FAILURE: _(
        "Deployments of the month to which an incident is laid, or which were rolled back, among all deployments of the month."
    ),
    Metric.TIME_TO_RESTORE: _(
        "From the start of an incident to its resolution: the median over incidents resolved in the month."
    ),
}


@dataclass(frozen=True)
class Fact:
    """A line beside the value; `address` leads to the rows behind it."""

    label: str
    value: str
    address: str = ""


@dataclass(frozen=True)
class Card:
    metric: Metric
    big: str
    small: str
    level: str
    level_words: str
    steps: int
    note: str
    facts: tuple[Fact, ...]
    wide: SafeString
    narrow: SafeString

    @property
    def name(self) -> str:
        return str(Metric(self.metric).label)

    @property
    def is_missing(self) -> bool:
        return not self.big

    @property
    def is_low(self) -> bool:
        return self.level == Level.LOW


def targets_of(subject: Subject) -> dict[str, Decimal]:
    """Target by measure; those of a head are its family's."""
    return dict(DoraTarget.objects.filter(product=subject.product).values_list("metric", "value"))


def cards(subject: Subject, year: list[Month], targets: dict[str, Decimal]) -> list[Card]:
    """One card for each measure, in the order of the contract."""
    charts = {metric: _chart(metric, year, targets.get(metric)) for metric in Metric}
    drawn = list(charts.values())
    wide_room = lines.room_for(drawn, 14, targets=True)
    narrow_room = lines.room_for(drawn, 16, targets=False)
    last = list(Metric)[-1]
    return [
        _card(
            subject,
            metric,
            year,
            targets.get(metric),
            lines.draw(chart, lines.wide(wide_room, months=metric == last)),
            lines.draw(chart, lines.narrow(narrow_room)),
        )
        for metric, chart in charts.items()
    ]


def _card(subject: Subject, metric: Metric, year: list[Month], target: Decimal | None, wide: str, narrow: str) -> Card:
    month = year[-1]
    value = month[metric]
    big, small = _value_words(metric, value, month)
    return Card(
        metric,
        big,
        small,
        value.level,
        str(Level(value.level).label) if value.level else "",
        STEPS.get(Level(value.level), 0) if value.level else 0,
        _note(subject, metric, value),
        tuple(_facts(subject, metric, year, target)),
        mark_safe(wide),  # nosec B308 # the drawing escapes every word it sets
        mark_safe(narrow),  # nosec B308 # the same
    )


def _unit(metric: Metric, value: Value) -> Unit | None:
    return unit_for(value.amount) if metric in DURATIONS and value.amount is not None else None


def _value_words(metric: Metric, value: Value, month: Month) -> tuple[str, str]:
    """The value and the words after it; where there is none, nothing and why."""
    if value.amount is None:
        return "", str(Missing(value.missing).label)
    if metric == Metric.DEPLOYMENT_FREQUENCY:
        words = gettext("so far in %(month)s") if month.state == MonthState.RUNNING else gettext("in %(month)s")
        return figure(value.amount), words % {"month": month_words(month.starts_on)}
    if metric == Metric.CHANGE_FAILURE:
        return said(metric, value.amount), gettext("of deployments")
    unit = unit_for(value.amount)
    return number(value.amount, unit), gettext("%(unit)s, median") % {"unit": unit_word(unit, value.amount / int(unit))}


def _note(subject: Subject, metric: Metric, value: Value) -> str:
    """A median of few values says so."""
    least = subject.policy.small_sample
    if metric in DURATIONS and value.amount is not None and value.n is not None and value.n < least:
        return gettext("n under %(least)s") % {"least": least}
    return ""


def _facts(subject: Subject, metric: Metric, year: list[Month], target: Decimal | None) -> list[Fact]:
    month, before = year[-1], year[-2]
    value = month[metric]
    percentile = gettext("does not apply")
    if metric in DURATIONS:
        percentile = said(metric, value.p90)
    return [
        Fact(capital(month_words(before.starts_on)), _before(metric, before, _unit(metric, value))),
        Fact(gettext("Target"), aim(metric, target)),
        Fact(gettext("90th percentile"), percentile),
        Fact("n", _n_words(metric, month), _address(subject, metric, month)),
    ]


def _before(metric: Metric, before: Month, unit: Unit | None) -> str:
    value = before[metric]
    if value.amount is None:
        return str(Missing(value.missing).label).lower()
    words = said(metric, value.amount, unit)
    if before.state == MonthState.DECLARED:
        return gettext("%(value)s, declared") % {"value": words}
    return words


def _n_words(metric: Metric, month: Month) -> str:
    n = month[metric].n
    if n is None:
        return "–"
    if metric == Metric.LEAD_TIME:
        return ngettext("%(n)s change", "%(n)s changes", n) % {"n": figure(n)}
    if metric == Metric.TIME_TO_RESTORE:
        return ngettext("%(n)s incident", "%(n)s incidents", n) % {"n": figure(n)}
    record: Any = month.declared or month.row
    if n and metric == Metric.CHANGE_FAILURE and record is not None and record.failed_deployment_count is not None:
        values = {"failed": figure(record.failed_deployment_count), "n": figure(n)}
        return ngettext("%(failed)s of %(n)s failed", "%(failed)s of %(n)s failed", n) % values
    if month.row is None or month.declared or not n:
        return figure(n)
    days = month.row.deployment_days
    return ngettext("%(n)s, on %(days)s day", "%(n)s, on %(days)s days", days) % {"n": figure(n), "days": figure(days)}


def _address(subject: Subject, metric: Metric, month: Month) -> str:
    """The rows behind the number."""
    if not month.is_computed or not month[metric].n:
        return ""
    address = reverse(DETAILS[metric], args=[subject.product.code, month.starts_on])
    return f"{address}?family=1" if subject.is_family else address


def _chart(metric: Metric, year: list[Month], target: Decimal | None) -> lines.LineChart:
    unit = _chart_unit(metric, year, target)
    points = tuple(_point(metric, month, unit) for month in year)
    label = ""
    if target is not None:
        words = figure(in_unit(target, unit)) if unit else said(metric, target)
        label = gettext("target %(amount)s") % {"amount": words}
    return lines.LineChart(metric, summary(metric, year, target), points, target, label)


def _chart_unit(metric: Metric, year: list[Month], target: Decimal | None) -> Unit | None:
    """One unit for the whole line: that of the month shown, of the latest month with a value, else of the target."""
    if metric not in DURATIONS:
        return None
    amounts = [month[metric].amount for month in reversed(year)]
    known = [amount for amount in amounts if amount is not None]
    return unit_for(known[0]) if known else chosen_unit(target) if target else Unit.DAY


def _point(metric: Metric, month: Month, unit: Unit | None) -> lines.Point:
    value = month[metric]
    kind = {MonthState.DECLARED: lines.DECLARED, MonthState.RUNNING: lines.RUNNING}.get(month.state, lines.COMPUTED)
    if value.amount is None:
        return lines.Point(month.starts_on, None, kind, gap=str(Missing(value.missing).label))
    nought = "0" if metric == Metric.DEPLOYMENT_FREQUENCY and not value.amount else ""
    return lines.Point(month.starts_on, value.amount, kind, short(metric, value.amount, unit), nought)


def summary(metric: Metric, year: list[Month], target: Decimal | None) -> str:
    """The chart in one text: every month with its value or the reason why there is none."""
    told = []
    for month in year:
        value = month[metric]
        words = said(metric, value.amount) if value.amount is not None else str(Missing(value.missing).label).lower()
        if month.state in (MonthState.DECLARED, MonthState.RUNNING):
            words = f"{words} ({str(MonthState(month.state).label).lower()})"
        told.append(f"{month_name(month.starts_on)} {words}")
    parts = {
        "measure": Metric(metric).label,
        "first": month_name(year[0].starts_on),
        "last": month_name(year[-1].starts_on),
        "months": ", ".join(told),
        "target": aim(metric, target)
        if target is not None
        else gettext(
            "none",
        ),
    }
    return gettext("%(measure)s, %(first)s to %(last)s: %(months)s. Target: %(target)s.") % parts
