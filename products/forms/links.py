"""Forms that add one thing a product enables, improves, manages, needs or goes through."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm, RecordForm
from people.models import Person
from products.models import (
    Application,
    BusinessCapability,
    Product,
    ProductDependency,
    Service,
    ValueStreamStage,
)
from products.states import Level


class ChoiceOfOne(PairedForm):
    """One entry to add, and why. `kind` names the form when several stand on a page."""

    kind = ""
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("Stands in the history beside the change.")
    )

    def __init__(self, *args: Any, product: Product, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.kind, **kwargs)
        self.offer(product, person)

    def offer(self, product: Product, person: Person) -> None:
        """Set the choices: what this person sees and the product does not have yet."""
        raise NotImplementedError

    def _choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows.order_by("code")
        self.fields[name].label_from_instance = lambda entry: f"{entry.code} – {entry.name}"


class ServiceForm(ChoiceOfOne):
    kind, field_order = "service", ["service", "reason"]
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service"))

    def offer(self, product: Product, person: Person) -> None:
        rows = Service.objects.visible_to(person).filter(is_active=True)
        self._choose("service", rows.exclude(enabled_by__product=product))


class CapabilityForm(ChoiceOfOne):
    kind, field_order = "capability", ["capability", "reason"]
    capability = forms.ModelChoiceField(BusinessCapability.objects.none(), label=_("Business capability"))

    def offer(self, product: Product, person: Person) -> None:
        rows = BusinessCapability.objects.visible_to(person).filter(is_active=True)
        self._choose("capability", rows.exclude(improved_by__product=product))


class ApplicationForm(ChoiceOfOne):
    kind, field_order = "application", ["application", "reason"]
    application = forms.ModelChoiceField(Application.objects.none(), label=_("Application"))

    def offer(self, product: Product, person: Person) -> None:
        rows = Application.objects.visible_to(person).filter(is_active=True)
        self._choose("application", rows.exclude(managed_by__product=product))


class DependencyForm(ChoiceOfOne):
    kind, field_order = "dependency", ["needs", "for_what_en", "for_what_fr", "reason"]
    needs = forms.ModelChoiceField(Product.objects.none(), label=_("Depends on"))
    for_what_en = forms.CharField(
        label=ProductDependency._meta.get_field("for_what_en").verbose_name, required=False, max_length=200
    )
    for_what_fr = forms.CharField(
        label=ProductDependency._meta.get_field("for_what_fr").verbose_name, required=False, max_length=200
    )

    def offer(self, product: Product, person: Person) -> None:
        rows = Product.objects.visible_to(person).exclude(pk=product.pk)
        self._choose("needs", rows.exclude(used_by__product=product))


class NewStageForm(ChoiceOfOne):
    kind, field_order = "stage", ["name_en", "name_fr", "reason"]
    name_en = forms.CharField(label=ValueStreamStage._meta.get_field("name_en").verbose_name, max_length=120)
    name_fr = forms.CharField(label=ValueStreamStage._meta.get_field("name_fr").verbose_name, max_length=120)

    def offer(self, product: Product, person: Person) -> None:
        """Nothing to choose from."""


class StageUseForm(ChoiceOfOne):
    kind, field_order = "use", ["stage", "used", "reason"]
    stage = forms.ModelChoiceField(ValueStreamStage.objects.none(), label=_("Stage"))
    used = forms.ModelChoiceField(Product.objects.none(), label=_("CIO product"))

    def offer(self, product: Product, person: Person) -> None:
        self.fields["stage"].queryset = ValueStreamStage.objects.filter(product=product).order_by("position")
        self._choose("used", Product.objects.visible_to(person).filter(level=Level.CIO))


class StageForm(RecordForm):
    """The name and the place of a stage."""

    asks_why = True

    class Meta:
        model = ValueStreamStage
        fields = ["name_en", "name_fr", "position"]


FORMS: dict[str, type[ChoiceOfOne]] = {
    form.kind: form
    for form in (ServiceForm, CapabilityForm, ApplicationForm, DependencyForm, NewStageForm, StageUseForm)
}
