"""What is known of a sealed document: with which certificate, over which text, and whether it still stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.identity import new_id
from records.models.document import Document
from records.states import StandingState


class Seal(models.Model):
    """How a document was sealed. The certificate is kept with its chain: it proves the seal when another one is in use."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="seal", verbose_name=_("document"))
    text_sha256 = models.CharField(_("hash of the text"), max_length=64, blank=True, db_index=True)
    holder = models.CharField(_("sealed by"), max_length=200)
    fingerprint = models.CharField(_("fingerprint of the certificate"), max_length=64)
    certificate = models.TextField(_("certificate"))
    is_timestamped = models.BooleanField(_("with a timestamp"), default=False)
    owner_chain = models.CharField(max_length=80, editable=False)
    sealed_at = models.DateTimeField(_("sealed at"))
    sealed_by_id = models.CharField(max_length=64)
    sealed_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["-sealed_at"]

    def __str__(self) -> str:
        return str(self.document)

    def chain(self) -> str:
        return self.owner_chain


class Standing(models.Model):
    """From which day a sealed document is in force, superseded or ended; the row noted last is what holds."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="standings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("standing"), max_length=10, choices=StandingState)
    since = models.DateField(_("since"))
    noted_at = models.DateTimeField()
    noted_by_id = models.CharField(max_length=64)
    noted_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("standing of a document")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="standing_in_order",
                violation_error_message=_("Somebody noted something about this document in the same moment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.since}"
