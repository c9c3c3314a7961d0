"""Keep files that people attach as evidence, and note what the scanner says of each (trust.md S-12, R-25)."""

import hashlib
from datetime import datetime, time
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from records import clock, events, jobs
from records.actors import SYSTEM, Actor
from records.acts import act
from records.evidence import kinds, outcomes, scanning, storing
from records.evidence.kinds import MEGABYTE, Checked
from records.evidence.scanning import Finding
from records.models import EvidenceFile
from records.moves import check_move
from records.refusals import Conflict
from records.states import EVIDENCE_MOVES, EvidenceState
from records.trail import record
from records.writing import save

log = structlog.get_logger(__name__)
SCAN = "records.scan_evidence"
LOST = gettext_noop("lost before its scan")
NOBODY = gettext_noop("no scanner in this installation")


@act
def keep_evidence(*, file: Any, chain: str, by: Actor) -> EvidenceFile:
    """Keep an uploaded file in quarantine and promise its scan; `chain` is the audit chain of what it is evidence for.

    Called by the act that attaches it, which has asked whether `by` may. ValidationError on `file` in exact words for what
    is not kept here; Conflict when the disk refuses. Where SCANNER is none the file counts as checked at once, by nobody.
    """
    try:
        kinds.check_size(file.size)
        checked = kinds.check(file.name, _read(file))
        _check_quota(len(checked.content), by)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    evidence = _stored(checked, chain, by)
    try:
        save(evidence, by=by)
        record(
            events.EVIDENCE_KEPT,
            on=evidence,
            by=by,
            changes={"name": [None, evidence.name], "sha256": [None, evidence.sha256], "size": [None, evidence.size]},
        )
        if scanning.is_scanned():
            jobs.enqueue(SCAN, str(evidence.pk), {"evidence": str(evidence.pk)}, by=by)
        else:
            _note(evidence, Finding("", NOBODY), by=SYSTEM)
    except BaseException:
        storing.discard(evidence.stored_name)
        raise
    return evidence


def _read(file: Any) -> bytes:
    file.seek(0)
    content = file.read()
    return content if isinstance(content, bytes) else content.encode()


def _check_quota(size: int, by: Actor) -> None:
    """What one person may upload in a business day; two uploads at once are counted one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evidence of {by.pk}"])
    midnight = timezone.make_aware(datetime.combine(clock.today(), time.min))
    mine = EvidenceFile.objects.filter(uploaded_by_id=str(by.pk), uploaded_at__gte=midnight)
    used = mine.aggregate(used=Sum("size"))["used"] or 0
    if used + size > settings.EVIDENCE_DAILY_MB * MEGABYTE:
        raise ValidationError(
            _("With this file you would upload more than %(limit)d MB today, the most for one person. Go on tomorrow.")
            % {"limit": settings.EVIDENCE_DAILY_MB}
        )


def _stored(checked: Checked, chain: str, by: Actor) -> EvidenceFile:
    """The bytes on the disk and a row, not yet saved, that names them."""
    try:
        name = storing.store(checked.content)
    except OSError as error:
        log.exception("evidence not stored")
        raise Conflict(_("The file could not be stored, and nothing of it was kept. Try again later.")) from error
    return EvidenceFile(
        name=checked.name,
        stored_name=name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        owner_chain=chain,
        uploaded_at=clock.now(),
        uploaded_by_id=str(by.pk),
        uploaded_by_name=by.get_full_name(),
    )


@act
def scan_evidence(*, evidence: EvidenceFile, by: Actor) -> EvidenceFile:
    """Have a waiting file scanned and note the outcome; done already, nothing happens. ScannerSilent leaves it waiting."""
    held = EvidenceFile.objects.select_for_update().get(pk=evidence.pk)
    if not held.is_waiting:
        return held
    place = storing.place_of(held.stored_name)
    _note(held, scanning.scan(place) if place else Finding(LOST, ""), by=by)
    return held


def _note(evidence: EvidenceFile, finding: Finding, *, by: Actor) -> None:
    """Set the outcome; a clean file leaves quarantine before the row says so, a refused one goes after."""
    state = EvidenceState.REFUSED if finding.malware else EvidenceState.CLEAN
    check_move(EVIDENCE_MOVES, evidence.state, state)
    evidence.state, evidence.reason, evidence.scanner = state, finding.malware[:300], finding.scanner
    evidence.scanned_at = clock.now()
    if evidence.is_clean:
        storing.release(evidence.stored_name)
    changes = save(evidence, by=by)
    told = {name: pair for name, pair in changes.items() if name in ("state", "reason", "scanner")}
    record(events.EVIDENCE_REFUSED if finding.malware else events.EVIDENCE_CHECKED, on=evidence, by=by, changes=told)
    if finding.malware:
        outcomes.refused(evidence, by)
        transaction.on_commit(lambda: storing.discard(evidence.stored_name))
    else:
        outcomes.passed(evidence, by)
