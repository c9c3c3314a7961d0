"""The sealed document of an approved roadmap year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from portfolio.executive.reading import products_with_roadmap
from records.downloads import pdf_to_save
from records.models import Document
from roadmaps.models import RoadmapYear
from roadmaps.reading.sealed import documents_of


@require_GET
def year_sealed(request: HttpRequest, code: str, year: int, language: str) -> HttpResponse:
    """The bytes as they were sealed; 404 while there are none."""
    product = get_object_or_404(products_with_roadmap(request.user), code=code).head
    plan = get_object_or_404(RoadmapYear, roadmap__product=product, year=year)
    found = next((each for each in documents_of(plan) if each.language == language), None)
    if found is None:
        raise Http404
    content = Document.objects.get(pk=found.pk).content
    return pdf_to_save(content, f"{product.code}-{year}-{language}-{found.number}.pdf")
