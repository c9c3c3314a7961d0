"""Counts, figures, lists and months as a reader of either language expects them, for findings that stand in headings."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP
from django.utils.translation import gettext, pgettext

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


def joined(parts: Iterable[str]) -> str:
    """One, two and three."""
    *most, last = list(parts) or [""]
    return gettext("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def month_name(month: date) -> str:
    """December 2026, décembre 2026."""
    return f"{MONTHS[month.month]} {month.year}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def month_short(month: date) -> str:
    """Jan, juil.: a month where there is little room."""
    return str(MONTHS_AP[month.month]) if reader() == "fr" else str(MONTHS_3[month.month]).capitalize()
