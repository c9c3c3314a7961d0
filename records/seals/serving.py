"""Hand out a sealed document: the bytes as they were sealed, always as a file to save (trust.md S-13)."""

from django.http import HttpResponse

from records.evidence.serving import disposition
from records.models import Document


def sealed_pdf(document: Document, name: str) -> HttpResponse:
    """The file; nothing between here and the reader keeps it. The calling view authorises."""
    headers = {
        "Content-Disposition": disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(bytes(document.content), content_type="application/pdf", headers=headers)
