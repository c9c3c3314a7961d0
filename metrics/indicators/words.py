"""Figures of indicators, their targets and their periods as a reader of either language expects them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from metrics.states import KpiDirection, KpiFrequency
from people.bilingual import reader
from products import fiscal

NO_BREAK = "\u00a0"
UNKNOWN = "–"


def number(value: Decimal | int, decimals: int = 0) -> str:
    """1,234.5 or 1 234,5; always the same count of decimals, so that a column reads straight down."""
    text = f"{Decimal(value):,.{decimals}f}".replace("-", "−")
    return text.translate({ord(","): NO_BREAK, ord("."): ","}) if reader() == "fr" else text


def is_short(unit: str) -> bool:
    """Whether a unit stands beside every figure; a longer one is said once, with the name."""
    return bool(unit) and len(unit) <= 3 and " " not in unit


def with_unit(value: Decimal | None, unit: str, decimals: int = 0) -> str:
    """34%, 34 %, 12.5 h; an en dash for what is not reported."""
    if value is None:
        return UNKNOWN
    if unit == "%":
        return f"{number(value, decimals)}{NO_BREAK if reader() == 'fr' else ''}%"
    return f"{number(value, decimals)}{NO_BREAK}{unit}" if is_short(unit) else number(value, decimals)


def target_words(value: Decimal | None, unit: str, direction: str, decimals: int = 0) -> str:
    """90% or more; 3 or less."""
    if value is None:
        return UNKNOWN
    # Zero defects need no "or less".
    if value == 0 and direction == KpiDirection.LOWER:
        return with_unit(value, unit, decimals)
    words = gettext("%(value)s or more") if direction == KpiDirection.HIGHER else gettext("%(value)s or less")
    return words % {"value": with_unit(value, unit, decimals)}


def target_of(record: Any) -> str:
    """The target of an adopted indicator."""
    definition = record.definition
    return target_words(record.target, definition.unit, definition.direction, definition.decimals)


def quarter_words(quarter: int) -> str:
    return [gettext("Q1"), gettext("Q2"), gettext("Q3"), gettext("Q4")][quarter - 1]


def period_words(frequency: str, first: date, start_month: int) -> str:
    """September 2026; Q2 2026–27 (July to September); 2026–27."""
    year = fiscal.label(fiscal.fiscal_year_of(first, start_month))
    if frequency == KpiFrequency.MONTH:
        return date_format(first, "F Y")
    if frequency == KpiFrequency.YEAR:
        return year
    return gettext("%(quarter)s %(year)s (%(first)s to %(last)s)") % {
        "quarter": quarter_words(fiscal.quarter_of(first, start_month)),
        "year": year,
        "first": date_format(first, "F"),
        "last": date_format(fiscal.add_months(first, 2), "F"),
    }
