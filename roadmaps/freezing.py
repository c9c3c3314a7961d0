"""Published impact analyses as frozen PDF: what a gate package takes of this floor (decisions.md §2)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Product
from records.frozen import Choice, Freezable, register
from roadmaps.jobs import DOCUMENT, title_of
from roadmaps.models import ImpactEdition

MOST = 12  # the latest releases: older analyses were before the gates of their time


class FreezableAnalysis(Freezable):
    """The latest edition of a release's impact analysis: the very document its readers get. The key is the analysis'."""

    kind = "impact_analysis"
    label = gettext_lazy("Release impact analysis")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        if not Product.objects.visible_to(person).filter(pk=product.head_id).exists():
            return []
        found = ImpactEdition.objects.filter(analysis__roadmap__product=product.head_id)
        newest = found.order_by("analysis", "-number").distinct("analysis").values("pk")
        rows = ImpactEdition.objects.filter(pk__in=newest).select_related("analysis")
        return [
            Choice(
                str(each.analysis_id),
                title_of(each),
                _("edition %(number)d") % {"number": each.number},
                str(each.pk),
            )
            for each in rows.order_by("-analysis__release__released_on", "pk")[:MOST]
        ]

    def digest(self, key: str) -> str:
        edition = _latest(key)
        return str(edition.pk) if edition else ""

    def render(self, key: str, language: str) -> bytes:
        from roadmaps.analysis.paper import analysis_pdf  # the renderer takes long to load

        edition = _latest(key)
        if edition is None:
            raise ImpactEdition.DoesNotExist(key)
        return analysis_pdf(edition, language=language)

    def stored_as(self, key: str, digest: str) -> tuple[str, str]:
        return DOCUMENT, digest


def _latest(key: str) -> ImpactEdition | None:
    return ImpactEdition.objects.filter(analysis=UUID(key)).order_by("-number").first()


def register_kinds() -> None:
    """Make the kind of this floor known."""
    register(FreezableAnalysis())
