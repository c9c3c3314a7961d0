"""A memorandum on paper: both languages in one document, from its canonical content alone.

    render_pdf("pdf/mou.html", paper_of(content, signatures=rows, text=row), language="en")

Without signatures it has empty lines to sign on; with `text` (the MouText that was signed) it closes with the certificate of
signature. `mark` stands across every page of what is not in force.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import Mou, MouSignature, MouText
from governance.mou.frozen import counted
from governance.mou.spoken import spoken
from governance.mou_states import MouState, OfficialRole
from people.bilingual import LANGUAGES
from records import clock

# What stands in both languages at once; each is said in the one and then in the other.
WORDS: dict[str, Any] = {
    "title": _("Memorandum of understanding"),
    "number": _("Number"),
    "version": _("Version"),
    "state": _("State"),
    "official": _("Official versions"),
    "log": _("Version log"),
    "sections": _("Sections"),
    "begun": _("Begun on"),
    "by": _("Changed by"),
    "detail": _("Detail"),
    "all": pgettext_lazy("sections", "all"),
    "first": _("First version"),
    "contents": _("Contents"),
    "certificate": _("Certificate of signature"),
    "document": _("Document"),
    "frozen": _("Text frozen"),
    "completed": _("Last signature"),
    "hash": _("Frozen text, SHA-256"),
    "sealed_number": _("Number of the sealed document"),
    "signed_table": _("Who signed, when and how"),
    "signatory": _("Signatory"),
    "signed_for": _("Signed for"),
    "time": _("Time, UTC"),
    "method": _("Method"),
    "read_in": _("Read in"),
    "not_signed": _("Not signed yet"),
    "name": _("Name"),
    "signature": _("Signature"),
    "date": _("Date"),
    "concurrence": _("Concurrence of the Chief Financial Officer"),
}
DRAFT = _("Draft")


def paper_of(
    content: dict[str, Any],
    *,
    signatures: Iterable[MouSignature] = (),
    text: MouText | None = None,
    mark: Any = "",
    state: Any = "",
    verify_at: str = "",
) -> dict[str, Any]:
    """The context of templates/pdf/mou.html."""
    rows = {str(each.official_id): each for each in signatures}
    signatories = [each for each in content["officials"] if each["role"] == OfficialRole.SIGNATORY]
    return {
        "content": content,
        "versions": [(language, spoken(content, language)) for language in LANGUAGES],
        "words": WORDS,
        "signatories": [(each, rows.get(each["id"])) for each in signatories],
        "signed": list(rows.values()),
        "text": text,
        "hash_parts": [text.sha256[i : i + 8] for i in range(0, 64, 8)] if text else [],
        "hash_start": f"SHA-256 {text.sha256[:16]}…" if text else "",
        "mark": _both(mark) if mark else "",
        "state": state,
        "verify_at": verify_at,
        "now": clock.now(),
    }


def _both(word: Any) -> str:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(word))
    return " / ".join(dict.fromkeys(said)).upper()


def mou_pdf(mou: Mou, content: dict[str, Any]) -> bytes:
    """What a reader takes along of a version as it stands; it says on every page when it is no agreement in force."""
    from records.pdf import render_pdf  # the renderer takes long to load

    mark: Any = "" if mou.state in (MouState.IN_FORCE,) else MouState(mou.state).label
    if mou.state == MouState.DRAFT:
        mark = DRAFT
    signatures: list[MouSignature] = []
    text = None
    if mou.state != MouState.DRAFT:
        text = MouText.objects.filter(mou=mou).order_by("-number").first()
        signatures = counted(text) if text else []
    context = paper_of(content, signatures=signatures, text=text, mark=mark, state=MouState(mou.state).label)
    return render_pdf("pdf/mou.html", context, language="en")
