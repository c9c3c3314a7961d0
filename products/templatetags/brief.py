"""Words of the brief's canonical data: pairs of texts in the reader's language, dates, names behind keys."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.bilingual import other, reader
from products.brief.pictures import said

register = template.Library()


@register.filter
def told(pair: dict[str, str] | str | None) -> SafeString | str:
    """The reader's text of {"en", "fr"}; text that exists only in the other language carries its `lang` and says so.

    Plain text is what older versions kept in one language.
    """
    mine = reader()
    if isinstance(pair, str):
        return pair
    if not pair or pair.get(mine):
        return pair[mine] if pair else ""
    foreign = pair.get(other(mine), "")
    if not foreign:
        return ""
    note = _("(French only)") if mine == "en" else _("(English only)")
    return format_html('<span lang="{}">{}</span> <span class="soft">{}</span>', other(mine), foreign, note)


@register.filter
def day(text: str) -> SafeString | str:
    """A date kept as text, in its <time>."""
    return format_html('<time datetime="{0}">{0}</time>', text) if text else ""


@register.filter
def named(rows: list[dict[str, Any]], key: str | None) -> str:
    """The title or name of the row with this key."""
    for row in rows:
        if row["id"] == key:
            return said(row.get("title") or row.get("name"))
    return ""


@register.filter
def field(form: Any, name: str) -> Any:
    """A field of a form by a name that is put together; nothing when the form has none."""
    return form[name] if name in form.fields else None


@register.filter
def plus(text: str, more: Any) -> str:
    """Two texts, joined."""
    return f"{text}{more}"


@register.filter(name="said")
def said_filter(pair: dict[str, str] | None) -> str:
    """The reader's text of a pair, else the other one, without any mark: for titles."""
    return said(pair)
