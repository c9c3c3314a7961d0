"""The executive view as a document: what paper needs beside the page's own context."""

import re
from typing import Any

from portfolio.executive.facts import Facts
from portfolio.executive.page import Asked, context_of
from products import fiscal
from records import clock


def document_context(facts: Facts, asked: Asked) -> dict[str, Any]:
    """Context of templates/pdf/executive.html. The time of printing is the business clock's."""
    printed = clock.now()
    return {**context_of(facts, asked), "printed_at": printed, "paper": asked.paper, "on_paper": True}


def file_name(facts: Facts, language: str) -> str:
    """JSA-roadmap-2026-27-en.pdf; a past day is part of the name."""
    what = "feuille-de-route" if language == "fr" else "roadmap"
    year = re.sub(r"[^0-9]", "-", fiscal.label(facts.year, language))
    day = f"-{facts.day.isoformat()}" if facts.is_past else ""
    return f"{facts.product.code}-{what}-{year}{day}-{language}.pdf"
