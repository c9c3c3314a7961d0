"""Forms about milestones: what they are, where they stand, what they wait for, who pays."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm, RecordForm
from products import fiscal
from products.models import FundingSource
from roadmaps.forms.fields import (
    MilestoneChoice,
    OutcomesChoice,
    month_choices,
    year_choices,
)
from roadmaps.models import Goal, Milestone, Outcome, ParallelProject, Roadmap
from roadmaps.states import OutcomeState, ReasonKind

FACTS = [
    "title_en",
    "title_fr",
    "summary_en",
    "summary_fr",
    "size",
    "kind",
    "cost_salary",
    "cost_non_salary",
    "is_gate",
    "is_non_discretionary",
    "project",
]


class MilestoneForm(RecordForm):
    """The facts of a milestone, and the outcomes it serves."""

    class Meta:
        model = Milestone
        fields = FACTS
        help_texts = {
            "summary_en": _("At most 60 characters: it stands beside the mark on the picture."),
            "cost_salary": _("Leave empty while it is not known."),
            "is_gate": _("Its evidence decides whether the work goes on."),
        }

    outcomes = OutcomesChoice(label=_("outcomes served"), queryset=Outcome.objects.none(), required=False)

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.roadmap = roadmap
        open_ones = Outcome.objects.filter(roadmap=roadmap).exclude(state=OutcomeState.STOPPED)
        self.fields["outcomes"].queryset = open_ones.select_related("goal")
        department = roadmap.product.department_id
        self.fields["project"].queryset = ParallelProject.objects.filter(department=department, is_active=True)
        if self.instance.version:
            served = Outcome.objects.filter(served_by__milestone=self.instance)
            self.initial.setdefault("outcomes", [each.pk for each in served])


class PlacedMilestoneForm(MilestoneForm):
    """A new milestone, with its lane and month if it has them already."""

    goal = forms.ModelChoiceField(
        label=_("goal"),
        queryset=Goal.objects.none(),
        required=False,
        help_text=_("Without a choice: the goal of its first outcome."),
    )
    planned_year = forms.TypedChoiceField(label=_("fiscal year"), coerce=int, empty_value=None, required=False)
    month = forms.TypedChoiceField(label=_("month"), coerce=date.fromisoformat, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roadmap = self.instance.roadmap
        self.fields["goal"].queryset = Goal.objects.filter(roadmap=roadmap, retired_on__isnull=True)
        self.fields["planned_year"].choices = [("", _("in no year yet")), *year_choices(years)]
        self.fields["month"].choices = [("", _("unscheduled")), *month_choices(years, roadmap.start_month)]

    def clean(self) -> dict[str, Any]:
        """A month brings its fiscal year."""
        data = super().clean() or self.cleaned_data
        if data.get("month") and not data.get("planned_year"):
            data["planned_year"] = fiscal.fiscal_year_of(data["month"], self.instance.roadmap.start_month)
        return data


class MoveForm(PairedForm):
    """Where a milestone shall stand. Every move, by form, by button or by dragging, is this form."""

    KEEP = "keep"

    year = forms.ChoiceField(label=_("fiscal year"), required=False)
    month = forms.ChoiceField(label=_("month"), required=False)
    goal = forms.ChoiceField(label=_("lane"), required=False)
    months = forms.IntegerField(required=False, min_value=-120, max_value=120, widget=forms.HiddenInput)
    order = forms.ChoiceField(
        label=_("order within the month"),
        required=False,
        choices=[
            ("", _("as it is")),
            ("top", _("to the top")),
            ("up", _("up")),
            ("down", _("down")),
            ("bottom", _("to the bottom")),
        ],
    )

    def __init__(self, *args: Any, roadmap: Roadmap, years: list[int], goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = (self.KEEP, _("as it is"))
        self.goals = {str(goal.id): goal for goal in goals}
        self.fields["year"].choices = [keep, *year_choices(years), ("none", _("in no year yet"))]
        self.fields["month"].choices = [keep, *month_choices(years, roadmap.start_month), ("none", _("unscheduled"))]
        self.fields["goal"].choices = [keep, *((key, f"{goal.letter} {goal.name}") for key, goal in self.goals.items())]

    @property
    def wish(self) -> dict[str, Any]:
        """The move as `roadmaps.placing.Move` takes it, without the milestone."""
        data, wish = (
            self.cleaned_data,
            {"months": self.cleaned_data.get("months") or 0, "order": self.cleaned_data["order"]},
        )
        if data["month"] not in ("", self.KEEP):
            wish["month"] = None if data["month"] == "none" else date.fromisoformat(data["month"])
        if data["year"] not in ("", self.KEEP) and not isinstance(wish.get("month"), date):
            wish["year"] = None if data["year"] == "none" else int(data["year"])
        if data["goal"] not in ("", self.KEEP):
            wish["goal_id"] = data["goal"]
        return wish


class ChangeReasonForm(PairedForm):
    """Why the roadmap changes."""

    reason_kind = forms.ChoiceField(label=_("reason"), widget=forms.RadioSelect, choices=ReasonKind.choices)
    reason = forms.CharField(
        label=_("reason in words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. They stand in the log beside the moves."),
    )


class RiskForm(RecordForm):
    class Meta:
        model = Milestone
        fields = ["risk_reason_en", "risk_reason_fr"]
        help_texts = {"risk_reason_en": _("At most 60 characters, such as “privacy review late”.")}


class ReleasedForm(PairedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    released_on = forms.DateField(label=_("released on"))


class DependencyForm(PairedForm):
    needs = MilestoneChoice(label=_("waits for"), queryset=Milestone.objects.none(), required=False)
    outside_en = forms.CharField(label=_("or for something outside (English)"), max_length=120, required=False)
    outside_fr = forms.CharField(label=_("or for something outside (French)"), max_length=120, required=False)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = candidates


class FundingForm(PairedForm):
    source = forms.ModelChoiceField(label=_("source of funds"), queryset=FundingSource.objects.none())
    amount = forms.DecimalField(label=_("amount"), max_digits=14, decimal_places=2)

    def __init__(self, *args: Any, department: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = FundingSource.objects.filter(department=department)
