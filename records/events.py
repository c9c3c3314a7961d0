"""Audit event names of this floor that people read."""

from django.utils.translation import gettext_noop as _

RECORD_FROZEN = _("record frozen as a document")
EVIDENCE_KEPT = _("evidence file uploaded")
EVIDENCE_CHECKED = _("evidence file found clean")
EVIDENCE_REFUSED = _("evidence file refused by the scanner")
DOCUMENT_SEALED = _("document sealed")
STANDING_NOTED = _("standing of a document noted")
