"""The risk register of a family as frozen PDF: what a gate that asks for it gets (decisions.md §2)."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Mitigation, Risk, RiskScore
from governance.risks.filters import ProductRegisterFilters
from governance.risks.registers import with_register
from products.freezing import head_of, on_the_day
from products.models import Product
from records import clock
from records.frozen import Choice, Freezable, fingerprint, register

SEVERITY = F("likelihood") * F("impact")


class FreezableRegister(Freezable):
    """The matrix and every open risk of the family. The key is the product's."""

    kind = "risk_register"
    label = gettext_lazy("Risk register")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        head = with_register(person).filter(pk=product.head_id).select_related("department").first()
        if head is None or not Risk.objects.of_family(head).exists():
            return []
        title = _("%(product)s: risk register") % {"product": head.name}
        return [Choice(str(head.pk), title, on_the_day(head), self.digest(str(head.pk)))]

    def digest(self, key: str) -> str:
        """Of the risks, their scores and their activities: which rows there are, and the version of each."""
        mine = Risk.objects.filter(product__head_id=UUID(key))
        rows = [sorted(mine.values_list("pk", "version"))]
        for model in (RiskScore, Mitigation):
            rows.append(sorted(model.objects.filter(risk__in=mine).values_list("pk", "version")))
        return fingerprint(*rows) if rows[0] else ""

    def render(self, key: str, language: str) -> bytes:
        from governance.risks.papers import register_paper
        from records.pdf import render_pdf  # the renderer takes long to load

        head = head_of(key)
        family = Product.objects.filter(head=head)
        with translation.override(language):
            asked = ProductRegisterFilters(
                QueryDict(), queryset=RiskScore.objects.all(), product=head, products=family, request=None
            )
            scores = asked.filter_queryset(RiskScore.objects.all())
            scores = scores.order_by(SEVERITY.desc(), "-impact", "risk__product__code", "risk__number")
            return render_pdf("pdf/risks.html", {**register_paper(scores, asked), "chips": []}, language=language)

    def stored_as(self, key: str, digest: str) -> tuple[str, str]:
        # It names its day, and what is overdue on it.
        return super().stored_as(key, f"{digest} {clock.today().isoformat()}")


def register_kinds() -> None:
    """Make the kind of this floor known."""
    register(FreezableRegister())
