"""What is attached to a review for one of its inputs, or beyond them: a file, a link, or one of our own records
frozen (domain.md §5)."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models.gate import GateInput
from governance.models.review import Review
from people.bilingual import reader
from records import frozen
from records.models import Document, EvidenceFile, Governed

# Where an artefact may lie. It is never fetched, so that nobody makes this server ask a machine on their behalf.
HTTPS = URLValidator(schemes=["https"], message=_("Give a whole address that begins with https://"))

NO_RECORD = Q(document_en__isnull=True, document_fr__isnull=True, frozen_key="")


class Artefact(Governed):
    """One thing of the package. Attached and removed while the review is prepared, as it is from then on.

    A frozen record is kept in both languages; `frozen_digest` is what the record said at that moment, and another digest
    today means that it changed since.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="artefacts")
    input = models.ForeignKey(
        GateInput, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=300)
    version_label = models.CharField(_("version"), max_length=80, blank=True)
    # Of a frozen record, whose version is words of ours ("as it stood on 2026-05-31"); what people type stands in one.
    version_label_fr = models.CharField(_("version (French)"), max_length=80, blank=True, editable=False)
    link = models.CharField(_("address"), max_length=500, blank=True, validators=[HTTPS])
    document_en = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    document_fr = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    frozen_kind = models.CharField(max_length=40, blank=True, editable=False)
    frozen_key = models.CharField(max_length=100, blank=True, editable=False)
    frozen_digest = models.CharField(max_length=100, blank=True, editable=False)
    # Of the bytes; of a link, whose content is not ours, of the address.
    sha256 = models.CharField(max_length=64, editable=False)
    sha256_fr = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("artefact")
        verbose_name_plural = _("artefacts")
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"],
                name="artefact_number_once",
                violation_error_message=_("Somebody attached something in the same moment. Please try again."),
            ),
            models.UniqueConstraint(
                fields=["review", "input", "frozen_kind", "frozen_key"],
                condition=~Q(frozen_key=""),
                nulls_distinct=False,
                name="artefact_record_once",
                violation_error_message=_("This record is attached already."),
            ),
            models.CheckConstraint(
                condition=(~Q(link="") & NO_RECORD & Q(evidence__isnull=True))
                | (Q(link="", evidence__isnull=False) & NO_RECORD)
                | (
                    Q(link="", evidence__isnull=True, document_en__isnull=False, document_fr__isnull=False)
                    & ~Q(frozen_key="")
                ),
                name="artefact_is_one_thing",
                violation_error_message=_("An artefact is one thing: a file, a link or a frozen record."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def chain(self) -> str:
        return self.review.chain()

    @property
    def is_record(self) -> bool:
        return bool(self.frozen_key)

    @property
    def is_file(self) -> bool:
        return self.evidence_id is not None

    @property
    def document(self) -> Document | None:
        """The frozen record in the reader's language."""
        return self.document_fr if reader() == "fr" else self.document_en

    @property
    def version_words(self) -> str:
        """Which version it is, in the reader's language where it has one."""
        return (self.version_label_fr if reader() == "fr" else "") or self.version_label

    @property
    def hash(self) -> str:
        """The hash of what this reader gets."""
        return self.sha256_fr if self.sha256_fr and reader() == "fr" else self.sha256

    @property
    def source(self) -> str:
        """What it is, in words."""
        if self.is_record:
            return frozen.label(self.frozen_kind)
        return str(_("file")) if self.is_file else str(_("link"))

    def content(self) -> dict[str, Any]:
        """What the package says of it: everything that tells what was submitted."""
        return {
            "number": self.number,
            "input": self.input and {"name_en": self.input.name_en, "name_fr": self.input.name_fr},
            "title": self.title,
            "version": self.version_label,
            "version_fr": self.version_label_fr,
            "link": self.link,
            "file": self.evidence
            and {"name": self.evidence.name, "type": self.evidence.media_type, "size": self.evidence.size},
            "record": self.frozen_kind,
            "titles": self._titles(),
            "record_key": self.frozen_key,
            "record_digest": self.frozen_digest,
            "sha256": self.sha256,
            "sha256_fr": self.sha256_fr,
        }

    def _titles(self) -> dict[str, str] | None:
        """What a frozen record is called in either language."""
        if self.document_en is None or self.document_fr is None:
            return None
        return {"name_en": self.document_en.title, "name_fr": self.document_fr.title}
