"""Counts, figures and months as a reader of either language expects them."""

from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext

from people.bilingual import reader
from people.wording import NO_BREAK, capital, count_word, figure, joined, month_name

__all__ = [
    "NO_BREAK",
    "capital",
    "count_word",
    "day_name",
    "figure",
    "joined",
    "measured",
    "milestones_counted",
    "month_digits",
    "month_name",
    "sentence",
    "shift_words",
]


def measured(value: Decimal | None, unit: str) -> str:
    """A figure with its unit: 34% or 34 %, 14 min. Units longer than a word are left to the name of the measure."""
    if value is None:
        return "–"
    if unit == "%":
        return f"{figure(value)}{NO_BREAK if reader() == 'fr' else ''}%"
    return f"{figure(value)}{NO_BREAK}{unit}" if unit and len(unit) <= 8 and " " not in unit else figure(value)


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def day_name(day: date) -> str:
    """18 November, 18 novembre, 1er novembre."""
    number = "1er" if day.day == 1 and reader() == "fr" else str(day.day)
    return f"{number} {MONTHS[day.month]}"


def month_digits(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else "–"


def shift_words(months: int) -> str:
    """+2 mo, −1 mo."""
    return gettext("{shift} mo").format(shift=f"{'+' if months > 0 else '−'}{abs(months)}")


def milestones_counted(count: int) -> str:
    return ngettext("%(count)s milestone", "%(count)s milestones", count) % {"count": figure(count)}
