"""Hand out evidence: always as a file to save, never as a page of ours (trust.md S-13). The calling view authorises."""

import structlog
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from records.downloads import to_save
from records.evidence import storing
from records.models import EvidenceFile

log = structlog.get_logger(__name__)
NOT_YET, NEVER, LOST = 409, 410, 503


def served(request: HttpRequest, evidence: EvidenceFile) -> HttpResponseBase:
    """The file; a page that says why not while it waits for its scan (409), was refused (410), or cannot be found (503)."""
    if not evidence.is_clean:
        return _page(request, evidence, NOT_YET if evidence.is_waiting else NEVER)
    place = storing.place_of(evidence.stored_name)
    if place is None:
        log.error("evidence file missing", evidence=str(evidence.pk))
        return _page(request, evidence, LOST)
    response = FileResponse(place.open("rb"), content_type=_type(evidence))
    response["Content-Length"] = str(place.stat().st_size)
    return to_save(response, evidence.name)


def _type(evidence: EvidenceFile) -> str:
    return f"{evidence.media_type}; charset=utf-8" if evidence.media_type.startswith("text/") else evidence.media_type


def _page(request: HttpRequest, evidence: EvidenceFile, status: int) -> HttpResponseBase:
    response = render(request, "records/evidence.html", {"evidence": evidence, "lost": status == LOST}, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
