"""The outbox: work promised inside an act, done after it (trust.md D). The row is the truth, the broker a wake-up."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from records.identity import new_id


class JobState(models.TextChoices):
    QUEUED = "queued", _("queued")
    DONE = "done", _("done")
    PARKED = "parked", _("parked after repeated failure")


class Job(models.Model):
    """One piece of work, done once. `run_after` is both schedule, back-off and lease."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    dedupe_key = models.CharField(_("key"), max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    asked_by_id = models.CharField(max_length=64, blank=True)
    queued_at = models.DateTimeField(_("queued at"), db_default=Now())
    run_after = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-queued_at"]
        indexes = [models.Index(fields=["run_after"], condition=models.Q(state="queued"), name="job_queue")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", finished_at__isnull=False) | ~models.Q(state="done"),
                name="job_done_says_when",
                violation_error_message=_("A finished job says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key}"
