"""Freeze one of the system's own records as a PDF that never changes (decisions.md §2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from records import events, frozen
from records.actions.documents import keep_document
from records.actors import Actor
from records.acts import act
from records.frozen import Choice, Frozen
from records.models import Document
from records.refusals import Conflict
from records.trail import record

TRIES = 3


@act
def freeze(*, kind: str, key: str, product: Any, language: str, by: Actor) -> Frozen:
    """The record `key` of `product`, as it stands now, in `language`; the same content gives the document there is.

    ValidationError on `key` for a record that is not there or that `by` may not read. Conflict when it goes on changing
    while it is drawn.
    """
    for _attempt in range(TRIES):
        choice = _chosen(kind, key, product, language, by)
        document = _kept(kind, choice, product, language, by)
        if document is not None:
            return Frozen(kind, key, choice.version, choice.digest, document)
    raise Conflict(_("The record was changed while it was being frozen. Please try again."))


def _chosen(kind: str, key: str, product: Any, language: str, by: Actor) -> Choice:
    if kind in frozen.KINDS and language in ("en", "fr"):
        with translation.override(language):
            for choice in frozen.choices(kind, product, by):
                if choice.key == key:
                    return choice
    raise ValidationError({"key": _("There is no such record to freeze, or you may not read it.")})


def _kept(kind: str, choice: Choice, product: Any, language: str, by: Actor) -> Document | None:
    """The document of this content, rendered where there is none yet; None when the record moved on meanwhile."""
    stored, subject = frozen.KINDS[kind].stored_as(choice.key, choice.digest)
    found = Document.objects.filter(kind=stored, subject_id=subject, language=language).first()
    if found:
        return found
    content = frozen.KINDS[kind].render(choice.key, language)
    if frozen.digest(kind, choice.key) != choice.digest:
        return None
    document = keep_document(kind=stored, subject_id=subject, language=language, title=choice.title, content=content)
    record(
        events.RECORD_FROZEN,
        on=document,
        by=by,
        chain=product.chain(),
        changes={"title": [None, document.title], "sha256": [None, document.sha256]},
    )
    return document
