"""Forms about conditions: the proof, what a proof lacks, and the filters of their list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.models import Condition
from governance.states import ConditionState
from people.editing import PairedForm, RecordForm
from products.lists.filters import SearchFilter
from records import clock
from records.evidence import kinds

BINDING = [(each.value, each.label) for each in (ConditionState.OPEN, ConditionState.PROVEN, ConditionState.CLOSED)]


class ProofForm(RecordForm):
    proof_link = forms.URLField(
        label=_("Where the proof is"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the document or page, if there is one."),
    )

    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": kinds.ACCEPT})
    )

    class Meta:
        model = Condition
        fields = ["proof", "proof_link"]
        widgets = {"proof": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "proof": _("What was done, when, and what shows it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].required = True
        self.fields["file"].help_text = kinds.hint()
        self.order_fields(["version", "proof", "proof_link", "file"])


class RefusalForm(PairedForm):
    """What a proof lacks."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The owner reads this and proves the condition anew."),
    )


class ConditionFilters(django_filters.FilterSet):
    q = SearchFilter(
        fields=("what_en", "what_fr", "review__product__code", "review__product__name_en", "review__product__name_fr")
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="of_mine",
        choices=[("prove", _("mine to prove")), ("verify", _("mine to verify"))],
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=BINDING, empty_label=_("All"))
    overdue = django_filters.BooleanFilter(label=_("Overdue only"), method="only_overdue", widget=forms.CheckboxInput)

    class Meta:
        model = Condition
        fields: list[str] = []

    def of_mine(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        person = self.request.user
        return rows.filter(Q(owner=person) if value == "prove" else Q(verifier=person))

    def only_overdue(self, rows: Any, name: str, value: bool) -> QuerySet:
        return rows.overdue(clock.today()) if value else rows
