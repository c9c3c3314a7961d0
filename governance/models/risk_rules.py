"""What is high, what a level means, who accepts and how often is looked again: data with dates (decisions.md §11).

The row of a department wins over the installation's (department empty); of each, the newest that has begun counts.
"""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.risk_states import LEVELS, Band, Scale
from people.bilingual import Bilingual, pair
from people.models import Department
from people.permissions import TABLE
from people.states import CapacityKind
from records.models import Governed, GovernedQuerySet

SIDE = 5
CELLS = SIDE * SIDE
ACCEPTERS = [(kind.value, kind.label) for kind in CapacityKind if kind in TABLE["accept_risk"]]


def cell_index(likelihood: int, impact: int) -> int:
    """Where the pair stands among the 25 cells of a grid."""
    return (likelihood - 1) * SIDE + (impact - 1)


class RuleQuerySet(GovernedQuerySet):
    def reaching(self, department_id: Any, day: date) -> "RuleQuerySet":
        """What has begun by `day` for the department, its own before the installation's, the newest first."""
        theirs = Q(department_id=department_id) | Q(department__isnull=True)
        return self.filter(theirs, starts_on__lte=day).order_by(
            models.F("department_id").asc(nulls_last=True), "-starts_on"
        )


class DepartmentRule(Governed):
    """A rule that begins on a day, for one department or for all."""

    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("Empty means every department that has no rule of its own."),
    )
    starts_on = models.DateField(_("from"))

    objects = RuleQuerySet.as_manager()

    class Meta:
        abstract = True

    def chain(self) -> str:
        return f"department:{self.department_id}" if self.department_id else "installation"


class RiskGrid(DepartmentRule):
    """Which of the 25 pairs of likelihood and impact is low, medium or high; read in the order of `cell_index`."""

    cells = ArrayField(models.CharField(max_length=6, choices=Band), size=CELLS, verbose_name=_("bands"))

    class Meta:
        verbose_name = _("risk grid")
        verbose_name_plural = _("risk grids")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "starts_on"],
                nulls_distinct=False,
                name="risk_grid_once_a_day",
                violation_error_message=_("Another grid begins on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(cells__len=CELLS) & Q(cells__contained_by=list(Band.values)),
                name="risk_grid_is_full",
                violation_error_message=_("Each of the 25 cells has a band."),
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)} {self.starts_on}"

    def clean(self) -> None:
        """No pair is in a lower band than one that is less likely or hits less hard. ValidationError on `cells`."""
        super().clean()
        if len(self.cells or ()) != CELLS or not set(self.cells) <= set(Band.values):
            return  # said by the constraint
        for likelihood in range(1, SIDE + 1):
            for impact in range(1, SIDE + 1):
                self._check_not_lower(likelihood, impact)

    def _check_not_lower(self, likelihood: int, impact: int) -> None:
        ranks = list(Band)
        for less in ((likelihood - 1, impact), (likelihood, impact - 1)):
            if 0 in less or ranks.index(self.band(likelihood, impact)) >= ranks.index(self.band(*less)):
                continue
            words = _(
                "Likelihood %(likelihood)d, impact %(impact)d is lower than likelihood %(less_likely)d, impact %(less_hard)d: "
                "what is more likely or hits harder is never in a lower band."
            )
            told = {"likelihood": likelihood, "impact": impact, "less_likely": less[0], "less_hard": less[1]}
            raise ValidationError({"cells": words % told})

    def band(self, likelihood: int, impact: int) -> Band:
        """The band of a pair. LookupError outside the grid."""
        if not (1 <= likelihood <= SIDE and 1 <= impact <= SIDE):
            raise LookupError("Likelihood and impact go from 1 to 5.")
        return Band(self.cells[cell_index(likelihood, impact)])


class RiskLevel(Bilingual, Governed):
    """What one level of a scale means, shown where it is chosen."""

    scale = models.CharField(_("scale"), max_length=10, choices=Scale)
    value = models.PositiveSmallIntegerField(
        pgettext_lazy("scale", "level"), validators=[MinValueValidator(1), MaxValueValidator(SIDE)]
    )
    definition_en, definition_fr = pair(_("what it means"), 300)

    class Meta:
        verbose_name = _("level of a risk scale")
        verbose_name_plural = _("levels of the risk scales")
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "value"],
                name="risk_level_once",
                violation_error_message=_("This level is defined already."),
            ),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=SIDE), name="risk_level_on_scale"),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self.get_scale_display())} {self.value} {self.word}"

    @property
    def word(self) -> str:
        """The word of the level in the reader's language."""
        return str(LEVELS[self.scale](self.value).label)

    def chain(self) -> str:
        return "installation"


class BandRule(DepartmentRule):
    """How often a risk of a band is looked at again, and who may accept it."""

    band = models.CharField(_("band"), max_length=6, choices=Band)
    review_days = models.PositiveSmallIntegerField(
        _("days until it is reviewed again"), validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    accepted_by = ArrayField(
        models.CharField(max_length=30, choices=ACCEPTERS), default=list, blank=True, verbose_name=_("accepted by")
    )
    board_accepts = models.BooleanField(_("a board may accept it"), default=False)

    class Meta:
        verbose_name = _("rule of a risk band")
        verbose_name_plural = _("rules of the risk bands")
        ordering = ["band", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "band", "starts_on"],
                nulls_distinct=False,
                name="band_rule_once_a_day",
                violation_error_message=_("Another rule for this band begins on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(review_days__gte=1, review_days__lte=730),
                name="band_rule_reviews",
                violation_error_message=_("Say in how many days, from 1 to 730, it is reviewed again."),
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self.get_band_display())}, {self.starts_on}"

    def clean(self) -> None:
        if not self.accepted_by and not self.board_accepts:
            raise ValidationError({"accepted_by": _("Say who may accept a risk of this band.")})

    def accepters(self) -> list[CapacityKind]:
        """Who may accept, in the order of the cast."""
        return [kind for kind in CapacityKind if kind in self.accepted_by]
