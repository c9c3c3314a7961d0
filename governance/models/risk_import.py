"""An uploaded register of risks (decisions.md §24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.file_import import APPLIED_SAYS_WHEN, FileImport
from products.models import Product


class RiskImport(FileImport):
    """One file for the family of one product."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", verbose_name=_("product"))

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import of a risk register")
        verbose_name_plural = _("imports of risk registers")
        constraints = [
            models.CheckConstraint(
                condition=APPLIED_SAYS_WHEN,
                name="risk_import_applied_says_when",
                violation_error_message=_("An import that is done says when."),
            ),
        ]

    def chain(self) -> str:
        return f"product:{self.product_id}"
