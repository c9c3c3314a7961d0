"""Forms about a product itself: its facts and its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import RecordForm
from people.models import Branch, Department
from people.models.organisation import BranchKind
from products.models import AutonomyLevel, Portfolio, Product
from products.models.product import ProductQuerySet


class ProductForm(RecordForm):
    """The facts of one product. Choices come from its department; `parents` are the products this person sees."""

    asks_why = True

    class Meta:
        model = Product
        fields = [
            "code",
            "name_en",
            "name_fr",
            "summary_en",
            "summary_fr",
            "level",
            "orientation",
            "sponsoring_branch",
            "portfolio",
            "parent",
            "customers_en",
            "customers_fr",
            "way_of_working",
            "autonomy_level",
            "support_process_en",
            "support_process_fr",
            "support_contact",
        ]
        help_texts = {
            "code": _("2 to 30 capitals, digits and hyphens. It stands in every address and document."),
            "level": _(
                "Departmental: offered to the public. CIO: software or hardware that improves a capability or an experience."
            ),
            "orientation": _("For a CIO product only."),
            "parent": _("Leave empty for the head of a family, which holds the brief, the roadmap and the agreement."),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in (
                "summary_en",
                "summary_fr",
                "customers_en",
                "customers_fr",
                "support_process_en",
                "support_process_fr",
            )
        }

    def __init__(self, *args: Any, department: Department, parents: ProductQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.department = department
        branches = Branch.objects.filter(department=department, is_active=True).exclude(kind=BranchKind.FINANCE)
        self.fields["sponsoring_branch"].queryset = branches.order_by("acronym")
        self.fields["portfolio"].queryset = Portfolio.objects.filter(department=department, is_active=True).order_by(
            "code"
        )
        self.fields["autonomy_level"].queryset = AutonomyLevel.objects.filter(department=department, is_active=True)
        self.fields["parent"].queryset = parents.exclude(pk=self.instance.pk).order_by("code")
        self.fields["parent"].label_from_instance = lambda product: f"{product.code} – {product.name}"

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()
