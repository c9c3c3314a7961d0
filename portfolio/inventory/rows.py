"""One Django form per row (decisions.md §24): each cell is checked as if it had been typed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.models import Branch, Department, Person
from people.models.organisation import BranchKind
from people.spreadsheets.cells import WordField
from portfolio.inventory.columns import SAID, WORDS
from products.models import AutonomyLevel, Portfolio, Product
from products.models.product import CODE
from products.states import Level, WayOfWorking


@dataclass
class Known:
    """What the cells of a file may name, read once: entries by code, products of the department and those in sight.

    `above` leads from a code to the code of what it is part of today, throughout the families concerned.
    """

    branches: dict[str, Branch]
    portfolios: dict[str, Portfolio]
    levels: dict[str, AutonomyLevel]
    products: dict[str, Product]
    foreign: set[str]
    seen: dict[str, Product]
    above: dict[str, str]


def known_to(person: Person, department: Department, codes: set[str], parents: set[str]) -> Known:
    """Six queries, whatever the number of rows."""
    branches = Branch.objects.filter(department=department, is_active=True).exclude(kind=BranchKind.FINANCE)
    taken = list(Product.objects.filter(code__in=codes | parents).select_related("parent", "department"))
    seen = set(Product.objects.filter(code__in=parents).visible_to(person).values_list("code", flat=True))
    return Known(
        branches={branch.acronym.upper(): branch for branch in branches},
        portfolios={row.code.upper(): row for row in Portfolio.objects.filter(department=department, is_active=True)},
        levels={row.code.upper(): row for row in AutonomyLevel.objects.filter(department=department, is_active=True)},
        products={product.code: product for product in taken if product.department_id == department.pk},
        foreign={product.code for product in taken if product.department_id != department.pk},
        seen={product.code: product for product in taken if product.code in seen},
        above=dict(
            Product.objects.filter(head__in={product.head_id for product in taken}, parent__isnull=False).values_list(
                "code", "parent__code"
            )
        ),
    )


class RowForm(forms.Form):
    """A row of the file. `known` says what its codes may name; `in_file` are the codes of all its rows."""

    code = forms.CharField(max_length=30, validators=[CODE])
    name_en = forms.CharField(max_length=120)
    name_fr = forms.CharField(max_length=120)
    summary_en = forms.CharField(max_length=400, required=False)
    summary_fr = forms.CharField(max_length=400, required=False)
    level = WordField(WORDS["level"], SAID["level"])
    orientation = WordField(WORDS["orientation"], SAID["orientation"], required=False)
    branch = forms.CharField()
    portfolio = forms.CharField(required=False)
    parent = forms.CharField(required=False)
    customers_en = forms.CharField(max_length=300, required=False)
    customers_fr = forms.CharField(max_length=300, required=False)
    way_of_working = WordField(WORDS["way_of_working"], SAID["way_of_working"], required=False)
    autonomy_level = forms.CharField(required=False)
    support_process_en = forms.CharField(max_length=5_000, required=False)
    support_process_fr = forms.CharField(max_length=5_000, required=False)
    support_contact = forms.CharField(max_length=200, required=False)

    def __init__(self, data: dict[str, str], *, known: Known, in_file: set[str]) -> None:
        super().__init__(data)
        self.known, self.in_file = known, in_file

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code in self.known.foreign:
            raise ValidationError(_("Another product has this code."), code="taken")
        return code

    def clean_branch(self) -> Branch:
        return self._named(
            "branch", self.known.branches, _("This department has no active branch with the acronym “%(value)s”.")
        )

    def clean_portfolio(self) -> Portfolio | None:
        return self._named(
            "portfolio", self.known.portfolios, _("This department has no active portfolio with the code “%(value)s”.")
        )

    def clean_autonomy_level(self) -> AutonomyLevel | None:
        return self._named(
            "autonomy_level", self.known.levels, _("This department has no autonomy level with the code “%(value)s”.")
        )

    def clean_parent(self) -> str:
        code = self.cleaned_data["parent"].upper()
        if code and code not in self.in_file and code not in self.known.seen:
            raise ValidationError(
                _("There is no product “%(value)s”, neither here nor in the file."), params={"value": code[:40]}
            )
        if code and code == self.cleaned_data.get("code"):
            raise ValidationError(_("A product cannot be part of itself or of a product under it."))
        return code

    def clean_way_of_working(self) -> str:
        return self.cleaned_data["way_of_working"] or WayOfWorking.AGILE

    def clean(self) -> dict[str, Any]:
        level, orientation = self.cleaned_data.get("level"), self.cleaned_data.get("orientation")
        before = self.known.products.get(self.cleaned_data.get("code", ""))
        if before is not None and "orientation" not in self.data:
            orientation = before.orientation
        if (level == Level.CIO and orientation == "") or (level == Level.DEPARTMENTAL and orientation):
            self.add_error("orientation", _("A CIO product is internal or external; a departmental one is neither."))
        return self.cleaned_data

    def _named(self, name: str, rows: dict[str, Any], message: Any) -> Any:
        text = self.cleaned_data[name]
        if text and text.upper() not in rows:
            raise ValidationError(message, params={"value": text[:40]})
        return rows.get(text.upper()) if text else None

    def values(self, given: set[str]) -> dict[str, Any]:
        """The fields of Product that the file gives, without the code and the parent."""
        names = {"branch": "sponsoring_branch"}
        return {
            names.get(key, key): self.cleaned_data[key]
            for key in self.fields
            if key in given and key not in ("code", "parent")
        }
