"""The small forms of a risk: scores anew, a review, an acceptance, how it ends; and one activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.risks import DAY, LAPSES, SCORED, ScoredForm, ask_in_either
from governance.models import Mitigation
from people.editing import PairedForm, RecordForm
from people.forms.fields import DayField, PersonField


class ScoreForm(ScoredForm):
    """Scores anew, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("why the score changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the history beside the score."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["version", *SCORED, "note"])


class ReviewForm(PairedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(label=_("what you found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    review_on = DayField(label=_("next review"), required=False)

    def __init__(self, *args: Any, latest: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].help_text = _(
            "Left empty: %(latest)s, as the band of the risk asks; sooner if you wish."
        ) % {"latest": latest}


class AcceptForm(PairedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    justification_en = forms.CharField(
        label=_("justification (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    justification_fr = forms.CharField(
        label=_("justification (French)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"})
    )
    until = DayField(
        label=_("accepted until"),
        help_text=LAPSES,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ask_in_either(self, "justification", _("Say why the risk is accepted, in English or in French."))
        return cleaned


class IssueForm(PairedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    became_issue_on = DayField(label=_("became an issue on"), help_text=DAY)
    issue_en = forms.CharField(
        label=_("what happened (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    issue_fr = forms.CharField(
        label=_("what happened (French)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ask_in_either(self, "issue", _("Say what happened, in English or in French."))
        return cleaned


class RiskReasonForm(PairedForm):
    """Why it is closed, reopened or taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class MitigationForm(RecordForm):
    owner = PersonField(label=_("who does it"), help_text=_("Name or e-mail address."))
    due_on = DayField(label=_("due on"), help_text=DAY)

    class Meta:
        model = Mitigation
        fields = ["what_en", "what_fr", "owner", "due_on"]
        widgets = {name: forms.Textarea(attrs={"rows": 2, "lang": name[-2:]}) for name in ("what_en", "what_fr")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["owner"] = self.instance.owner if self.instance.owner_id else None

    def _post_clean(self) -> None:
        """The act checks the row; here nothing is put into it yet."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ask_in_either(self, "what", _("Say what is done, in English or in French."))
        return cleaned
