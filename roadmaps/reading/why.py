"""Why something of a roadmap was given up: the trail holds the reason, its page repeats it."""

from records.models import AuditEvent, Governed


def why(record: Governed, event: str) -> AuditEvent | None:
    """The last `event` of `record`: by whom, when and why; None where it never happened."""
    told = AuditEvent.objects.filter(subject_kind=record._meta.label_lower, subject_id=str(record.pk), event=event)
    return told.order_by("number").last()
