"""What every page draws the same way: states with their shape, problems of a form, page numbers. A builtin library."""

from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.templatetags.gatehouse import colon

register = template.Library()

# Each shape reads without colour; the word beside it carries the meaning, so the drawing is hidden from screen readers.
SHAPES = {
    "open": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "half": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M6 1.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor"/>',
    "done": '<path d="M1.2 6.4 4.6 9.8 10.8 2.4" fill="none" stroke="currentColor" stroke-width="2"/>',
    "caution": '<path d="M6 .8 11.6 11H.4z" fill="currentColor"/>',
    "alert": '<path d="M1 1h10v10H1z" fill="currentColor"/>',
    "off": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M2.9 9.1 9.1 2.9" stroke="currentColor" stroke-width="1.6"/>',
    "up": '<path d="M6 1 11 9H1z" fill="currentColor"/>',
    "down": '<path d="M6 11 1 3h10z" fill="currentColor"/>',
    "level": '<path d="M1 4.8h10v2.4H1z" fill="currentColor"/>',
}
SHAPES["good"] = SHAPES["done"]
TONES = {"caution", "alert", "good", "off"}
NAMELESS = {"required", "blank", "null", "invalid_choice", "max_length", "min_value", "max_value", "max_digits"}
NEAR = 2  # page numbers shown on each side of the present one


@register.simple_tag
def shape(name: str) -> SafeString:
    """The drawing alone, for use beside its word. Raises KeyError for a shape there is not."""
    drawn = mark_safe(SHAPES[name])  # nosec B308 # one of the drawings above
    return format_html('<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>', drawn)


@register.simple_tag
def status(name: str, word: Any) -> SafeString:
    """A state: its shape (open, half, done, caution, alert, good, off) and its word."""
    tone = f" state-{name}" if name in TONES else ""
    return format_html('<span class="state{}">{}{}</span>', tone, shape(name), word)


@register.simple_tag
def problems(*forms: Any) -> list[dict[str, str]]:
    """Every error of `forms` (forms, formsets or lists of them) as {text, target}; target is the id of the field."""
    found: list[dict[str, str]] = []
    for form in _flat(forms):
        for name, errors in form.errors.items():
            target = _target(form, name)
            found += [{"text": _said(form, name, error), "target": target} for error in errors.as_data()]
    return found


def _said(form: BaseForm, name: str, error: ValidationError) -> str:
    """What is wrong; Django's own words fit every field, so away from their field they come with its label."""
    words = " ".join(error.messages)
    if name not in form.fields or not (
        error.code in NAMELESS or words == form.fields[name].error_messages.get("invalid")
    ):
        return words
    label = str(form[name].label)
    if label.endswith("."):  # a whole sentence to accept: beside it the problem stands for itself
        return words
    return f"{label}{colon()}{words[:1].lower()}{words[1:]}"


def _flat(forms: Any) -> list[BaseForm]:
    flat: list[BaseForm] = []
    for form in forms:
        if isinstance(form, BaseForm):
            flat.append(form)
        elif form and not isinstance(form, str):
            flat += _flat(form)
    return flat


def _target(form: BaseForm, name: str) -> str:
    visible = form.visible_fields()
    if name not in form.fields and not visible:
        return ""
    field = form[name] if name in form.fields else visible[0]  # what concerns the whole form leads to its beginning
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def page_span(page: Page) -> str:
    """ "51–100 of 312", "7 of 7" or "Nothing found"."""
    total = page.paginator.count
    if not total:
        return _("Nothing found")
    values = {"first": page.start_index(), "last": page.end_index(), "total": total}
    if values["first"] == values["last"]:
        return _("%(last)s of %(total)s") % values
    return ngettext("%(first)s–%(last)s of %(total)s", "%(first)s–%(last)s of %(total)s", total) % values


@register.simple_tag
def page_numbers(page: Page) -> list[int]:
    """The numbers to show: first, last and the neighbours; 0 stands for a gap."""
    last = page.paginator.num_pages
    wanted = {1, last, *range(max(1, page.number - NEAR), min(last, page.number + NEAR) + 1)}
    numbers: list[int] = []
    for number in sorted(wanted):
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: dict[str, Any], listing: Any, key: str, words: str, css: str = "") -> dict[str, Any]:
    """A sortable column head of a `people.listing.Listing`: a link that sorts by `key`, with aria-sort on the head."""
    current = listing.sort.lstrip("-")
    descending = listing.sort.startswith("-")
    direction = ("descending" if descending else "ascending") if current == key else ""
    towards = f"-{key}" if current == key and not descending else key
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = towards
    return {"direction": direction, "address": f"?{query.urlencode()}", "words": words, "css": css}
