"""Keep a rendered document for good."""

import hashlib

from records import clock
from records.identity import new_number
from records.models import Document


def keep_document(*, kind: str, subject_id: str, language: str, title: str, content: bytes) -> Document:
    """Store `content` once per kind, subject and language; a second call returns the first document unchanged."""
    found = Document.objects.filter(kind=kind, subject_id=subject_id, language=language).first()
    if found:
        return found
    return Document.objects.create(
        number=new_number("GH"),
        kind=kind,
        subject_id=subject_id,
        language=language,
        title=title,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=clock.now(),
    )
