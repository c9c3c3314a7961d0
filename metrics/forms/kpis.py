"""Forms for indicators: adopting one, its target, a value, a correction."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.indicators.words import period_words, with_unit
from metrics.models import KpiDefinition, KpiValue, ProductKpi
from people.bilingual import reader
from people.editing import PairedForm, RecordForm
from products import fiscal
from products.forms.fields import PersonField
from products.models import Product

SPACES = {ord(each): None for each in " \t\u00a0\u202f\u2009"}


class FigureField(forms.DecimalField):
    """A figure as people of either language type it: 1.5, 1,5, 1 234,5, 1,234.5, 34 %."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a figure, for example 1.5 or 1,5.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=4, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = plain(value)
        try:
            return super().to_python(value)
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def plain(text: str) -> str:
    """The figure with a point as its only mark. In English 1,234 is a thousand and more, in French one and a bit."""
    text = text.translate(SPACES).removesuffix("%").replace("−", "-")
    if "," in text and "." in text:
        thousands = "," if text.rfind(",") < text.rfind(".") else "."
        text = text.replace(thousands, "")
    elif text.count(",") > 1 or (text.count(",") == 1 and reader() == "en" and len(text.rpartition(",")[2]) == 3):
        text = text.replace(",", "")
    return text.replace(",", ".")


class AimForm(RecordForm):
    """What the team aims at, what it compares itself with, and who looks after it."""

    target = FigureField(label=_("Target"), required=False, help_text=_("Leave empty while there is none."))
    benchmark = FigureField(
        label=_("Own benchmark"),
        required=False,
        help_text=_("What others reach, if the catalogue says nothing better."),
    )
    owner = PersonField(label=_("Owner"), required=False, help_text=_("Who sees to it that it is reported."))

    class Meta:
        model = ProductKpi
        fields = ["target", "benchmark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("target", "benchmark"):
            value = self.initial.get(name)
            if value is not None:
                self.initial[name] = typed(value, self.instance.definition.decimals)
        if self.instance.owner_id:
            self.initial["owner"] = self.instance.owner

    def _post_clean(self) -> None:
        """The act checks the record; a form that built it here would say everything twice."""


class AdoptForm(AimForm):
    """An indicator of the catalogue, and the aim."""

    definition = forms.ModelChoiceField(
        label=_("Indicator"), queryset=KpiDefinition.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    field_order = ["definition", "target", "benchmark", "owner"]

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["definition"].queryset = KpiDefinition.objects.offered_to(product).order_by("kind", "code")
        self.fields["definition"].label_from_instance = offered_words

    @property
    def offers(self) -> bool:
        """Whether there is anything left to adopt."""
        return self.fields["definition"].queryset.exists()


def offered_words(definition: KpiDefinition) -> str:
    """Name and what it counts."""
    about = [definition.name, definition.get_frequency_display(), definition.get_direction_display()]
    return ", ".join(map(str, about)) + (f". {definition.meaning}" if definition.meaning else "")


class ValueForm(PairedForm):
    """The value of a period. Asks why only when the period chosen has a value already."""

    period = forms.TypedChoiceField(
        label=_("Period"),
        coerce=date.fromisoformat,
        error_messages={
            "invalid_choice": _("Choose one of the periods listed; one that has not begun cannot be reported.")
        },
    )
    value = FigureField(label=_("Value"))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where the figure comes from, so that anyone can check it.")
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, help_text=_("What a reader should know to judge it.")
    )
    reason = forms.CharField(
        label=_("Why the value is corrected"),
        max_length=500,
        required=False,
        help_text=_("The earlier value stays readable, with your reason."),
        error_messages={"required": _("This period has a value already. Say why yours replaces it.")},
    )

    def __init__(self, *args: Any, kpi: ProductKpi, periods: list[date], values: list[KpiValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi, self.present = kpi, {each.period: each for each in values}
        definition = kpi.definition
        self.fields["period"].choices = self._choices(periods)
        self.fields["value"].help_text = definition.unit
        if self.chosen in self.present:
            self.fields["reason"].required = True
        else:
            self.fields["reason"].widget = forms.HiddenInput()

    @property
    def chosen(self) -> date | None:
        """The period as typed or offered."""
        text = self.data.get("period", "") if self.is_bound else self.initial.get("period", "")
        try:
            return date.fromisoformat(str(text))
        except ValueError:
            return None

    def _choices(self, periods: list[date]) -> list[tuple[str, list[tuple[str, str]]]]:
        """The periods under their fiscal years, the newest first; those that have a value say it."""
        start = self.kpi.product.department.fiscal_start_month
        found: dict[str, list[tuple[str, str]]] = {}
        for first in sorted(periods, reverse=True):
            year = fiscal.label(fiscal.fiscal_year_of(first, start))
            found.setdefault(year, []).append((first.isoformat(), self._words(first, start)))
        return list(found.items())

    def _words(self, first: date, start: int) -> str:
        definition = self.kpi.definition
        words = period_words(definition.frequency, first, start)
        present = self.present.get(first)
        if present is None:
            return words
        value = with_unit(present.value, definition.unit, definition.decimals)
        return _("%(period)s: %(value)s reported") % {"period": words, "value": value}

    @property
    def corrects(self) -> bool:
        return self.cleaned_data["period"] in self.present


def typed(value: Decimal, decimals: int) -> str:
    """A figure as the reader would type it."""
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if reader() == "fr" else text
