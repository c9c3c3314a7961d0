"""The forms of the structure and governance editors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.editing import PairedForm, RecordForm
from people.models import Branch
from people.states import CapacityKind
from products.actions.governance import Seat
from products.forms.fields import DayField, PersonField
from products.models import CorporateFacing, GovernanceBody, Position, Product
from records import clock

ROLE_CHOICES = [
    ("", gettext_lazy("a person, named beside")),
    *((kind.value, kind.label) for kind in CapacityKind.roles()),
]
SPARE_SEATS, MOST_SEATS = 3, 40


class PositionForm(RecordForm):
    """One position; held by somebody or vacant, each since a day."""

    holder = PersonField(
        label=gettext_lazy("Holder"), required=False, help_text=gettext_lazy("Leave empty when it is vacant.")
    )
    held_since = DayField(label=gettext_lazy("Held since"), required=False)
    vacant_since = DayField(label=gettext_lazy("Vacant since"), required=False)
    starts_on = DayField(label=gettext_lazy("Position exists from"))

    class Meta:
        model = Position
        fields = [
            "number",
            "title_en",
            "title_fr",
            "branch",
            "reports_to",
            "holder",
            "held_since",
            "vacant_since",
            "skills_en",
            "skills_fr",
            "share_of_time",
            "starts_on",
        ]

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.product = product
        self.fields["branch"].queryset = (
            Branch.objects.filter(is_active=True).select_related("department").order_by("department__code", "acronym")
        )
        others = Position.objects.filter(product=product).on(clock.today()).exclude(pk=self.instance.pk)
        self.fields["reports_to"].queryset = others.select_related("branch")
        self.fields["reports_to"].label_from_instance = lambda row: f"{row.title} ({row.branch.acronym})"
        self.fields["reports_to"].empty_label = _("Nobody: top of the team")
        if not self.is_bound and self.instance.holder_id:
            self.initial["holder"] = self.instance.holder.name
        if not self.is_bound and not self.instance.version:
            self.initial["starts_on"] = clock.today()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        holder = data.get("holder")
        if not holder:
            data["held_since"] = None
            if self.instance.holder_id and not data.get("vacant_since"):
                data["vacant_since"] = clock.today()
            return data
        # A position that is filled is no longer vacant: the date of the vacancy is cleared, not quarrelled about.
        data["vacant_since"] = None
        same_day = data.get("held_since") == self.instance.held_since
        if self.instance.version and holder.pk != self.instance.holder_id and same_day:
            raise ValidationError({"held_since": _("Say since when the new holder holds it")})
        return data


class EndForm(PairedForm):
    """The last day of a position or a body, and why."""

    ends_on = DayField(label=gettext_lazy("Last day"))
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, help_text=gettext_lazy("Stands in the history beside the change.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BodyForm(RecordForm):
    """One body with its members: rows of a role or a person, one of them in the chair."""

    starts_on = DayField(label=gettext_lazy("From"))

    class Meta:
        model = GovernanceBody
        fields = [
            "kind",
            "name_en",
            "name_fr",
            "reports_to",
            "terms_of_reference",
            "delegated_en",
            "delegated_fr",
            "starts_on",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("delegated_en", "delegated_fr")}
        help_texts = {
            "delegated_en": gettext_lazy("One decision a line."),
            "delegated_fr": gettext_lazy("One decision a line."),
        }

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.product = product
        others = GovernanceBody.objects.filter(product=product).on(clock.today()).exclude(pk=self.instance.pk)
        self.fields["reports_to"].queryset = others
        self.fields["reports_to"].empty_label = _("No other body here")
        if not self.is_bound and not self.instance.version:
            self.initial["starts_on"] = clock.today()


class SeatForm(forms.Form):
    """One member: a role of the team or a person."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLE_CHOICES, required=False)
    person = PersonField(label=gettext_lazy("Person"), required=False)
    is_chair = forms.BooleanField(label=gettext_lazy("Chair"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") and data.get("person"):
            raise ValidationError({"person": _("Name a role or a person, not both")})
        if data.get("is_chair") and not (data.get("role") or data.get("person")) and "person" not in self.errors:
            raise ValidationError({"person": _("Say who is in the chair")})
        return data


class SeatFormSet(forms.BaseFormSet):
    """The members of a body; a row left empty is nobody."""

    def clean(self) -> None:
        if any(self.errors):
            return
        seats = self.seats()
        if sum(seat.is_chair for seat in seats) > 1:
            raise ValidationError(_("A body has one chair."))
        if len({(seat.role, seat.person) for seat in seats}) < len(seats):
            raise ValidationError(_("A member is listed twice."))

    def with_one_more(self) -> "SeatFormSet":
        """The rows as they were typed, not judged yet, and an empty one after them, where the reader goes on."""
        typed = [{name: form[name].value() for name in form.fields} for form in self.forms]
        fresh: SeatFormSet = type(self)(initial=typed, prefix=self.prefix)
        fresh.extra = 1
        if len(fresh.forms) > len(typed):
            fresh.forms[-1].fields["role"].widget.attrs["autofocus"] = True
        return fresh

    def seats(self) -> list[Seat]:
        rows = [form.cleaned_data for form in self.forms]
        return [
            Seat(row["role"], row["person"], row["is_chair"]) for row in rows if row.get("role") or row.get("person")
        ]


SeatForms = forms.formset_factory(
    SeatForm, formset=SeatFormSet, extra=SPARE_SEATS, max_num=MOST_SEATS, absolute_max=MOST_SEATS
)


class FacingForm(RecordForm):
    """Which corporate body a role faces."""

    class Meta:
        model = CorporateFacing
        fields = ["role", "name_en", "name_fr"]
