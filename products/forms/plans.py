"""Forms for money and for architectural boundaries."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import RecordForm
from people.models import Person
from products import fiscal
from products.models import BudgetLine, FundingSource, InformationAssessment, Product, StandardInUse, TechnologyStandard


class MoneyField(forms.DecimalField):
    """An amount as people of either language type it: 1,250,000.50, 1 250 000,50 $, 1250000."""

    default_error_messages = {"invalid": _("Enter an amount in dollars, for example 1250000 or 1 250 000,50.")}

    def to_python(self, value: Any) -> Decimal | None:
        if not isinstance(value, str):
            return super().to_python(value)
        text = "".join(each for each in value if not each.isspace() and each not in "$\u00a0\u202f")
        if "," in text and ("." in text or len(text.rsplit(",", 1)[1]) == 3):
            text = text.replace(",", "")
        try:
            return super().to_python(text.replace(",", "."))
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class BudgetLineForm(RecordForm):
    """One line of money. What is not known stays empty."""

    asks_why = True
    planned = MoneyField(label=_("Planned"), max_digits=14, decimal_places=2, min_value=0, widget=forms.TextInput)
    secured = MoneyField(
        label=_("Secured"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.TextInput,
        help_text=_("Leave empty while unknown; 0 means that nothing is secured."),
    )
    actual = MoneyField(
        label=_("Actual"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.TextInput,
        help_text=_("Leave empty while unknown; 0 means that nothing was spent."),
    )
    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)

    class Meta:
        model = BudgetLine
        fields = ["fiscal_year", "source", "kind", "planned", "secured", "actual", "actual_to"]
        widgets = {"actual_to": forms.TextInput(attrs={"class": "short", "placeholder": "2026-09-30"})}
        help_texts = {"actual_to": _("Year-month-day, for example 2026-09-30.")}

    def __init__(self, *args: Any, product: Product, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = sorted(
            {*range(year - 3, year + 6), *([self.instance.fiscal_year] if self.instance.fiscal_year else [])}
        )
        self.fields["fiscal_year"].choices = [(each, fiscal.label(each)) for each in years]
        if not self.instance.version:
            self.initial["fiscal_year"] = year
        self.fields["source"].queryset = FundingSource.objects.filter(
            department=product.department_id, is_active=True
        ).order_by("code")


class AssessmentForm(RecordForm):
    asks_why = True

    class Meta:
        model = InformationAssessment
        fields = ["kind", "state", "reference", "assessed_on", "next_review_on"]
        widgets = {name: forms.TextInput(attrs={"class": "short"}) for name in ("assessed_on", "next_review_on")}
        help_texts = {
            "reference": _("Where the document is: number or address. Needed once it is approved."),
            "assessed_on": _("Year-month-day, for example 2026-09-30."),
            "next_review_on": _("Year-month-day, for example 2026-09-30."),
        }


class StandardForm(RecordForm):
    """A standard the product uses, and how it leaves it when it must. The standard itself is chosen once."""

    asks_why = True

    class Meta:
        model = StandardInUse
        fields = ["standard", "plan_en", "plan_fr", "leave_by"]
        widgets = {
            "leave_by": forms.TextInput(attrs={"class": "short"}),
            "plan_en": forms.Textarea(attrs={"rows": 3}),
            "plan_fr": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"leave_by": _("Year-month-day, for example 2026-09-30.")}

    def __init__(self, *args: Any, product: Product, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.version:
            del self.fields["standard"]
            return
        rows = TechnologyStandard.objects.visible_to(person).filter(is_active=True).exclude(used_by__product=product)
        self.fields["standard"].queryset = rows.order_by("code")
        self.fields["standard"].label_from_instance = lambda row: f"{row.name} ({row.get_state_display()})"
