"""Strategy, budget and architectural boundaries of a product (domain.md §2)."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from products import fiscal
from products.fiscal import FIRST_YEAR, LAST_YEAR
from products.models.landscape import FundingSource, TechnologyStandard
from products.models.product import ProductLink
from products.states import AssessmentKind, AssessmentState, BudgetKind, StrategyState


def fiscal_year_field(label: Any, **options: Any) -> models.PositiveSmallIntegerField:
    """A fiscal year by the calendar year it starts in."""
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)], **options
    )


def money_field(label: Any, **options: Any) -> models.DecimalField:
    """An amount in the installation's currency, with cents, never negative."""
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal(0))], **options
    )


class ProductStrategy(Bilingual, ProductLink):
    """One page: why, for whom, which outcomes, when available. Versioned; gate 1 needs it."""

    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=StrategyState, default=StrategyState.DRAFT)
    why_en, why_fr = pair(_("why"), long=True, blank=True)
    for_whom_en, for_whom_fr = pair(_("for whom"), long=True, blank=True)
    outcomes_en, outcomes_fr = pair(_("which outcomes"), long=True, blank=True)
    available_en, available_fr = pair(_("when available"), long=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by_id = models.CharField(max_length=64, blank=True)
    published_by_name = models.CharField(_("published by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="strategy_number_once",
                violation_error_message=_("Somebody began this version just now."),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state=StrategyState.DRAFT),
                name="strategy_one_draft",
                violation_error_message=_("There is a draft already."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=StrategyState.DRAFT, published_at__isnull=True)
                    | (Q(state=StrategyState.PUBLISHED, published_at__isnull=False) & ~Q(published_by_id=""))
                ),
                name="strategy_published_says_when",
                violation_error_message=_("A published strategy says when and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"


class BudgetLine(ProductLink):
    """Money of one fiscal year from one source for one kind of cost: planned, secured, actual. Unknown is empty, not zero."""

    fiscal_year = fiscal_year_field(_("fiscal year"))
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("source of funds")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=BudgetKind)
    planned = money_field(_("planned"))
    secured = money_field(_("secured"), null=True, blank=True)
    actual = money_field(_("actual"), null=True, blank=True)
    actual_to = models.DateField(_("actual up to"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["fiscal_year", "source", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "fiscal_year", "source", "kind"],
                name="budget_line_once",
                violation_error_message=_("This year has a line for this source and kind already."),
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0)
                & (Q(secured__isnull=True) | Q(secured__gte=0))
                & (Q(actual__isnull=True) | Q(actual__gte=0)),
                name="budget_amounts_not_negative",
                violation_error_message=_("Amounts are zero or more."),
            ),
            models.CheckConstraint(
                condition=Q(actual__isnull=True, actual_to__isnull=True)
                | Q(actual__isnull=False, actual_to__isnull=False),
                name="budget_actual_says_until",
                violation_error_message=_("Actual cost says up to which day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{fiscal.label(self.fiscal_year)} {self.source} {self.get_kind_display()}"


class InformationAssessment(ProductLink):
    """Privacy, security and ethics of the information: which assessment, in what state, until when."""

    kind = models.CharField(_("assessment"), max_length=4, choices=AssessmentKind)
    state = models.CharField(_("state"), max_length=12, choices=AssessmentState)
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    assessed_on = models.DateField(_("date"), null=True, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        verbose_name = _("information assessment")
        verbose_name_plural = _("information assessments")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.APPROVED) | (Q(assessed_on__isnull=False) & ~Q(reference="")),
                name="assessment_approved_has_proof",
                violation_error_message=_("An approved assessment has a date and a reference."),
            ),
        ]

    def __str__(self) -> str:
        return str(AssessmentKind(self.kind).label)


class StandardInUse(Bilingual, ProductLink):
    """A technology standard the product uses; one in containment or retirement wants a plan."""

    standard = models.ForeignKey(
        TechnologyStandard, on_delete=models.PROTECT, related_name="used_by", verbose_name=_("standard")
    )
    plan_en, plan_fr = pair(_("plan to leave it"), 300, blank=True)
    leave_by = models.DateField(_("leave by"), null=True, blank=True)

    class Meta:
        verbose_name = _("standard in use")
        verbose_name_plural = _("standards in use")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "standard"],
                name="standard_in_use_once",
                violation_error_message=_("This standard is listed already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.standard)
