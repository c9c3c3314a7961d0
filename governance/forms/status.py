"""Forms about product status and about what is put before a board besides toll-gates."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.asking import Asking
from people.editing import PairedForm, RecordForm
from products import fiscal
from products.models import ProductStatus
from records import clock
from roadmaps.models import Roadmap, RoadmapYear


class YearChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: RoadmapYear) -> str:  # type: ignore[override]
        return f"{fiscal.label(obj.year)}, {obj.get_state_display()}"


class StatusRequestForm(PairedForm):
    """Until when, within the roadmap's horizon, and which roadmap year is the business case."""

    until = forms.TypedChoiceField(label=_("For the horizon until"), coerce=int)
    business_case = YearChoice(
        RoadmapYear.objects.none(),
        label=_("Roadmap year that is the business case"),
        help_text=_("Its outcomes and costs are what the board decides on."),
        empty_label=None,
    )

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roadmap = roadmap
        years = [year for year in roadmap.years() if self._end_of(year) > clock.today()]
        self.fields["until"].choices = [(year, self._words(year)) for year in years]
        self.fields["until"].initial = years[-1] if years else None
        self.fields["business_case"].queryset = RoadmapYear.objects.filter(roadmap=roadmap).order_by("-year")

    def _end_of(self, year: int) -> Any:
        return fiscal.first_day(year + 1, self.roadmap.start_month) - timedelta(days=1)

    def _words(self, year: int) -> str:
        return f"{fiscal.label(year)} ({self._end_of(year)})"

    @property
    def values(self) -> dict[str, Any]:
        return {"until": self._end_of(self.cleaned_data["until"]), "business_case": self.cleaned_data["business_case"]}


class ExitForm(RecordForm):
    class Meta:
        model = ProductStatus
        fields = ["exit_reason", "funds_released", "kept"]
        widgets = {"exit_reason": forms.Textarea(attrs={"rows": 3}), "kept": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "funds_released": _("What returns to its sources. Leave it empty while it is not known."),
            "kept": _("Records, contracts, data and people that stay, and where."),
        }


class AskForm(PairedForm):
    """What is put before a board."""

    what = forms.ChoiceField(label=_("What shall a board decide?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, askings: list[Asking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.askings = {each.key: each for each in askings}
        self.fields["what"].choices = [(each.key, each.words) for each in askings]

    @property
    def subject(self) -> dict[str, Any]:
        return self.askings[self.cleaned_data["what"]].subject
