"""Amounts as people say them: 2.1 days, 40 minutes, 16.7%, 12 deployments; in French 2,1 jours, 16,7 %."""

from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from django.utils.translation import gettext, ngettext

from metrics.states import Metric
from people.bilingual import reader
from people.wording import NO_BREAK, figure

TENTH = Decimal("0.1")
DURATIONS = frozenset({Metric.LEAD_TIME, Metric.TIME_TO_RESTORE})


class Unit(IntEnum):
    """A unit of time, by its seconds."""

    SECOND = 1
    MINUTE = 60
    HOUR = 3_600
    DAY = 86_400


def unit_for(seconds: Decimal) -> Unit:
    """The unit people use: seconds under two minutes, minutes under two hours, hours under two days, then days."""
    for unit, next_unit in ((Unit.SECOND, Unit.MINUTE), (Unit.MINUTE, Unit.HOUR), (Unit.HOUR, Unit.DAY)):
        if seconds < 2 * next_unit:
            return unit
    return Unit.DAY


def in_unit(seconds: Decimal, unit: Unit) -> Decimal:
    """The duration in the unit: seconds and minutes from ten on without, everything else with one decimal."""
    value = seconds / Decimal(int(unit))
    whole = unit is Unit.SECOND or (unit is Unit.MINUTE and value >= 10)
    return value.quantize(Decimal(1) if whole else TENTH, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A number with the decimals it has: 2.0, 1,234; in French 2,0 and 1 234."""
    text = f"{value:,f}"
    return text.replace(",", NO_BREAK).replace(".", ",") if reader() == "fr" else text


def number(seconds: Decimal, unit: Unit) -> str:
    """The duration without its unit, for a column or a chart that names it."""
    return plain(in_unit(seconds, unit))


def unit_word(unit: Unit, value: Decimal | None = None) -> str:
    """The unit beside `value`, or as the name of a column."""
    several = 2 if value is None else int(value) if reader() == "fr" else (1 if value == 1 else 2)
    words = {
        Unit.SECOND: ngettext("second", "seconds", several),
        Unit.MINUTE: ngettext("minute", "minutes", several),
        Unit.HOUR: ngettext("hour", "hours", several),
        Unit.DAY: ngettext("day", "days", several),
    }
    return words[unit]


def duration(seconds: Decimal, unit: Unit | None = None) -> str:
    """A duration with its unit, in `unit` where that still says something, otherwise in its own."""
    chosen = unit_for(seconds) if unit is None or not _says_something(seconds, unit) else unit
    value = in_unit(seconds, chosen)
    return f"{plain(value)}{NO_BREAK}{unit_word(chosen, value)}"


def _says_something(seconds: Decimal, unit: Unit) -> bool:
    return seconds == 0 or TENTH <= seconds / Decimal(int(unit)) < 1_000


def rate(value: Decimal) -> str:
    """A share as a percentage with at most one decimal."""
    text = figure((value * 100).quantize(TENTH, ROUND_HALF_UP))
    return f"{text}{NO_BREAK if reader() == 'fr' else ''}%"


def said(metric: Metric, amount: Decimal | None, unit: Unit | None = None) -> str:
    """The amount of a measure in words; an en dash for nothing."""
    if amount is None:
        return "–"
    if metric in DURATIONS:
        return duration(amount, unit)
    return rate(amount) if metric == Metric.CHANGE_FAILURE else figure(amount)


def short(metric: Metric, amount: Decimal, unit: Unit | None = None) -> str:
    """The amount where its unit is told beside it."""
    return number(amount, unit or unit_for(amount)) if metric in DURATIONS else said(metric, amount)


def aim(metric: Metric, target: Decimal | None) -> str:
    """A target: 8 or more, 3 days or less; an en dash for none."""
    if target is None:
        return "–"
    if metric == Metric.DEPLOYMENT_FREQUENCY:
        return gettext("%(amount)s or more") % {"amount": figure(target)}
    amount = trimmed(target) if metric in DURATIONS else rate(target)
    return gettext("%(amount)s or less") % {"amount": amount}


def trimmed(seconds: Decimal) -> str:
    """A duration that somebody chose, without needless zeros: 3 days, not 3.0 days."""
    unit = chosen_unit(seconds)
    value = seconds / Decimal(int(unit))
    return f"{figure(value)}{NO_BREAK}{unit_word(unit, value)}"


def chosen_unit(seconds: Decimal) -> Unit:
    """The largest unit in which a chosen duration is a round figure."""
    for unit in (Unit.DAY, Unit.HOUR, Unit.MINUTE):
        if seconds and seconds % (Decimal(int(unit)) / 2) == 0 and seconds >= int(unit):
            return unit
    return Unit.SECOND if seconds < Unit.MINUTE else unit_for(seconds)
