"""Hand authority over, or take it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm, RecordForm
from people.forms.fields import DayField, PersonField
from people.models import Delegation
from people.states import DelegatedAct


class DelegationForm(RecordForm):
    """To whom, for what, from when to when, why."""

    delegate = PersonField(label=_("To whom"), help_text=_("Somebody of your department; name or e-mail address."))
    acts = forms.MultipleChoiceField(
        label=_("For which acts"), choices=DelegatedAct.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_on = DayField(label=_("From"), help_text=_("YYYY-MM-DD; the first day on which it counts."))
    ends_on = DayField(label=_("To"), help_text=_("YYYY-MM-DD; the last day on which it counts."))

    class Meta:
        model = Delegation
        fields = ("delegate", "acts", "starts_on", "ends_on", "reason")
        help_texts = {"reason": _("For example: leave in August. It stands in the history.")}

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndDelegationForm(PairedForm):
    """Why it ends before its day."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stands in the history."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
