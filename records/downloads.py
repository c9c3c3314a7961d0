"""Hand out a file: always to be saved, never a page of ours, kept by nothing on its way (trust.md S-13). The view authorises."""

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def to_save(answer: Answer, name: str) -> Answer:
    """The same answer, as a file of that name."""
    answer["Content-Disposition"] = disposition(name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store, private"
    return answer


def pdf_to_save(content: bytes | memoryview, name: str) -> HttpResponse:
    """A PDF, whether kept or just drawn."""
    return to_save(HttpResponse(bytes(content), content_type="application/pdf"), name)


def disposition(name: str) -> str:
    """To be saved under its own name: in plain letters for old readers, in full for all others (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().translate(str.maketrans('"\\%?', "____"))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
