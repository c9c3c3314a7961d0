"""Where a product stood when it came into the system."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm
from portfolio.actions.opening import RUNNING
from products.models import Product
from roadmaps.models import RoadmapYear
from roadmaps.states import YearState

DAY = _("Year-month-day, for example 2026-09-30.")


def day(label: Any, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=DAY, widget=forms.TextInput(attrs={"class": "short"})
    )


class OpeningForm(PairedForm):
    phase = forms.ChoiceField(label=_("Phase"), choices=[(phase.value, phase.label) for phase in RUNNING])
    phase_since = day(_("In this phase since"), required=True)
    granted_on = day(_("Product status granted on"))
    expires_on = day(_("Product status lasts until"))
    year = forms.ModelChoiceField(
        RoadmapYear.objects.none(),
        label=_("Roadmap year that is approved"),
        required=False,
        empty_label=_("None"),
        help_text=_("Its milestones as they stand become the first baseline."),
    )
    approved_on = day(_("Roadmap year approved on"))
    paper_mou_location = forms.CharField(label=_("Location of the paper MOU"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Decision on paper this rests on"),
        max_length=300,
        help_text=_("Board, date and number, for example: Investment board, 2024-05-14, item 7."),
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RoadmapYear.objects.filter(roadmap__product=product).exclude(state=YearState.APPROVED)
        self.fields["year"].queryset = rows.select_related("roadmap").order_by("year")

    def answers(self) -> list[tuple[str, Any]]:
        """What will be set, as (label, value), for the page that asks once more."""
        labels = dict(self.fields["phase"].choices)
        given = [
            (name, labels[value] if name == "phase" else value) for name, value in self.cleaned_data.items() if value
        ]
        return [(str(self.fields[name].label), value) for name, value in given]
