"""Work of memoranda: seal what the last signature completed, mail the sealed document to the parties, go on once a signed copy
was scanned, and void an amendment that has nothing to amend any more.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from governance.actions.mou_sealing import MAIL, seal_mou
from governance.actions.mou_signing import note_scanned_copy, void_orphan
from governance.models import Mou, MouSignature
from governance.mou.orphans import orphans
from people.bilingual import said
from people.mail import send
from people.models import Person
from records import jobs
from records.actors import SYSTEM, Actor
from records.evidence.outcomes import when_passed, when_refused
from records.jobs import A_DAY, job, waiting
from records.models import EvidenceFile

SEAL = "seal_mou"
SCANNED = "governance.signed_copy_scanned"


@job(SEAL, patience=A_DAY)
def seal(payload: dict[str, Any]) -> dict[str, Any]:
    """Seal once. Without a certificate, or while a timestamp authority is silent, it is tried again for about a day."""
    document = seal_mou(mou=Mou.objects.get(pk=payload["mou"]), by=SYSTEM)
    return {"document": document.number, "sha256": document.sha256}


@job(MAIL, patience=A_DAY)
def mail_sealed(payload: dict[str, Any]) -> None:
    """Send the sealed document to one person; at least once, under the same number; nothing to somebody who left."""
    from governance.mou.telling import page_of

    mou = Mou.objects.select_related("product", "document").get(pk=payload["mou"])
    person = Person.objects.get(pk=payload["person"])
    if not person.is_active or mou.document is None:
        return
    with translation.override(person.language):
        words = gettext("%(product)s: memorandum %(number)s, version %(edition)s, signed and sealed")
        told = {"product": said(mou.product, "name"), "number": mou.number, "edition": mou.edition}
        send(
            to=person,
            key=f"sealed.{mou.pk}.{person.pk}",
            subject=words % told,
            template="governance/mail/sealed_mou.txt",
            context={"mou": mou, "document": mou.document, "link": settings.SITE_URL + page_of(mou), **told},
            files=[(f"{mou.number}-v{mou.edition}.pdf", bytes(mou.document.content), "application/pdf")],
        )


@when_refused
@when_passed
def copy_scanned(evidence: EvidenceFile, by: Actor) -> None:
    """Promise what follows in an act of its own: the scan of a file must not fail because of the memorandum."""
    for key in MouSignature.objects.filter(evidence=evidence).values_list("pk", flat=True):
        jobs.enqueue(SCANNED, str(key), {"signature": str(key)}, by=by)


@job(SCANNED)
def go_on_with_copy(payload: dict[str, Any]) -> None:
    """The copy counts, or it does not; done twice, those who are told are told once."""
    note_scanned_copy(
        signature=MouSignature.objects.select_related("text__mou").get(pk=payload["signature"]), by=SYSTEM
    )


@waiting("governance.void_orphans", lambda: orphans().exists())
def void_orphans(payload: dict[str, Any]) -> dict[str, Any]:
    """Void every amendment of a version that has ended, as soon as no board is voting on it."""
    found = list(orphans())
    for mou in found:
        void_orphan(mou=mou, by=SYSTEM)
    return {"voided": len(found)}
