"""The form that brings a risk before a board."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm
from people.forms.fields import DayField
from records import clock


class EscalateForm(PairedForm):
    """Until when the board is asked to accept the risk; what it reads is prepared on the next page."""

    until = DayField(
        label=_("accept until"),
        help_text=_("The day until which the board is asked to accept the risk as it is. YYYY-MM-DD"),
    )

    def clean_until(self) -> date:
        """A day to come."""
        until: date = self.cleaned_data["until"]
        if until <= clock.today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return until
