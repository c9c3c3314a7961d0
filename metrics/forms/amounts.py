"""Durations and shares as people type them: a number with its unit; a percentage."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metrics.reading.amounts import Unit, chosen_unit

UNITS = [(str(int(Unit.MINUTE)), _("minutes")), (str(int(Unit.HOUR)), _("hours")), (str(int(Unit.DAY)), _("days"))]
LONGEST = 3_650  # days


def as_typed(value: Decimal) -> str:
    """A number as a person would have typed it: 10, not 1E+1."""
    return f"{value.normalize():f}"


class NumberField(forms.DecimalField):
    """A number with a point or a comma; spaces are forgiven."""

    default_error_messages = {"invalid": _("Enter a number, for example 2.5.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})
        super().__init__(**{"max_digits": 12, "decimal_places": 4, "min_value": 0, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return super().to_python("".join(value.split()).replace(",", "."))
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class DurationPair:
    """Two fields that make one duration: `<name>` and `<name>_unit`. The form stores seconds."""

    def __init__(self, name: str, label: Any, help_text: Any = "", unit: Unit = Unit.DAY) -> None:
        self.name, self.label, self.help_text, self.unit = name, label, help_text, unit

    def add_to(self, form: forms.Form, seconds: Decimal | None = None) -> None:
        """Add both fields to the form, showing `seconds` in the unit in which they are a round figure."""
        form.fields[self.name] = NumberField(label=self.label, required=False, help_text=self.help_text)
        form.fields[f"{self.name}_unit"] = forms.ChoiceField(label=_("in"), choices=UNITS, initial=str(int(self.unit)))
        if seconds is not None:
            unit = max(chosen_unit(seconds), Unit.MINUTE)
            form.initial[self.name] = as_typed(seconds / Decimal(int(unit)))
            form.initial[f"{self.name}_unit"] = str(int(unit))

    def seconds(self, cleaned: dict[str, Any]) -> Decimal | None:
        """What was typed, in seconds."""
        value, unit = cleaned.get(self.name), cleaned.get(f"{self.name}_unit")
        return None if value is None or not unit else Decimal(value) * int(unit)

    def check(self, form: forms.Form) -> None:
        """Refuse what is longer than ten years: a slip of the unit."""
        found = self.seconds(form.cleaned_data)
        if found is not None and found > LONGEST * int(Unit.DAY):
            form.add_error(self.name, _("This is longer than ten years. Check the unit."))


def labelled(form: forms.Form) -> None:
    """Capitalise the labels of fields added later."""
    for field in form.fields.values():
        field.label = capfirst(field.label) if field.label and str(field.label) != str(_("in")) else field.label
