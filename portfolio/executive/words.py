"""Counts, figures and months as a reader of either language expects them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext, pgettext

from people.bilingual import reader
from people.templatetags import gatehouse

NO_BREAK = "\u00a0"


def count_word(count: int, feminine: bool = False) -> str:
    """Numbers up to ten as words, larger ones as figures. `feminine` agrees with a French noun."""
    words = (
        pgettext("count", "zero"),
        pgettext("count, feminine", "one") if feminine else pgettext("count", "one"),
        pgettext("count", "two"),
        pgettext("count", "three"),
        pgettext("count", "four"),
        pgettext("count", "five"),
        pgettext("count", "six"),
        pgettext("count", "seven"),
        pgettext("count", "eight"),
        pgettext("count", "nine"),
        pgettext("count", "ten"),
    )
    return words[count] if 0 <= count < len(words) else figure(count)


def figure(value: Decimal | int) -> str:
    """A number without needless zeros: 1,234.5 or 1 234,5."""
    return gatehouse.figure(Decimal(value))


def measured(value: Decimal | None, unit: str) -> str:
    """A figure with its unit: 34% or 34 %, 14 min. Units longer than a word are left to the name of the measure."""
    if value is None:
        return "–"
    if unit == "%":
        return f"{figure(value)}{NO_BREAK if reader() == 'fr' else ''}%"
    return f"{figure(value)}{NO_BREAK}{unit}" if unit and len(unit) <= 8 and " " not in unit else figure(value)


def joined(parts: Iterable[str]) -> str:
    """One, two and three."""
    *most, last = list(parts) or [""]
    return gettext("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def month_name(month: date) -> str:
    """December 2026, décembre 2026."""
    return f"{MONTHS[month.month]} {month.year}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
