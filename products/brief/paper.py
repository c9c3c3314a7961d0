"""The brief on paper: one template in either language, org chart on one page, governance diagram (PDF/UA-1)."""

from django.utils import translation

from products.brief.pictures import governance_picture, structure_picture
from products.models import BriefVersion
from records.pdf import render_pdf


def brief_pdf(version: BriefVersion, *, language: str) -> bytes:
    """The PDF of a published version in "en" or "fr"."""
    with translation.override(language):
        pictures = {
            "structure": structure_picture(version.content, max_width=1200, max_height=800),
            "governance": governance_picture(version.content),
        }
    return render_pdf("pdf/brief.html", {"version": version, "content": version.content, **pictures}, language=language)
