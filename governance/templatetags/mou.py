"""Paragraphs of a memorandum in templates: `{% load mou %}`. Whatever was typed is text, never markup."""

import re
from typing import Any

from django import template
from django.utils import translation
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from governance.models import MouSignature
from governance.mou.assurance import assurance_words
from governance.mou.placeholders import WORD, label_of
from governance.mou_states import SigningMethod

register = template.Library()
BULLET = re.compile(r"^[-•–]\s+")


@register.simple_tag
def set_out(text: str, is_open: Any = ()) -> SafeString:
    """Lines as paragraphs, lines that begin with "- " as a list; placeholders of `is_open` as what is missing."""
    parts: list[SafeString] = []
    items: list[SafeString] = []
    for line in [each.strip() for each in str(text).split("\n")] + [""]:
        if BULLET.match(line):
            items.append(_line(BULLET.sub("", line), is_open))
            continue
        if items:
            parts.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items))))
            items = []
        if line:
            parts.append(format_html("<p>{}</p>", _line(line, is_open)))
    return format_html_join("", "{}", ((part,) for part in parts))


def _line(text: str, is_open: Any) -> SafeString:
    pieces, at = [], 0
    for found in WORD.finditer(text):
        if found[1] not in (is_open or ()):
            continue
        pieces.append(format_html("{}", text[at : found.start()]))
        words = _("still open: %(what)s") % {"what": label_of(found[1])}
        pieces.append(format_html('<mark class="missing">[{}]</mark>', words))
        at = found.end()
    pieces.append(format_html("{}", text[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_tag
def twice(words: Any, between: str = " / ") -> SafeString:
    """A lazy text in English, then in French marked as such; once where both are the same."""
    with translation.override("en"):
        english = str(words)
    with translation.override("fr"):
        french = str(words)
    if english == french:
        return format_html("{}", english)
    return format_html('{}{}<span lang="fr">{}</span>', english, between, french)


@register.filter
def method(signature: MouSignature) -> Any:
    """How it was signed, for `twice`: here, on paper, by e-mail."""
    return SigningMethod(signature.method).label


@register.filter
def known(signature: MouSignature) -> Any:
    """How it was signed and how the signatory was known, for `twice`."""
    return lazy(assurance_words, str)(signature)
