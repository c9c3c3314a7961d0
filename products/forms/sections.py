"""The forms of the four sections of the brief; what is typed becomes the plain content of a draft (products.brief.drafts)."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.brief.drafts import LISTS, REPOSITORY, TEXTS, Content
from products.models import Application, Product, Service
from products.states import ApplicationLifecycle, ServiceSource
from products.states import BriefSectionCode as S

MOST_ROWS = 30
LONG = 10_000
EXTRAS = re.compile(r"(services|applications)_add|(who|from|to|member)-[\w-]{1,60}")


def typed(code: str, data: QueryDict) -> Content:
    """The content of section `code` as it stands in the fields, unchecked; fields beside the draft are kept too."""
    content: Content = {name: data.get(name, "") for name in TEXTS[code]}
    for name in LISTS.get(code, ()):
        content[name] = _rows(data) if name == "repositories" else data.getlist(name)
    return content | {name: data.get(name, "") for name in data if EXTRAS.fullmatch(name)}


def as_data(code: str, content: Mapping[str, Any]) -> QueryDict:
    """The fields that would have been typed for `content`; the inverse of `typed`."""
    data = QueryDict(mutable=True)
    for name, value in content.items():
        if name == "repositories":
            for index, row in enumerate(value):
                for part in REPOSITORY:
                    data[f"repository_{index}_{part}"] = str(row.get(part, ""))
        elif isinstance(value, list):
            data.setlist(name, [str(each) for each in value])
        else:
            data[name] = str(value)
    return data


def _rows(data: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = [{part: data.get(f"repository_{index}_{part}", "") for part in REPOSITORY} for index in range(MOST_ROWS)]
    return [row for row in rows if any(value.strip() for value in row.values())]


class SectionForm(forms.Form):
    """What every section asks: the version the person saw, and the author's word that it is complete."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    done = forms.ChoiceField(
        label=gettext_lazy("Have you completed this section?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Yes, this section says what is true today")),
            ("no", gettext_lazy("No, we will come back to it")),
        ],
        help_text=gettext_lazy("Your word, beside the system’s count."),
        error_messages={"required": gettext_lazy("Say whether this section is complete")},
    )
    code: str = ""

    def __init__(self, *args: Any, product: Product, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product, self.rows = product, rows
        self.build()
        # The question about the whole comes last, on the page and among the problems.
        self.order_fields([name for name in self.fields if name != "done"])

    def build(self) -> None:
        """Add the fields that depend on what there is."""

    def raw(self, name: str) -> Any:
        """What stands in a field now: typed when bound, else what the section starts with."""
        if not self.is_bound:
            return self.initial.get(name, "")
        return self.data.getlist(name) if name in LISTS.get(self.code, ()) else self.data.get(name, "")

    def content(self) -> Content:
        """The checked content of the section."""
        return {name: self.cleaned_data.get(name, "") for name in TEXTS[self.code]}

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data


def line(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


def text(label: Any, length: int = LONG, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class Picker:
    """Entries of the inventory: the chosen ones as ticked boxes, one more by typing its code or name."""

    def __init__(
        self, form: SectionForm, name: str, label: Any, add_label: Any, rows: list[Any], describe: Any
    ) -> None:
        self.form, self.name, self.rows = form, name, rows
        self.known = {str(row.pk): row for row in rows}
        chosen = [key for key in (form.raw(name) or []) if key in self.known]
        form.fields[name] = forms.MultipleChoiceField(
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, describe(self.known[key])) for key in chosen],
        )
        form.fields[f"{name}_add"] = forms.CharField(
            label=add_label,
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"list": f"{name}-list", "autocomplete": "off"}),
            help_text=gettext_lazy("Type its code or name, or choose from the list."),
        )
        self.options = [option(row) for row in rows if str(row.pk) not in chosen]

    def cleaned(self) -> list[str]:
        """Keys of what is chosen, the added one included; ValidationError when nothing has that code or name."""
        chosen = list(self.form.cleaned_data.get(self.name, []))
        added = self.form.cleaned_data.get(f"{self.name}_add", "").strip()
        if not added:
            return sorted(chosen)
        for key, row in self.known.items():
            if added.casefold() in {
                option(row).casefold(),
                row.code.casefold(),
                row.name_en.casefold(),
                row.name_fr.casefold(),
            }:
                return sorted({*chosen, key})
        raise ValidationError(
            {f"{self.name}_add": _("Nothing in the inventory is called “%(typed)s”") % {"typed": added}}
        )


def option(row: Any) -> str:
    return f"{row.code} – {row.name}"


