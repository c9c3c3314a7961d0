"""An edition of an impact analysis on paper: the same content in either language (PDF/UA-1)."""

from records.pdf import render_pdf
from roadmaps.models import ImpactEdition


def analysis_pdf(edition: ImpactEdition, *, language: str) -> bytes:
    """The PDF of a published edition in "en" or "fr"."""
    return render_pdf("pdf/impact_analysis.html", {"edition": edition, "content": edition.content}, language=language)
