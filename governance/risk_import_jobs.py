"""Work of an uploaded register: check it, and apply it, as the person who uploaded it."""

from typing import Any

from governance.actions.risk_imports import APPLY, CHECK, apply_risks, check_risks
from governance.models import RiskImport
from people.models import Person
from records.jobs import job


@job(CHECK, awaited=True)
def check(payload: dict[str, Any]) -> None:
    """Check the file. Once per file: a second run finds it checked."""
    upload = RiskImport.objects.get(pk=payload["import"])
    check_risks(upload=upload, by=Person.objects.get(pk=upload.uploaded_by_id))


@job(APPLY, awaited=True)
def apply(payload: dict[str, Any]) -> None:
    """Apply the file, all or nothing. Once per file."""
    upload = RiskImport.objects.get(pk=payload["import"])
    apply_risks(upload=upload, by=Person.objects.get(pk=upload.uploaded_by_id))
