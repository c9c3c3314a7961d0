"""Rows of the audit trail and the head of each chain."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing that happened. Append-only; the database itself refuses to change it."""

    append_only = True

    HASHED = (
        "chain",
        "number",
        "at",
        "event",
        "actor_id",
        "actor_name",
        "subject_kind",
        "subject_id",
        "subject_name",
        "changes",
        "reason",
    )

    chain = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField(db_default=Now())
    event = models.CharField(_("event"), max_length=80)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(_("who"), max_length=200)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_name = models.CharField(_("what"), max_length=300)
    changes = models.JSONField(default=dict)
    reason = models.TextField(_("why"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once_in_a_chain")]
        indexes = [
            models.Index(fields=["subject_id"], name="audit_by_subject"),
            models.Index(fields=["actor_id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.event}"


class ChainHead(models.Model):
    """The last number and hash of a chain; locked last in an act."""

    chain = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain}: {self.number}"
