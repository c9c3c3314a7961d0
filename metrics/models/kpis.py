"""Indicators: what an organisation measures beside delivery, what a product adopts of it, and its values (domain.md §8).

A value is never changed: a correction is a further revision with its reason, and the greatest one stands. A period without
a row is not reported, which is not zero.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from metrics.states import KpiDirection, KpiFrequency, KpiKind, KpiMethod
from people.bilingual import Bilingual, pair
from people.models import Department, Person
from products.models import Product
from products.models.product import ProductLink
from products.models.team import in_order
from records.models import Governed, GovernedQuerySet

MOST_DECIMALS = 4


def figure(label: Any = None, **kwargs: Any) -> models.DecimalField:
    """A value of an indicator: fourteen digits, at most four of them after the mark."""
    return models.DecimalField(label, max_digits=14, decimal_places=MOST_DECIMALS, **kwargs)


class KpiDefinitionQuerySet(GovernedQuerySet):
    def offered_to(self, product: Product) -> "KpiDefinitionQuerySet":
        """What the team of `product` may adopt: in use, of all departments or its own, not adopted already."""
        kept = ProductKpi.objects.filter(product=product, ends_on__isnull=True).values("definition_id")
        mine = Q(department__isnull=True) | Q(department_id=product.department_id)
        return self.filter(mine, is_active=True).exclude(pk__in=kept)


class KpiDefinition(Bilingual, Governed):
    """An indicator of the catalogue. Without a department it is for all of them."""

    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("Empty: for all departments."),
    )
    code = models.SlugField(_("code"), max_length=40)
    name_en, name_fr = pair(_("name"), 120)
    meaning_en, meaning_fr = pair(_("what is counted"), 300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=KpiKind)
    unit_en, unit_fr = pair(_("unit"), 20, blank=True)
    direction = models.CharField(_("direction"), max_length=6, choices=KpiDirection)
    decimals = models.PositiveSmallIntegerField(_("digits after the decimal mark"), default=0)
    frequency = models.CharField(_("frequency"), max_length=8, choices=KpiFrequency, default=KpiFrequency.QUARTER)
    method = models.CharField(_("where values come from"), max_length=16, choices=KpiMethod, default=KpiMethod.ENTERED)
    least = figure(_("least possible value"), null=True, blank=True)
    most = figure(_("greatest possible value"), null=True, blank=True)
    benchmark = figure(_("benchmark"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = KpiDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "code"],
                nulls_distinct=False,
                name="kpi_definition_code_once",
                violation_error_message=_("This code is used already."),
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=MOST_DECIMALS),
                name="kpi_definition_decimals",
                violation_error_message=_("At most four digits after the decimal mark."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lt=F("most")),
                name="kpi_definition_range_in_order",
                violation_error_message=_("The least possible value is below the greatest one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"department:{self.department_id}" if self.department_id else "installation"

    @property
    def is_computed(self) -> bool:
        return self.method != KpiMethod.ENTERED

    def problem(self, value: Decimal) -> str:
        """What is wrong with `value` as a value, target or benchmark of this indicator; empty when nothing is."""
        exponent = value.normalize().as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > self.decimals:
            return _too_fine(self.decimals)
        if self.least is not None and value < self.least:
            return gettext("This is less than %(least)s, the least possible value.") % {
                "least": self._plain(self.least)
            }
        if self.most is not None and value > self.most:
            return gettext("This is more than %(most)s, the greatest possible value.") % {
                "most": self._plain(self.most)
            }
        return ""

    def _plain(self, value: Decimal) -> str:
        return f"{value:.{self.decimals}f}"


def _too_fine(decimals: int) -> str:
    if not decimals:
        return gettext("Give a whole number.")
    return ngettext(
        "Give at most %(count)s digit after the decimal mark.",
        "Give at most %(count)s digits after the decimal mark.",
        decimals,
    ) % {"count": decimals}


class ProductKpi(ProductLink):
    """An indicator that a product keeps between two days, with what the team aims at."""

    definition = models.ForeignKey(
        KpiDefinition, on_delete=models.PROTECT, related_name="kept_by", verbose_name=_("indicator")
    )
    target = figure(_("target"), null=True, blank=True)
    benchmark = figure(_("own benchmark"), null=True, blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    starts_on = models.DateField(_("kept since"), editable=False)
    ends_on = models.DateField(_("kept until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("indicator of a product")
        verbose_name_plural = _("indicators of products")
        ordering = ["starts_on"]
        constraints = [
            in_order("product_kpi_dates_in_order"),
            models.UniqueConstraint(
                fields=["product", "definition"],
                condition=Q(ends_on__isnull=True),
                name="product_kpi_kept_once",
                violation_error_message=_("This product keeps this indicator already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.definition)

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        for name in ("target", "benchmark"):
            value = getattr(self, name)
            problem = self.definition.problem(value) if value is not None else ""
            if problem:
                errors[name] = problem
        if self.definition.department_id not in (None, self.product.department_id):
            errors["definition"] = _("This indicator belongs to another department.")
        if errors:
            raise ValidationError(errors)

    @property
    def compared_with(self) -> Decimal | None:
        """The product's own benchmark, else that of the indicator."""
        return self.definition.benchmark if self.benchmark is None else self.benchmark


class KpiValueQuerySet(models.QuerySet):
    def current(self) -> "KpiValueQuerySet":
        """The greatest revision of each period."""
        return self.order_by("product_kpi_id", "period", "-revision").distinct("product_kpi_id", "period")


class KpiValue(models.Model):
    """What an indicator was in a period, given by its first day. Append-only; the greatest revision stands."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    product_kpi = models.ForeignKey(ProductKpi, on_delete=models.PROTECT, related_name="values", db_index=False)
    period = models.DateField(_("period"))
    revision = models.PositiveIntegerField(default=1)
    value = figure(_("value"))
    sample = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    reason = models.CharField(_("why it is corrected"), max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by_id = models.CharField(max_length=64)
    entered_by_name = models.CharField(max_length=200)

    objects = KpiValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["product_kpi", "period", "revision"],
                name="kpi_value_revision_once",
                violation_error_message=_("Somebody entered this period in the same moment. Look again."),
            ),
            models.CheckConstraint(
                condition=Q(period__day=1),
                name="kpi_value_period_first_day",
                violation_error_message=_("A period is given by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | (Q(revision__gt=1) & ~Q(reason="")),
                name="kpi_value_correction_says_why",
                violation_error_message=_("A correction says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_kpi} {self.period:%Y-%m}"

    def chain(self) -> str:
        return self.product_kpi.chain()
