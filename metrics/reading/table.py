"""The same months as a table, as a file, and what was restated of them: always the numbers of the cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metrics.models import DoraSnapshot
from metrics.reading.amounts import DURATIONS, Unit, number, said, unit_for
from metrics.reading.months import Month, MonthState, Restatement
from metrics.reading.values import Missing, computed
from metrics.states import Metric
from people.listing import Column
from people.wording import figure


@dataclass(frozen=True)
class Row:
    """A month as a line of the table; durations in the units of their columns. `note` stands where nothing was deployed."""

    month: Month
    deployments: str
    lead_time: str
    lead_time_p90: str
    changes: str
    failure_rate: str
    restore: str
    incidents: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    lead_unit: Unit
    restore_unit: Unit


def table(year: list[Month]) -> Table:
    """Newest first; each column of durations has one unit, that of its middle value."""
    lead, restore = _column_unit(year, Metric.LEAD_TIME), _column_unit(year, Metric.TIME_TO_RESTORE)
    return Table([_row(month, lead, restore) for month in reversed(year)], lead, restore)


def _column_unit(year: list[Month], metric: Metric) -> Unit:
    amounts = sorted(month[metric].amount for month in year if month[metric].amount is not None)  # type: ignore[type-var]
    middle = amounts[len(amounts) // 2] if amounts else None
    return unit_for(middle) if middle is not None else Unit.DAY


def _row(month: Month, lead: Unit, restore: Unit) -> Row:
    values = month.values
    leads, restores = values[Metric.LEAD_TIME], values[Metric.TIME_TO_RESTORE]
    frequency = values[Metric.DEPLOYMENT_FREQUENCY]
    return Row(
        month,
        "0" if frequency.missing == Missing.NEVER_DEPLOYED else said(Metric.DEPLOYMENT_FREQUENCY, frequency.amount),
        _in(leads.amount, lead),
        _in(leads.p90, lead),
        _count(leads.n),
        said(Metric.CHANGE_FAILURE, values[Metric.CHANGE_FAILURE].amount),
        _in(restores.amount, restore),
        _count(restores.n),
        _note(month),
    )


def _in(amount: Decimal | None, unit: Unit) -> str:
    return "–" if amount is None else number(amount, unit)


def _count(n: int | None) -> str:
    return "–" if n is None else figure(n)


def _note(month: Month) -> str:
    """Why a whole line is empty."""
    if month.state == MonthState.NOT_REPORTED:
        return gettext("Not reported")
    known = [value for metric, value in month.values.items() if metric != Metric.DEPLOYMENT_FREQUENCY]
    if any(value.amount is not None for value in known):
        return ""
    first, *rest = dict.fromkeys(str(Missing(value.missing).label) for value in known if value.missing)
    return "; ".join([first, *(words.lower() for words in rest)])


@dataclass(frozen=True)
class Difference:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Note:
    """What a restatement changed: measure by measure, before and after."""

    restatement: Restatement
    differences: list[Difference]


def notes(year: Iterable[Month]) -> list[Note]:
    """Every restatement of the months, newest first."""
    told = [each for month in year for each in month.restatements]
    return [
        Note(each, differences(each.before, each.after))
        for each in sorted(told, key=lambda each: each.at, reverse=True)
    ]


def differences(before: DoraSnapshot, after: DoraSnapshot) -> list[Difference]:
    """The measures that read differently, or whose n does."""
    old, new = computed(before), computed(after)
    found = []
    for metric in Metric:
        if old[metric] == new[metric]:
            continue
        words = [_with_n(metric, each[metric].amount, each[metric].missing, each[metric].n) for each in (old, new)]
        if words[0] != words[1]:
            found.append(Difference(str(metric.label), *words))
    return found


def _with_n(metric: Metric, amount: Decimal | None, missing: str, n: int | None) -> str:
    if amount is None:
        return str(Missing(missing).label).lower()
    words = said(metric, amount)
    return (
        words if metric == Metric.DEPLOYMENT_FREQUENCY else gettext("%(amount)s (n %(n)s)") % {"amount": words, "n": n}
    )


def _value(metric: Metric) -> Any:
    """Durations in seconds and rates from 0 to 1, as they are kept; empty for nothing."""
    return lambda month: "" if month[metric].amount is None else _kept(metric, month[metric].amount)


def _kept(metric: Metric, amount: Decimal) -> Decimal | int:
    return amount if metric in DURATIONS else int(amount) if metric == Metric.DEPLOYMENT_FREQUENCY else round(amount, 6)


def _of_row(name: str) -> Any:
    return lambda month: getattr(month.row, name) if month.is_computed and getattr(month.row, name) is not None else ""


COLUMNS = [
    Column(_("Month"), lambda month: f"{month.starts_on:%Y-%m}"),
    Column(_("State"), lambda month: str(MonthState(month.state).label)),
    Column(_("Deployments"), lambda month: _blank(month[Metric.DEPLOYMENT_FREQUENCY].n)),
    Column(_("Days with deployments"), _of_row("deployment_days")),
    Column(_("Lead time, median, seconds"), _value(Metric.LEAD_TIME)),
    Column(_("Lead time, 90th percentile, seconds"), _of_row("lead_time_p90_seconds")),
    Column(_("Changes (n)"), lambda month: _blank(month[Metric.LEAD_TIME].n)),
    Column(_("Failed deployments"), lambda month: _blank(_failed(month))),
    Column(_("Change failure rate"), _value(Metric.CHANGE_FAILURE)),
    Column(_("Time to restore, median, seconds"), _value(Metric.TIME_TO_RESTORE)),
    Column(_("Time to restore, 90th percentile, seconds"), _of_row("time_to_restore_p90_seconds")),
    Column(_("Incidents resolved (n)"), lambda month: _blank(month[Metric.TIME_TO_RESTORE].n)),
    Column(_("Failed deployment recovery, median, seconds"), _of_row("recovery_p50_seconds")),
    Column(_("Rework deployments"), _of_row("rework_count")),
    Column(_("Open incidents at the end of the month"), _of_row("open_incidents")),
    Column(_("Source of a declared month"), lambda month: month.declared.source if month.declared else ""),
]


def _blank(value: int | None) -> int | str:
    return "" if value is None else value


def _failed(month: Month) -> int | None:
    record = month.declared or month.row
    return record.failed_deployment_count if record else None
