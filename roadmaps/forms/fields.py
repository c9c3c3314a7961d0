"""Choosing a month, a fiscal year, a milestone: the fields that several forms of this floor share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products import fiscal
from roadmaps.models import Milestone, Outcome
from roadmaps.reading.words import month_words


class MonthField(forms.DateField):
    """A month, typed as 2027-04 (or any day of it); kept as its first day."""

    widget = forms.DateInput(format="%Y-%m", attrs={"placeholder": "2027-04", "class": "short", "autocomplete": "off"})
    input_formats = ("%Y-%m", "%Y-%m-%d", "%m/%Y")
    default_error_messages = {"invalid": _("Write the month as 2027-04.")}

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value.strip() if isinstance(value, str) else value)
        return found.replace(day=1) if found else None


def month_choices(years: Iterable[int], start_month: int) -> list[tuple[str, str]]:
    """Every month of the years, for a list."""
    months = (month for year in years for month in fiscal.months_of(year, start_month))
    return [(month.isoformat(), month_words(month)) for month in months]


def year_choices(years: Iterable[int]) -> list[tuple[str, str]]:
    return [(str(year), fiscal.label(year)) for year in years]


def milestone_label(milestone: Milestone) -> str:
    """Title and month."""
    return f"{milestone.title} ({month_words(milestone.month)})"


def outcome_label(outcome: Outcome) -> str:
    return f"{outcome.code} {outcome.name}"


class MilestoneChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Milestone) -> str:
        return milestone_label(obj)


class MilestonesChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Milestone) -> str:
        return milestone_label(obj)


class OutcomesChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Outcome) -> str:
        return outcome_label(obj)


class OutcomeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Outcome) -> str:
        return outcome_label(obj)


def areas(*names: str, rows: int = 3) -> dict[str, forms.Textarea]:
    """Text areas for pairs of long texts: `areas("value")` covers value_en and value_fr."""
    return {f"{name}_{language}": forms.Textarea(attrs={"rows": rows}) for name in names for language in ("en", "fr")}


def ask_for_one(form: forms.BaseForm, name: str) -> None:
    """The texts of a pair do not call themselves optional: the act asks for one of the two."""
    for language in ("en", "fr"):
        form.fields[f"{name}_{language}"].needed_later = True  # type: ignore[attr-defined]
