"""Seal an approved roadmap year (domain.md §4, decisions.md §2)."""

from django.utils import timezone, translation

from people.bilingual import LANGUAGES
from portfolio.sealing import content_of, paper_of
from products.models import Product
from records.actions.seals import note_standing, seal_document
from records.actors import Actor
from records.acts import act
from records.models import Document
from records.states import StandingState
from records.trail import canonical
from roadmaps.models import Baseline, RoadmapYear
from roadmaps.reading.sealed import documents_of_earlier


@act
def seal_year(*, baseline: Baseline, by: Actor) -> list[Document]:
    """Seal an approval in each language, once; the documents of earlier approvals of that year are superseded by it.

    Raises NoCertificate when there is nothing to seal with.
    """
    year = RoadmapYear.objects.select_related("roadmap").get(pk=baseline.year_id)
    products = Product.objects.select_related("head", "department", "sponsoring_branch", "roadmap")
    product = products.get(pk=year.roadmap.product_id)
    told = canonical(content_of(baseline, year, product))
    since = timezone.localtime(baseline.taken_at).date()
    made = []
    for language in LANGUAGES:
        with translation.override(language):
            paper = paper_of(baseline, year, product, language, told, since)
            made.append(seal_document(paper=paper, chain=year.chain(), since=since, by=by))
    for old in documents_of_earlier(baseline):
        note_standing(document=old, state=StandingState.SUPERSEDED, since=since, by=by)
    return made
