"""The one page of a strategy, in both languages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm, RecordForm
from products.actions.strategy import TEXTS
from products.models import ProductStrategy

FIELDS = [f"{text}_{language}" for text in TEXTS for language in ("en", "fr")]
HINTS = {
    "why": _("The need, and what happens if nobody answers it."),
    "for_whom": _("Who uses it, who benefits."),
    "outcomes": _("What will be different, and how one would see it."),
    "available": _("When its users will have it."),
}


class StrategyForm(RecordForm):
    class Meta:
        model = ProductStrategy
        fields = FIELDS
        help_texts = {f"{text}_{language}": words for text, words in HINTS.items() for language in ("en", "fr")}
        widgets = {name: forms.Textarea(attrs={"rows": 5, "lang": name[-2:]}) for name in FIELDS}


class PublishForm(PairedForm):
    """Only says which draft the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
