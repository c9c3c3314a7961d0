"""Files that people attach as evidence: what is known of each; the bytes lie outside the database and the web root."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models.governed import Governed
from records.states import EvidenceState


class EvidenceFile(Governed):
    """One file as it was uploaded. It is handed out only once it was scanned; the row whose view hands it out points here."""

    name = models.CharField(_("file"), max_length=200)
    stored_name = models.CharField(max_length=64, unique=True, editable=False)
    media_type = models.CharField(_("type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    owner_chain = models.CharField(max_length=80, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=EvidenceState, default=EvidenceState.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by_id = models.CharField(max_length=64)
    uploaded_by_name = models.CharField(_("uploaded by"), max_length=200)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    scanner = models.CharField(_("scanner"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["-uploaded_at"]
        indexes = [
            models.Index(fields=["uploaded_at"], condition=Q(state="waiting"), name="evidence_to_scan"),
            models.Index(fields=["uploaded_by_id", "uploaded_at"], name="evidence_by_person_and_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", scanned_at__isnull=True)
                | ~Q(state="waiting") & Q(scanned_at__isnull=False),
                name="evidence_scanned_says_when",
                violation_error_message=_("A file that was scanned says when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="evidence_refused_says_why",
                violation_error_message=_("A file that was refused says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return self.owner_chain

    @property
    def is_waiting(self) -> bool:
        return self.state == EvidenceState.WAITING

    @property
    def is_clean(self) -> bool:
        return self.state == EvidenceState.CLEAN

    @property
    def is_refused(self) -> bool:
        return self.state == EvidenceState.REFUSED
