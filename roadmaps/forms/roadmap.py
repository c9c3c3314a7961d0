"""Forms about the roadmap itself, its goals, outcomes and years."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm, RecordForm
from products.models import FundingSource
from roadmaps.forms.fields import areas, ask_for_one
from roadmaps.models import Goal, Outcome, OutcomeAugmentation, OutcomeReading, Roadmap, RoadmapYear
from roadmaps.states import OutcomeState, Verdict


class RoadmapForm(RecordForm):
    class Meta:
        model = Roadmap
        fields = ["vision_en", "vision_fr", "horizon_from", "horizon_years"]
        widgets = areas("vision")
        help_texts = {
            "vision_en": _("One sentence: what will be true for users when this roadmap has done its work."),
            "horizon_from": _("The calendar year in which the first fiscal year starts, such as 2026 for 2026–27."),
        }


class GoalForm(RecordForm):
    class Meta:
        model = Goal
        fields = ["name_en", "name_fr"]


class OutcomeForm(RecordForm):
    """The one-page case: hypothesis, measure, value, cost."""

    class Meta:
        model = Outcome
        fields = [
            "name_en",
            "name_fr",
            "believe_en",
            "believe_fr",
            "result_en",
            "result_fr",
            "metric_en",
            "metric_fr",
            "unit_en",
            "unit_fr",
            "baseline",
            "target",
            "target_on",
            "value_en",
            "value_fr",
            "cost",
            "must_have_by",
            "results_served_en",
            "results_served_fr",
        ]
        widgets = areas("believe", "result", "value", "results_served")
        help_texts = {
            "believe_en": _("The change you will make."),
            "metric_en": _("What you will measure, such as interviews per 100 active seekers."),
            "baseline": _("The value today."),
            "target": _("The value that shows you were right."),
        }


class CloseOutcomeForm(PairedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=_("It is"),
        widget=forms.RadioSelect,
        choices=[(OutcomeState.DELIVERED, _("delivered")), (OutcomeState.STOPPED, _("stopped"))],
    )
    verdict = forms.ChoiceField(label=_("What users say"), widget=forms.RadioSelect, choices=Verdict.of_users())
    evidence_en = forms.CharField(
        label=_("evidence from users (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence_fr = forms.CharField(
        label=_("evidence from users (French)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, may_stop: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_one(self, "evidence")
        field = self.fields["state"]
        if not may_stop and self.data.get("state") != OutcomeState.STOPPED:  # what was sent is answered by the act
            field.widget.choices = [each for each in field.choices if each[0] != OutcomeState.STOPPED]  # type: ignore[attr-defined]


class ReadingForm(RecordForm):
    class Meta:
        model = OutcomeReading
        fields = ["read_on", "value", "source"]
        help_texts = {"source": _("Where the figure comes from, so that anyone can check it.")}


class AugmentationForm(RecordForm):
    class Meta:
        model = OutcomeAugmentation
        fields = ["fiscal_year", "source", "amount", "decision_reference"]
        help_texts = {"fiscal_year": _("The calendar year in which it starts, such as 2026 for 2026–27.")}

    def __init__(self, *args: Any, department: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = FundingSource.objects.filter(department=department)


class YearForm(RecordForm):
    class Meta:
        model = RoadmapYear
        fields = ["theme_en", "theme_fr"]
        help_texts = {"theme_en": _("A few words for the whole year. May stay empty.")}
