"""Documents kept for good: the bytes as they were made, with their hash. Never rendered again, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.identity import new_id


class Document(models.Model):
    """A stored PDF. Lives in the database so that it is in every backup together with what it documents."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=300)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["subject_id", "kind"], name="document_by_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "language"],
                name="document_once",
                violation_error_message=_("This document exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
