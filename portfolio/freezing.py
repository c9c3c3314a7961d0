"""A roadmap year as frozen PDF: the executive view, because that is what a board reads (decisions.md §1, §2)."""

from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.executive.documents import document_context
from portfolio.executive.page import Asked
from portfolio.executive.reading import gather
from products import fiscal
from products.freezing import seen_head, year_key, year_of
from products.models import Product
from records import clock
from records.frozen import Choice, Freezable, fingerprint, register
from roadmaps.models import (
    Goal,
    Milestone,
    MilestoneDependency,
    MilestoneFunding,
    MilestoneOutcome,
    Outcome,
    OutcomeReading,
    ProjectExpectation,
    Roadmap,
    RoadmapYear,
)

PARTS = (Goal, Outcome, OutcomeReading, ProjectExpectation)
BESIDE = (MilestoneOutcome, MilestoneDependency, MilestoneFunding)


class FreezableRoadmapYear(Freezable):
    """This fiscal year and the next ones the roadmap has begun. The key is the product's and the year."""

    kind = "roadmap"
    label = gettext_lazy("Roadmap of a fiscal year")

    def choices(self, product: Product, person: Any) -> list[Choice]:
        head = seen_head(product, person)
        roadmap = Roadmap.objects.filter(product=head).first() if head else None
        if head is None or roadmap is None:
            return []
        this_year = fiscal.fiscal_year_of(clock.today(head.department.time_zone), head.department.fiscal_start_month)
        begun = RoadmapYear.objects.filter(roadmap=roadmap, year__gte=this_year).values_list("year", flat=True)
        planned = Milestone.objects.filter(roadmap=roadmap, planned_year__gte=this_year).values_list(
            "planned_year", flat=True
        )
        return [
            Choice(
                year_key(head, year),
                _("%(product)s: roadmap %(year)s") % {"product": head.name, "year": fiscal.label(year)},
                _("version %(number)d") % {"number": roadmap.edition},
                _digest(roadmap, year),
            )
            for year in sorted({*begun, *planned})
        ]

    def digest(self, key: str) -> str:
        roadmap = Roadmap.objects.filter(product_id=key.split(":")[0]).first()
        return _digest(roadmap, year_of(key)) if roadmap else ""

    def render(self, key: str, language: str) -> bytes:
        from records.pdf import render_pdf

        products = Product.objects.select_related("head", "department", "sponsoring_branch", "roadmap")
        with translation.override(language):
            facts = gather(products.get(pk=key.split(":")[0]), year_of(key), reads_risks=True)  # a board does
            return render_pdf("pdf/executive.html", document_context(facts, Asked()), language=language)

    def stored_as(self, key: str, digest: str) -> tuple[str, str]:
        # The view also shows money, people and measures of the day, which no edition of the roadmap counts.
        return super().stored_as(key, f"{digest} {clock.today().isoformat()}")


def _digest(roadmap: Roadmap, year: int) -> str:
    """Of the plan of the year: which rows of the roadmap speak of it, and the version of each."""
    mine = Q(planned_year=year) | Q(baseline_entries__baseline__year__year=year)
    milestones = Milestone.objects.filter(mine, roadmap=roadmap).distinct()
    keys = [key for key, _version in milestones.values_list("pk", "version")]
    found = [
        [(roadmap.pk, roadmap.version)],
        sorted(milestones.values_list("pk", "version")),
        sorted(RoadmapYear.objects.filter(roadmap=roadmap, year=year).values_list("pk", "version")),
    ]
    found += [sorted(part.objects.filter(roadmap=roadmap).values_list("pk", "version")) for part in PARTS]
    found += [sorted(part.objects.filter(milestone__in=keys).values_list("pk", "version")) for part in BESIDE]
    return fingerprint(*found)


def register_kinds() -> None:
    """Make the kind of this floor known."""
    register(FreezableRoadmapYear())
