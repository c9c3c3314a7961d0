"""Rows of the lowest floor: they know no other package."""

from records.models.audit import AuditEvent, ChainHead
from records.models.document import Document
from records.models.evidence import EvidenceFile
from records.models.form_token import FormToken
from records.models.governed import Governed, GovernedQuerySet
from records.models.job import Job, JobState
from records.models.mandate import Mandate, MandateKind
from records.models.seal import Seal, Standing

__all__ = [
    "AuditEvent",
    "ChainHead",
    "Document",
    "EvidenceFile",
    "FormToken",
    "Governed",
    "GovernedQuerySet",
    "Job",
    "JobState",
    "Mandate",
    "MandateKind",
    "Seal",
    "Standing",
]
