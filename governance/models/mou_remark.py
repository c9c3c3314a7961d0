"""What is said of a memorandum while it is written and signed: remarks, questions, the answers to them (ux.md A7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.mou import Mou, OfMou
from governance.mou_states import MouSection
from people.models import Person


class MouComment(OfMou):
    """A remark on one section, with a suggested text if one likes; open until somebody settles it.

    A question is what a signatory asks of the frozen text before signing. `asked` names one person who is to answer.
    """

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="comments")
    section = models.PositiveSmallIntegerField(_("section"), choices=MouSection)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replies", verbose_name=_("answers")
    )
    is_question = models.BooleanField(_("question of a signatory"), default=False, editable=False)
    asked = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is asked")
    )
    text = models.TextField(_("remark"), max_length=4000)
    suggested = models.TextField(_("suggested text"), max_length=8000, blank=True)
    language = models.CharField(max_length=2, editable=False)
    written_at = models.DateTimeField(editable=False)
    written_by_id = models.CharField(max_length=64, editable=False)
    written_by_name = models.CharField(_("by"), max_length=200, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by_id = models.CharField(max_length=64, blank=True, editable=False)
    settled_by_name = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["section", "written_at"]

    def __str__(self) -> str:
        return self.text[:60]
