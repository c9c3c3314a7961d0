"""What is sealed of an approved roadmap year: the executive view of the day it was approved, in each language, and the
milestones as they stood as canonical JSON.

Sealed are the approvals that boards decided here, of the years that run or are to come. The rows themselves are the promise:
a baseline without its document is due, however it came about.
"""

import hashlib
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from people.bilingual import LANGUAGES, said
from portfolio.executive.documents import document_context
from portfolio.executive.page import Asked
from portfolio.executive.reading import gather
from products import fiscal
from products.models import Product
from records import clock
from records.actions.seals import Paper
from records.seals.archive import Attachment
from records.seals.certificate import is_configured
from records.trail import as_json
from roadmaps.models import Baseline, RoadmapYear
from roadmaps.reading.sealed import SEALED, unsealed


def due() -> Any:
    """Approvals whose document is to be made: of this calendar year's fiscal years, the one before, and later ones."""
    return unsealed(since=clock.today().year - 1)


def has_work() -> bool:
    """Whether a year waits for its seal and there is something to seal with."""
    return is_configured() and due().exists()


def paper_of(baseline: Baseline, year: RoadmapYear, product: Product, language: str, told: bytes, since: date) -> Paper:
    """The document in `language`, which is active; its text is `told`."""
    title = _("%(product)s: roadmap %(year)s, approved on %(day)s") % {
        "product": said(product, "name"),
        "year": fiscal.label(year.year),
        "day": since,
    }
    what = _("What was approved, as canonical JSON")
    return Paper(
        kind=SEALED,
        subject_id=str(baseline.pk),
        language=language,
        title=title,
        reason=f"{title}.",
        render=lambda number: _rendered(product, year, language, since),
        text_sha256=hashlib.sha256(told).hexdigest() if language == LANGUAGES[0] else "",
        attachments=(Attachment("roadmap-year.json", told, "application/json", what, "Data"),),
    )


def _rendered(product: Product, year: RoadmapYear, language: str, day: date) -> bytes:
    from records.pdf import render_pdf  # the renderer takes long to load, and only workers need it

    context = document_context(gather(product, year.year, day), Asked())
    return render_pdf("pdf/executive.html", context, language=language, archival=True)


def content_of(baseline: Baseline, year: RoadmapYear, product: Product) -> dict[str, Any]:
    """What the board said yes to: the milestones as they stood, and the decision."""
    entries = baseline.entries.order_by("milestone_id").values(
        "milestone", "month", "title_en", "title_fr", "cost_salary", "cost_non_salary"
    )
    told = {
        "schema": 1,
        "product": {"code": product.code, "name_en": product.name_en, "name_fr": product.name_fr},
        "year": year.year,
        "theme_en": year.theme_en,
        "theme_fr": year.theme_fr,
        "baseline": baseline.number,
        "taken_at": baseline.taken_at,
        "decision": baseline.mandate.reference,
        "approved_on": year.approved_on,
        "milestones": list(entries),
    }
    return dict(as_json(told))
