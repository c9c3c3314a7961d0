"""Forms of a memorandum in force: money that came, a proposal to end it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import Mou, MouTermination, MouTransfer
from governance.mou.transfers import payers, years_of
from governance.mou_states import ReviewCycle
from people.editing import PairedForm, RecordForm
from people.forms.fields import DayField
from people.models import Branch
from products import fiscal
from products.forms.plans import MoneyField
from records import clock


class TransferForm(RecordForm):
    """One amount that came, against a fiscal year of the agreement."""

    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    amount = MoneyField(label=_("Amount"), max_digits=14, decimal_places=2, min_value=0, widget=forms.TextInput)
    transferred_on = DayField(label=_("Transferred on"), help_text=_("Year-month-day, for example 2026-09-30."))

    class Meta:
        model = MouTransfer
        fields = ["branch", "fiscal_year", "kind", "amount", "transferred_on", "reference", "note"]
        help_texts = {"reference": _("The number of the transfer in the financial system.")}

    def __init__(self, *args: Any, mou: Mou, **kwargs: Any) -> None:
        self.asks_why = bool(kwargs.get("instance") and kwargs["instance"].version)
        super().__init__(*args, **kwargs)
        branches = payers(mou)
        self.fields["branch"].queryset = Branch.objects.filter(pk__in=[each.pk for each in branches])
        years = years_of(mou)
        self.fields["fiscal_year"].choices = [(each, fiscal.label(each)) for each in years]
        if self.instance.version:
            return
        now = fiscal.fiscal_year_of(clock.today(), mou.product.department.fiscal_start_month)
        self.initial |= {"fiscal_year": now if now in years else None, "transferred_on": clock.today()}
        if len(branches) == 1:
            self.fields["branch"].empty_label = None


class TerminationForm(PairedForm, forms.ModelForm):
    """From which day on, why, and what becomes of money and people; for which party when one speaks for several."""

    party: Any = forms.ModelChoiceField(None, label=_("For which party"), empty_label=None)
    effective_on = DayField(
        label=_("Ends on"), help_text=_("From this day on it no longer binds, once every party has consented.")
    )

    class Meta:
        model = MouTermination
        fields = [
            "effective_on", "reason_en", "reason_fr", "funding_en", "funding_fr", "staffing_en", "staffing_fr",
        ]  # fmt: skip
        help_texts = {
            "funding_en": _("What was transferred and not spent, and what is still to come."),
            "funding_fr": _("The same in French."),
            "staffing_en": _("Where the people dedicated to the product go, and when."),
            "staffing_fr": _("The same in French."),
        }

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties
        self.order_fields(["party"])
        if len(parties) == 1:
            self.fields["party"].widget, self.fields["party"].required = forms.HiddenInput(), False
            self.only = parties[0]
        for name in self._meta.fields[1:]:
            self.fields[name].widget.attrs["rows"] = 4

    @property
    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found["party"] = found.get("party") or self.only
        return found


class ConsentForm(PairedForm):
    """A consent is a deliberate act: one box, then the button."""

    agreed = forms.BooleanField(label=_("My party consents to its end on that day and to what is written here."))


class ReviewNoteForm(PairedForm):
    """That the review was done, when, and what came of it; the date after it where it is reviewed on a date."""

    due_on = DayField(widget=forms.HiddenInput)
    reviewed_on = DayField(label=_("Reviewed on"), help_text=_("Year-month-day, for example 2026-09-30."))
    note_en = forms.CharField(
        label=_("What came of it (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    note_fr = forms.CharField(
        label=_("What came of it (French)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_on = DayField(
        label=_("Next review on"), required=False, help_text=_("Leave empty where no further review is agreed.")
    )

    def __init__(self, *args: Any, mou: Mou, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"due_on": due_on, "reviewed_on": clock.today()}
        if mou.review_cycle != ReviewCycle.ON_DATE:
            del self.fields["next_on"]


class LogForm(RecordForm):
    """What changed with a version, as the log tells it."""

    class Meta:
        model = Mou
        fields = ["change_en", "change_fr"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("change_en", "change_fr")}
