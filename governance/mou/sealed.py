"""The final document of a signed memorandum: set once, from the frozen text and the signatures alone (domain.md §6).

Attached are the text as canonical JSON, which anybody can hash again, what each signatory did, and the text as it looked
before anybody signed.
"""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from governance.models import Mou, MouSignature, MouText
from governance.mou.canonical import digest
from governance.mou.frozen import counted
from governance.mou.paper import paper_of
from governance.mou_states import MouState, SigningAct
from people.bilingual import LANGUAGES
from records.actions.seals import Paper
from records.pdf import render_pdf
from records.seals.archive import Attachment
from records.trail import as_json, canonical

KIND = "mou"
TEMPLATE = "pdf/mou.html"
SIGNED = ("act", "method", "language", "text_sha256", "accepted", "signer_name", "title_en", "title_fr", "organisation_en",
          "organisation_fr", "assurance", "acting_for_name", "evidence_sha256", "signed_on", "signed_at")  # fmt: skip


class Altered(Exception):
    """The frozen text no longer agrees with the hash that was signed: nothing is sealed."""


def paper_for(mou: Mou) -> Paper:
    """What is to be sealed of `mou`. Raises Altered; LookupError while a signature is missing."""
    text = MouText.objects.filter(mou=mou).order_by("-number").first()
    if text is None:
        raise LookupError(f"{mou} has no frozen text.")
    signatures = [each for each in counted(text) if each.act == SigningAct.SIGNED]
    _must_agree(text, signatures)
    return Paper(
        kind=KIND,
        subject_id=str(mou.pk),
        language="",
        title=_both(gettext_noop("Memorandum of understanding %(number)s, version %(edition)s"), mou),
        reason=_both(gettext_noop("Seal of memorandum %(number)s, version %(edition)s."), mou),
        render=lambda number: _rendered(text, signatures, number),
        text_sha256=text.sha256,
        attachments=(
            Attachment(
                "text.json", canonical(text.content), "application/json",
                "The text that was signed, as canonical JSON / Le texte signé, en JSON canonique", "Source",
            ),
            Attachment(
                "signatures.json", canonical(as_json([_told(each) for each in signatures])), "application/json",
                "What each signatory did / L’acte de chaque signataire", "Data",
            ),
            Attachment(
                "unsigned.pdf", _preview(text), "application/pdf",
                "The text as the signatories saw it / Le texte tel que vu par les signataires", "Alternative",
            ),
        ),
    )  # fmt: skip


def _must_agree(text: MouText, signatures: list[MouSignature]) -> None:
    if digest(text.content) != text.sha256 or any(each.text_sha256 != text.sha256 for each in signatures):
        raise Altered(f"{text}: the text is not the one that was signed.")
    signatories = {each["id"] for each in text.content["officials"] if each["role"] == "signatory"}
    if not signatories or signatories != {str(each.official_id) for each in signatures}:
        raise LookupError(f"{text}: a signature is missing.")


def _rendered(text: MouText, signatures: list[MouSignature], number: str) -> bytes:
    address = reverse("verify").replace(f"/{translation.get_language()}/", "/", 1)
    context = paper_of(
        text.content,
        signatures=signatures,
        text=text,
        state=MouState.IN_FORCE.label,
        verify_at=f"{settings.SITE_URL}{address}?q={number}",
    )
    with timezone.override(UTC):  # the certificate says when to the second, for readers anywhere
        return render_pdf(TEMPLATE, {**context, "document_number": number}, language="en", archival=True)


def _preview(text: MouText) -> bytes:
    with timezone.override(UTC):
        return render_pdf(TEMPLATE, paper_of(text.content, state=MouState.OUT_FOR_SIGNATURE.label), language="en")


def _told(signature: MouSignature) -> dict[str, Any]:
    return {name: getattr(signature, name) for name in SIGNED}


def _both(words: str, mou: Mou) -> str:
    """In English and in French: the document is both."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(translation.gettext(words) % {"number": mou.number, "edition": mou.edition})
    return " / ".join(said)
