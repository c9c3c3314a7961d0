"""Placeholders become values, in both languages at once."""

from dataclasses import dataclass

from django.utils import translation

from governance.mou.facts import Facts, plain
from governance.mou.placeholders import PLACEHOLDERS, TABLES, WORD, words_in
from people.bilingual import LANGUAGES

Values = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Merged:
    """One clause in one language: its text, the placeholders still open (left in braces), the table it ends with."""

    text: str
    open: tuple[str, ...]
    table: str


def values_of(facts: Facts) -> Values:
    """Language → placeholder → text; an empty text means it is open."""
    found: Values = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = {name: plain(each.text(facts)) for name, each in PLACEHOLDERS.items()}
    return found


def merge(text: str, values: dict[str, str]) -> Merged:
    """Put `values` into one clause. What is open stays in its braces; a table is taken off the end."""
    words = words_in(text)
    table = next((name for name in words if name in TABLES), "")
    is_open = tuple(dict.fromkeys(name for name in words if not values.get(name)))
    text = text.replace(f"{{{table}}}", "").rstrip() if table else text
    return Merged(WORD.sub(lambda found: values.get(found[1]) or found[0], text), is_open, table)
