"""Seal documents, once each, and note whether they still stand (decisions.md §2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from records import clock, events
from records.actions.documents import keep_document
from records.actors import Actor
from records.acts import act
from records.identity import new_number
from records.models import Document, Seal, Standing
from records.moves import check_move
from records.seals.archive import Attachment
from records.seals.certificate import organisation_certificate
from records.states import STANDING_MOVES, StandingState
from records.trail import record
from records.writing import write


@dataclass(frozen=True)
class Paper:
    """What is to be sealed. `render` makes the PDF, archival, with the number it is given; it is called once.

    `language` is empty for what says everything in both. `text_sha256` is the hash of what the document says, where that
    was agreed on; `reason` stands in the signature.
    """

    kind: str
    subject_id: str
    language: str
    title: str
    reason: str
    render: Callable[[str], bytes]
    text_sha256: str = ""
    attachments: tuple[Attachment, ...] = ()


@act
def seal_document(*, paper: Paper, chain: str, since: date, by: Actor) -> Document:
    """Render `paper`, seal it and keep the bytes, in force from `since`; sealed already, the first document comes back.

    Raises NoCertificate when there is nothing to seal with.
    """
    from records.seals.signing import seal

    made = {"kind": paper.kind, "subject_id": paper.subject_id, "language": paper.language}
    found = Document.objects.filter(**made).first()
    if found:
        return found
    certificate, number = organisation_certificate(), new_number("GH")
    content = seal(
        paper.render(number),
        number=number,
        reason=paper.reason,
        attachments=paper.attachments,
        certificate=certificate,
    )
    document = keep_document(**made, title=paper.title, content=content, number=number)
    if document.number != number:
        return document  # another worker was faster; ours is forgotten
    sealed = Seal(
        document=document,
        text_sha256=paper.text_sha256,
        holder=certificate.name[:200],
        fingerprint=certificate.fingerprint,
        certificate=certificate.as_pem(),
        is_timestamped=bool(settings.TIMESTAMP_URL),
        owner_chain=chain,
        sealed_at=clock.now(),
        sealed_by_id=str(by.pk),
        sealed_by_name=by.get_full_name(),
    )
    write(sealed)
    record(
        events.DOCUMENT_SEALED,
        on=sealed,
        by=by,
        changes={
            "sha256": [None, document.sha256],
            "certificate": [None, sealed.fingerprint],
        },
    )
    note_standing(document=document, state=StandingState.CURRENT, since=since, by=by)
    return document


@act
def note_standing(*, document: Document, state: str, since: date, by: Actor) -> Standing:
    """Note that a sealed document is in force, superseded or ended from `since`. Said already, nothing happens.

    OutOfTurn for what cannot follow: an ended document does not come back. Conflict when two note something at once.
    """
    last = document.standings.first()
    if last and last.state == state:
        return last
    if last:
        check_move(STANDING_MOVES, last.state, state)
    standing = Standing(
        document=document,
        number=last.number + 1 if last else 1,
        state=state,
        since=since,
        noted_at=clock.now(),
        noted_by_id=str(by.pk),
        noted_by_name=by.get_full_name(),
    )
    write(standing)
    record(
        events.STANDING_NOTED,
        on=document.seal,
        by=by,
        changes={"standing": [last and last.state, state], "since": [None, since]},
    )
    return standing
