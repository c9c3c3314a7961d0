"""Audit event names of this floor that people read."""

from django.utils.translation import gettext_noop as _

RECORD_FROZEN = _("record frozen as a document")
