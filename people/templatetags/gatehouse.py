"""Words and figures as a reader of either language expects them. Built into every template."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people import bilingual

register = template.Library()
NO_BREAK = "\u00a0"


@register.simple_tag
def form_token() -> SafeString:
    """The hidden field that lets a form be sent once (records.middleware)."""
    return format_html('<input type="hidden" name="form_token" value="{}">', uuid.uuid4().hex)


@register.filter
def iso(value: date | datetime | None) -> SafeString | str:
    """A date as 2026-05-31, an instant as 2026-05-31 14:02 local time, each in its <time>; nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return format_html(
            '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%Y-%m-%d %H:%M}"
        )
    return format_html('<time datetime="{0}">{0}</time>', f"{value:%Y-%m-%d}")


@register.simple_tag
def colon() -> str:
    """A colon between two texts: French sets a no-break space before it."""
    return f"{NO_BREAK}: " if bilingual.reader() == "fr" else ": "


@register.filter
def money(value: Decimal | int | None) -> str:
    """Whole dollars: $1,250,000 or 1 250 000 $. Nothing is shown as an en dash, never as zero."""
    if value is None:
        return "–"
    digits = f"{abs(round(value)):,}"
    sign = "−" if value < 0 else ""
    if bilingual.reader() == "fr":
        return f"{sign}{digits.replace(',', NO_BREAK)}{NO_BREAK}$"
    return f"{sign}${digits}"


@register.filter
def figure(value: Decimal | None) -> str:
    """A measured value without needless zeros: 10,270 or 10 270, 25.2 or 25,2; an en dash for none, which is not zero."""
    if value is None:
        return "–"
    text = f"{Decimal(value).normalize():,f}".replace("-", "−")
    return text.translate({44: NO_BREAK, 46: ","}) if bilingual.reader() == "fr" else text


@register.filter
def percent(value: int) -> str:
    """A share of a hundred: 66% or 66 %."""
    return f"{value}{NO_BREAK}%" if bilingual.reader() == "fr" else f"{value}%"


@register.filter
def marked(record: Any, field: str) -> str:
    """The record's text in the reader's language, or the other one marked as such."""
    return bilingual.marked(record, field)


@register.filter
def own_words(text: Any) -> str:
    """What one person wrote in their own language, marked where that is not the reader's."""
    return bilingual.own_words(text)


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with some values changed; an empty value leaves its name out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def fiscal_year(year: int) -> str:
    """A fiscal year by the calendar year it starts in: 2026–27 or 2026-2027."""
    return f"{year}-{year + 1}" if bilingual.reader() == "fr" else f"{year}–{(year + 1) % 100:02d}"


@register.filter
def amount(value: Decimal | None, in_thousands: bool) -> str:
    """A figure for a column of money: grouped digits without the currency, in thousands when told; an en dash for unknown."""
    if value is None:
        return "–"
    digits = f"{round(value / 1000 if in_thousands else value):,}"
    return digits.replace(",", NO_BREAK) if bilingual.reader() == "fr" else digits
