"""What the cells of one column may hold, as fields of a row's form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.spreadsheets.columns import plain


class WordField(forms.CharField):
    """A cell that says one of a few words, in either language. `words`: after `plain` → value; `said`: what to write."""

    def __init__(self, words: dict[str, str], said: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words, self.said = words, said

    def clean(self, value: Any) -> str:
        return self.value_of(super().clean(value))

    def value_of(self, text: str) -> str:
        """The value a word stands for; empty for none. ValidationError for a word that is not among them."""
        if text and plain(text) not in self.words:
            raise ValidationError(
                _("“%(value)s” is not among the possible words: %(words)s."),
                code="word",
                params={"value": text[:40], "words": self.said},
            )
        return self.words.get(plain(text), "")


class WordsField(WordField):
    """A cell that says several of the words, between commas or semicolons."""

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        text = forms.CharField.clean(self, value)
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        return list(dict.fromkeys(self.value_of(part) for part in parts if part))
