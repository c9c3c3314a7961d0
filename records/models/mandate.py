"""A mandate: what lets a row change that only a board may change (decisions.md §3).

Created only by a board's decision or by the audited opening position of a product that ran before the system. Rows that
need one carry it NOT NULL UNIQUE, so that "the phase moves only by decision" is a constraint and not a habit.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.identity import new_id


class MandateKind(models.TextChoices):
    OPENING = "opening", _("opening position")
    DECISION = "decision", _("board decision")


class Mandate(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=MandateKind)
    what = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    reference = models.CharField(max_length=300)
    by_id = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reference}"
