"""Work of the queue: scan each file, ask again as long as the scanner is silent, sweep what no row names."""

from typing import Any

import structlog

from records.actions.evidence import SCAN, scan_evidence
from records.actors import SYSTEM
from records.evidence import storing
from records.identity import new_id
from records.jobs import daily, enqueue, job, waiting
from records.models import EvidenceFile, Job, JobState
from records.states import EvidenceState

log = structlog.get_logger(__name__)


@job(SCAN, awaited=True)
def scan(payload: dict[str, Any]) -> dict[str, Any]:
    """Scan one file. A silent scanner raises: the queue tries again, later each time."""
    evidence = scan_evidence(evidence=EvidenceFile.objects.get(pk=payload["evidence"]), by=SYSTEM)
    return {"state": evidence.state}


def forgotten() -> list[str]:
    """Waiting files that no promise in the queue is about: those the scanner stayed silent on for five tries."""
    still = [str(key) for key in EvidenceFile.objects.filter(state=EvidenceState.WAITING).values_list("pk", flat=True)]
    if not still:
        return []
    promised = Job.objects.filter(kind=SCAN, state=JobState.QUEUED).values_list("payload__evidence", flat=True)
    return sorted(set(still) - set(promised))


@waiting("records.promise_scans", lambda: bool(forgotten()))
def promise_scans(payload: dict[str, Any]) -> dict[str, Any]:
    """Promise the scans anew, so that no file waits for ever after the scanner is back."""
    found = forgotten()
    for key in found:
        enqueue(SCAN, f"{key}:{new_id()}", {"evidence": key})
    return {"promised": len(found)}


@daily("records.sweep_evidence")
def sweep(payload: dict[str, Any]) -> dict[str, Any]:
    """Delete files a day old that no row needs; tell of rows whose file is gone."""
    states = dict(EvidenceFile.objects.values_list("stored_name", "state"))
    swept = 0
    for path in storing.lying_for_a_day():
        if states.get(path.name, EvidenceState.REFUSED) == EvidenceState.REFUSED:
            path.unlink(missing_ok=True)
            swept += 1
    needed = [name for name, state in states.items() if state != EvidenceState.REFUSED]
    missing = sorted(name for name in needed if storing.place_of(name) is None)
    if missing:
        log.error("evidence files missing", count=len(missing), first=missing[0])
    return {"swept": swept, "missing": len(missing)}
