"""The template of a memorandum: our clauses in both languages, versioned, editable in the administration (domain.md §6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.mou_states import ClauseKind, MouSection
from people.bilingual import Bilingual, pair
from people.models import Department
from records.models import Governed


class MouTemplate(Bilingual, Governed):
    """One edition of the text. A memorandum keeps the edition it was begun with; a later edition serves the next one."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    edition = models.PositiveSmallIntegerField(_("version"))
    name_en, name_fr = pair(_("name"), 120)
    in_use_from = models.DateField(_("in use from"))

    class Meta:
        verbose_name = _("MOU template")
        verbose_name_plural = _("MOU templates")
        ordering = ["-in_use_from", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "edition"],
                nulls_distinct=False,
                name="mou_template_edition_once",
                violation_error_message=_("This version of the template exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"

    def chain(self) -> str:
        return f"department:{self.department_id}" if self.department_id else "installation"


class MouClause(Bilingual, Governed):
    """A paragraph of a section: fixed text with placeholders, a question the author answers, or room for more.

    A placeholder is a word of governance.mou.merging in braces, such as {program}; any other word in braces is refused.
    """

    template = models.ForeignKey(MouTemplate, on_delete=models.PROTECT, related_name="clauses")
    section = models.PositiveSmallIntegerField(_("section"), choices=MouSection)
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=ClauseKind, default=ClauseKind.FIXED)
    text_en, text_fr = pair(_("text"), long=True)
    guidance_en, guidance_fr = pair(_("advice to the author"), long=True, blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "section", "position"],
                name="mou_clause_in_order",
                violation_error_message=_("Two clauses cannot stand in the same place."),
            ),
            models.CheckConstraint(condition=Q(section__gte=1, section__lte=14), name="mou_clause_in_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section}.{self.position}"

    def chain(self) -> str:
        return self.template.chain()
