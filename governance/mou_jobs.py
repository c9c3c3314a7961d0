"""Work of memoranda: seal what the last signature completed, and mail the sealed document to the parties."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from governance.actions.mou_sealing import MAIL, seal_mou
from governance.models import Mou
from people.bilingual import said
from people.mail import send
from people.models import Person
from records.actors import SYSTEM
from records.jobs import A_DAY, job

SEAL = "seal_mou"


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
