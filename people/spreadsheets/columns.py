"""The columns a file may have. Heads and words are accepted in both languages, whatever capitals and accents they carry."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import translation

from people.bilingual import LANGUAGES, reader


@dataclass(frozen=True)
class Column:
    """`key` is the name of the row form's field; the heads are what a template file says.

    What `is_told` stands in files that we write and is passed over in those that we read. A column that `is_date` takes
    dates of the spreadsheet as well as 2026-05-31.
    """

    key: str
    en: str
    fr: str
    required: bool = False
    hint_en: str = ""
    hint_fr: str = ""
    is_told: bool = False
    is_date: bool = False

    @property
    def head(self) -> str:
        return self.fr if reader() == "fr" else self.en

    @property
    def hint(self) -> str:
        return self.hint_fr if reader() == "fr" else self.hint_en


def plain(text: str) -> str:
    """Without accents, capitals and punctuation, so that “Façon de travailler” and “facon_de_travailler” are one."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", " ", bare.lower()).strip()


def heads_of(columns: Sequence[Column]) -> dict[str, str]:
    """What a head may say, after `plain` → the key of its column."""
    return {plain(head): column.key for column in columns for head in (column.key, column.en, column.fr)}


def words_of(choices: type[TextChoices]) -> dict[str, str]:
    """What a cell may say for each value of `choices`, after `plain`: its words in both languages, or the value itself."""
    words = {plain(value): value for value in choices.values}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {plain(str(choice.label)): str(choice.value) for choice in choices}
    return words
