"""What a reader may ask of the executive view."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portfolio.executive.lines import LANES
from portfolio.executive.page import Asked
from records import clock
from roadmaps.picture.grid import PAGE_ROOM


class ExecutiveForm(forms.Form):
    """The address of a view: lanes, approved months, a past day, a paper. Only the day can be wrong; the rest falls back."""

    at = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the date as 2026-10-01. This page shows today.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 10, "maxlength": 10}),
    )

    def clean_at(self) -> date | None:
        at = self.cleaned_data["at"]
        if at and at > clock.today():
            raise ValidationError(_("This date lies in the future. This page shows today."))
        return at

    def asked(self) -> Asked:
        """The reader's wishes; anything that is not offered is read as the ordinary view."""
        self.is_valid()
        lanes, paper = self.data.get("lanes", ""), self.data.get("paper", "")
        return Asked(
            lanes=lanes if lanes in LANES else "goal",
            show_baseline=self.data.get("baseline") != "off",
            at=self.cleaned_data.get("at"),
            paper=paper if paper in PAGE_ROOM else "letter",
        )