class ProductSection(SectionForm):
    """Product and services."""

    code = S.PRODUCT
    name_en = line(gettext_lazy("Name in English"), 120)
    name_fr = line(gettext_lazy("Name in French"), 120)
    summary_en = text(
        gettext_lazy("Purpose in English"), 400, help_text=gettext_lazy("What it is for, in a sentence or two.")
    )
    summary_fr = text(
        gettext_lazy("Purpose in French"), 400, help_text=gettext_lazy("What it is for, in a sentence or two.")
    )

    def build(self) -> None:
        rows = list(
            Service.objects.filter(department=self.product.department_id, is_active=True).select_related("program")
        )
        self.services_picker = Picker(
            self, "services", gettext_lazy("Services enabled"), gettext_lazy("Add a service"), rows, _service
        )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["services"] = self.services_picker.cleaned()
        return self.cleaned_data

    def content(self) -> Content:
        return super().content() | {"services": self.cleaned_data["services"]}


def _service(row: Service) -> str:
    return _("%(name)s (%(program)s; source: %(source)s)") % {
        "name": option(row),
        "program": row.program.name,
        "source": ServiceSource(row.source).label,
    }


class OrganisationSection(SectionForm):
    """Organisation and governance: notes beside the two structures, which have editors of their own."""

    code = S.ORGANISATION
    structure_en = text(gettext_lazy("About the structure, in English"))
    structure_fr = text(gettext_lazy("About the structure, in French"))
    governance_en = text(gettext_lazy("About governance, in English"))
    governance_fr = text(gettext_lazy("About governance, in French"))


class PlacesSection(SectionForm):
    """Where things are: requirements repositories, applications, the MOU."""

    code = S.PLACES
    mou = forms.ChoiceField(
        label=gettext_lazy("Where is the MOU?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("none", gettext_lazy("None yet")), ("paper", gettext_lazy("On paper or in another system"))],
        help_text=gettext_lazy(
            "Filled by the system once an MOU is in force here. Until then “none yet” is a complete answer."
        ),
    )
    mou_location = line(
        gettext_lazy("Location of the paper MOU"), 300, help_text=gettext_lazy("An address, a file number or a shelf.")
    )

    def build(self) -> None:
        rows = list(Application.objects.filter(department=self.product.department_id, is_active=True))
        self.applications_picker = Picker(
            self,
            "applications",
            gettext_lazy("Applications managed"),
            gettext_lazy("Add an application"),
            rows,
            _application,
        )
        self.repositories = [self._repository(index) for index in range(self._count())]

    def _count(self) -> int:
        if self.is_bound:
            held = [int(name.split("_")[1]) + 1 for name in self.data if re.fullmatch(r"repository_\d{1,2}_\w+", name)]
        else:
            held = [len(self.initial.get("repositories", []))]
        return min(MOST_ROWS, max(1, self.rows, *held)) if held else max(1, min(MOST_ROWS, self.rows))

    def _repository(self, index: int) -> list[str]:
        known = self.initial.get("repositories", [])
        labels = {
            "name_en": gettext_lazy("Name in English"),
            "name_fr": gettext_lazy("Name in French"),
            "address": gettext_lazy("Address or location"),
        }
        for part, label in labels.items():
            self.fields[f"repository_{index}_{part}"] = line(label, 500 if part == "address" else 120)
            if index < len(known):
                self.initial[f"repository_{index}_{part}"] = known[index].get(part, "")
        return [f"repository_{index}_{part}" for part in labels]

    def clean(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        for index in range(len(self.repositories)):
            values = {part: (self.cleaned_data.get(f"repository_{index}_{part}") or "") for part in REPOSITORY}
            if any(values.values()) and not values["address"]:
                errors[f"repository_{index}_address"] = _("Say where this repository is")
            if values["address"] and not (values["name_en"] or values["name_fr"]):
                errors[f"repository_{index}_name_en"] = _("Name this repository")
        if self.cleaned_data.get("mou") == "paper" and not self.cleaned_data.get("mou_location"):
            errors["mou_location"] = _("Say where the paper MOU is")
        if errors:
            raise ValidationError(errors)
        self.cleaned_data["applications"] = self.applications_picker.cleaned()
        return self.cleaned_data

    def content(self) -> Content:
        return super().content() | {
            "mou": self.cleaned_data.get("mou") or "none",
            "repositories": _rows(self.cleaned_data),
            "applications": self.cleaned_data["applications"],
        }


def _application(row: Application) -> str:
    if row.lifecycle == ApplicationLifecycle.CURRENT:
        return option(row)
    return f"{option(row)} ({ApplicationLifecycle(row.lifecycle).label})"
