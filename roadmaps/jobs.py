"""Work of this floor: the PDF of a published impact analysis in both languages, and asking for analyses that are due."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from people.bilingual import other, reader
from records.actions.documents import keep_document
from records.jobs import daily, job
from roadmaps.actions.analyses import RENDER
from roadmaps.models import ImpactEdition

DOCUMENT = "impact analysis"


@job(RENDER)
def render_analysis(payload: dict[str, Any]) -> dict[str, Any]:
    """Render the edition once per language and keep the bytes."""
    from roadmaps.analysis.paper import analysis_pdf  # the renderer takes long to load, and only workers need it

    edition = ImpactEdition.objects.select_related("analysis").get(pk=payload["edition"])
    numbers = {}
    for language in ("en", "fr"):
        with translation.override(language):
            title = title_of(edition)
        document = keep_document(
            kind=DOCUMENT,
            subject_id=str(edition.pk),
            language=language,
            title=title,
            content=analysis_pdf(edition, language=language),
        )
        numbers[language] = document.number
    return numbers


def title_of(edition: ImpactEdition) -> str:
    """What the document is called, in the reader's language."""
    words = _("Impact analysis of release %(release)s, edition %(number)d: %(product)s")
    name = edition.content["product"]["name"]
    return words % {
        "release": edition.content["release"]["number"],
        "number": edition.number,
        "product": name[reader()] or name[other(reader())],
    }


@daily("roadmaps.ask_for_analyses")
def ask_for_analyses(payload: dict[str, Any]) -> dict[str, Any]:
    """Tell the people of each release whose analysis is due within two weeks, and once more when it is overdue."""
    from roadmaps.analysis.due import tell_due

    return {"due": tell_due(date.fromisoformat(payload["day"]))}
