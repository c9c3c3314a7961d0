"""Work of this floor: the PDF of a published brief in both languages, and asking for briefs that are due."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from products.models import BriefVersion
from records.actions.documents import keep_document
from records.jobs import daily, job

DOCUMENT = "brief"
RENDER = "products.render_brief"


@job(RENDER)
def render_brief(payload: dict[str, Any]) -> dict[str, Any]:
    """Render the version once per language and keep the bytes."""
    from products.brief.paper import brief_pdf  # the renderer takes long to load, and only workers need it

    version = BriefVersion.objects.select_related("product").get(pk=payload["version"])
    numbers = {}
    for language in ("en", "fr"):
        with translation.override(language):
            title = _("Product Team Brief, version %(number)d: %(name)s") % {
                "number": version.number,
                "name": version.content["name"][language] or version.content["name"]["en"],
            }
        document = keep_document(
            kind=DOCUMENT,
            subject_id=str(version.pk),
            language=language,
            title=title,
            content=brief_pdf(version, language=language),
        )
        numbers[language] = document.number
    return numbers


@daily("products.ask_for_briefs")
def ask_for_briefs(payload: dict[str, Any]) -> dict[str, Any]:
    """Tell the people of each brief that is to be confirmed or brought up to date, once a quarter or spell."""
    from products.brief.due import tell_due

    return {"due": tell_due(date.fromisoformat(payload["day"]))}
