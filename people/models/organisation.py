"""Departments and their branches (domain.md §1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from records.models import Governed


class Department(Bilingual, Governed):
    """An institution: the outermost boundary of what its staff may see."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_en, name_fr = pair(_("name"))
    fiscal_start_month = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Toronto")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_start_month__range=(1, 12)),
                name="department_month_exists",
                violation_error_message=_("Months run from 1 to 12."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"department:{self.pk}"


class BranchKind(models.TextChoices):
    PROGRAM = "program", _("program or corporate branch")
    IT = "it", _("IT branch")
    FINANCE = "finance", _("finance branch")


class Branch(Bilingual, Governed):
    """A part of a department. Exactly one is the IT branch and one the finance branch; any other may sponsor products."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="branches", verbose_name=_("department")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=BranchKind, default=BranchKind.PROGRAM)
    acronym = models.CharField(_("acronym"), max_length=12)
    name_en, name_fr = pair(_("name"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["department", "acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "acronym"],
                name="branch_acronym_once",
                violation_error_message=_("This department has a branch with this acronym already."),
            ),
            models.UniqueConstraint(
                fields=["department", "kind"],
                condition=models.Q(kind__in=["it", "finance"]),
                name="branch_one_it_one_finance",
                violation_error_message=_("A department has one IT branch and one finance branch."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})"

    def chain(self) -> str:
        return f"department:{self.department_id}"
