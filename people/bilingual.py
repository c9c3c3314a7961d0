"""Names in two columns, one per official language (ux.md B): the reader's own first, the other one marked when it must do."""

import re
from typing import Any

from django.db import models
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = ("en", "fr")


def pair(
    label: Any, max_length: int = 200, *, blank: bool = False, long: bool = False
) -> tuple[models.Field, models.Field]:
    """Two fields for one text: English and French. `long` makes text areas; otherwise at most `max_length` characters."""

    def field(language: str) -> models.Field:
        name = lazy(lambda: f"{label} ({_('English') if language == 'en' else _('French')})", str)()
        if long:
            return models.TextField(name, blank=blank)
        return models.CharField(name, max_length=max_length, blank=blank)

    return field("en"), field("fr")


def reader() -> str:
    """The reader's language, "en" or "fr"."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def other(language: str) -> str:
    return "en" if language == "fr" else "fr"


def said(record: Any, field: str) -> str:
    """The text of `field` for this reader, else in the other language, else empty."""
    mine = reader()
    return getattr(record, f"{field}_{mine}") or getattr(record, f"{field}_{other(mine)}")


def marked(record: Any, field: str) -> str:
    """As `said`, but text that exists only in the other language carries its `lang` and says so."""
    mine = reader()
    own, foreign = getattr(record, f"{field}_{mine}"), getattr(record, f"{field}_{other(mine)}")
    if own or not foreign:
        return own
    note = _("(French only)") if mine == "en" else _("(English only)")
    return format_html('<span lang="{}">{}</span> <span class="soft">{}</span>', other(mine), foreign, note)


# Words that hardly a sentence of the one language does without and that the other does not have.
TELLING = {
    "en": re.compile(r"\b(?:the|and|of|to|is|are|was|were|be|been|that|this|these|with|for|from|by|it|its|not|has|have|we)\b"),
    "fr": re.compile(r"\b(?:le|la|les|des|du|une|et|est|sont|été|dans|que|qui|pour|avec|sur|pas|nous|ils|elle|ce|cette|au)\b"),
}  # fmt: skip


def language_of(text: str) -> str:
    """The language, "en" or "fr", of what one person wrote, by its small words; empty when they do not say."""
    english, french = (len(telling.findall(text.lower())) for telling in TELLING.values())
    return "" if english == french else "en" if english > french else "fr"


def own_words(text: Any) -> str:
    """What one person wrote, carrying its `lang` where that is not the page's, so that it is read aloud as it is meant."""
    if not text or language_of(str(text)) != other(reader()):
        return text
    return format_html('<span lang="{}">{}</span>', other(reader()), text)


class Bilingual:
    """Gives a model with `name_en` and `name_fr` the property `name`, and the same for every other pair."""

    def __getattr__(self, name: str) -> str:
        if not name.startswith("_") and not name.endswith(("_en", "_fr")):
            fields = type(self)._meta._forward_fields_map  # type: ignore[attr-defined]
            if f"{name}_en" in fields:
                return said(self, name)
        raise AttributeError(f"{type(self).__name__} has no {name!r}")
