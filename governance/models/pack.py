"""The papers of a meeting as they were issued, revision by revision (ux.md A8). What was issued never changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models.meeting import Meeting
from records.identity import new_id

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Pack(models.Model):
    """One revision. `content` says what it held, so that the next one can say what changed; the PDFs are Documents."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField(_("revision"))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by_id = models.CharField(max_length=64)
    issued_by_name = models.CharField(_("issued by"), max_length=200)

    class Meta:
        verbose_name = _("meeting papers")
        verbose_name_plural = _("meeting papers")
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="pack_revision_once",
                violation_error_message=_("Somebody issued these papers just now."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="pack_revision_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.revision}"

    @property
    def revision(self) -> str:
        """A, B … Z, then AA, AB …"""
        before, last = divmod(self.number - 1, len(LETTERS))
        return (LETTERS[before - 1] if before else "") + LETTERS[last]

    def chain(self) -> str:
        return f"department:{self.meeting.board.department_id}"
