"""What the committee is asked about a memorandum, in both languages, so that nobody writes the obvious anew."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from governance.models import Mou
from governance.mou.frozen import frozen_text

ASK = gettext_noop("Approve the memorandum of understanding of %(product)s")
RECOMMENDATION = gettext_noop(
    "Approve the text frozen on %(day)s. The directors-general of the parties have validated it and the Chief Financial "
    "Officer concurs."
)


def texts(mou: Mou) -> dict[str, Any]:
    """ask_en … recommendation_fr, to be changed by who prepares the review."""
    found: dict[str, Any] = {}
    for language in ("en", "fr"):
        with translation.override(language):
            found[f"ask_{language}"] = (gettext(ASK) % {"product": mou.product.name})[:120]
            found[f"recommendation_{language}"] = gettext(RECOMMENDATION) % {"day": f"{_day(mou):%Y-%m-%d}"}
    return found


def _day(mou: Mou) -> Any:
    text = frozen_text(mou)
    return text.frozen_at if text else mou.changed_at


def content_for(mou: Mou | None) -> dict[str, Any]:
    """What a review's package says of the memorandum it is about: which text, by its hash. Empty for other reviews."""
    if mou is None:
        return {}
    text = frozen_text(mou)
    told = text and {"text": text.number, "sha256": text.sha256, "frozen_at": text.frozen_at}
    return {"mou": {"number": mou.number, "edition": mou.edition} | (told or {})}
