"""Keep a rendered document for good."""

import hashlib

from django.db import IntegrityError, transaction

from records import clock
from records.identity import new_number
from records.models import Document


def keep_document(
    *, kind: str, subject_id: str, language: str, title: str, content: bytes, number: str = ""
) -> Document:
    """Store `content` once per kind, subject and language; a second call returns the first document unchanged.

    `number` is given when the content itself shows it.
    """
    same = Document.objects.filter(kind=kind, subject_id=subject_id, language=language)
    found = same.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Document.objects.create(
                number=number or new_number("GH"),
                kind=kind,
                subject_id=subject_id,
                language=language,
                title=title[:300],
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                made_at=clock.now(),
            )
    except IntegrityError:
        # Somebody else rendered the same thing in the same moment: theirs is the document.
        return same.get()
