"""What was computed: revisions of a product's months and quarters, closings, declared months (dora.md §2.6, §2.7)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.states import DeclaredState, Level, Period, Scope, SnapshotReason
from products.models import Product
from products.models.product import ProductLink


def seconds(**kwargs: Any) -> models.DecimalField:
    """Seconds to the millisecond."""
    return models.DecimalField(max_digits=16, decimal_places=3, null=True, **kwargs)


class StaleMonth(models.Model):
    """A month whose events changed. Only added here and taken by the compilation, so that writers never wait for it."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    reason = models.CharField(max_length=12, choices=SnapshotReason)
    detail = models.CharField(max_length=200, blank=True)
    waits_for_approval = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["product", "month"], name="stale_month_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.month:%Y-%m}"


class DoraSnapshotQuerySet(models.QuerySet):
    def current(self) -> "DoraSnapshotQuerySet":
        """The greatest revision of each product, scope and period."""
        return self.order_by(
            "product_id", "scope", "period", "starts_on", "level_set", "method_version", "-revision"
        ).distinct("product_id", "scope", "period", "starts_on", "level_set", "method_version")


class DoraSnapshot(models.Model):
    """The measures of one product (or family) in one month (or quarter). Append-only; the greatest revision is current.

    Counts are plain numbers, durations seconds to the millisecond, null where there is nothing to measure.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="dora_snapshots", db_index=False)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.PRODUCT)
    period = models.CharField(max_length=8, choices=Period, default=Period.MONTH)
    starts_on = models.DateField()
    level_set = models.CharField(max_length=20)
    method_version = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    is_final = models.BooleanField()
    timezone = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=SnapshotReason)
    cause = models.CharField(max_length=200, blank=True)
    watermark = models.BigIntegerField(default=0)
    has_incident_feed = models.BooleanField()
    ever_deployed = models.BooleanField()

    deployment_count = models.PositiveIntegerField()
    deployment_days = models.PositiveIntegerField()
    deployment_frequency_level = models.CharField(max_length=8, choices=Level, blank=True)
    change_count = models.PositiveIntegerField()
    lead_time_p50_seconds = seconds()
    lead_time_p90_seconds = seconds()
    lead_time_mean_seconds = seconds()
    lead_time_level = models.CharField(max_length=8, choices=Level, blank=True)
    failed_deployment_count = models.PositiveIntegerField(null=True)
    change_failure_level = models.CharField(max_length=8, choices=Level, blank=True)
    restored_incident_count = models.PositiveIntegerField(null=True)
    time_to_restore_p50_seconds = seconds()
    time_to_restore_p90_seconds = seconds()
    time_to_restore_level = models.CharField(max_length=8, choices=Level, blank=True)
    recovery_count = models.PositiveIntegerField(default=0)
    recovery_p50_seconds = seconds()
    rework_count = models.PositiveIntegerField()
    open_incidents = models.PositiveIntegerField(null=True)
    dq_negative_lead_time = models.PositiveIntegerField()
    dq_negative_restore = models.PositiveIntegerField()

    objects = DoraSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery measures of a month")
        verbose_name_plural = _("delivery measures of months")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "scope", "period", "starts_on", "level_set", "method_version", "revision"],
                name="dora_snapshot_revision_once",
            )
        ]
        indexes = [models.Index(fields=["period", "starts_on"], name="dora_snapshot_of_period")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.starts_on:%Y-%m} r{self.revision}"


class MonthClosing(models.Model):
    """That a month was closed, and on which revision. What differs afterwards is a restatement."""

    append_only = True

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="month_closings", db_index=False)
    month = models.DateField()
    revision = models.ForeignKey(DoraSnapshot, on_delete=models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField()
    closed_by_id = models.CharField(max_length=64)
    closed_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("closing of a month")
        verbose_name_plural = _("closings of months")
        constraints = [models.UniqueConstraint(fields=["product", "month"], name="month_closed_once")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.month:%Y-%m}"


class DeclaredMonth(ProductLink):
    """A month typed by a team without a pipeline: counts and medians with their n, and where they come from."""

    month = models.DateField(_("month"))
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Where the figures come from, so that they can be found.")
    )
    deployment_count = models.PositiveIntegerField(_("deployments to production"), null=True, blank=True)
    change_count = models.PositiveIntegerField(_("changes shipped"), null=True, blank=True)
    lead_time_p50_seconds = seconds(verbose_name=_("lead time, median"), blank=True)
    failed_deployment_count = models.PositiveIntegerField(_("deployments that failed"), null=True, blank=True)
    restored_incident_count = models.PositiveIntegerField(_("incidents resolved"), null=True, blank=True)
    time_to_restore_p50_seconds = seconds(verbose_name=_("time to restore, median"), blank=True)
    state = models.CharField(max_length=10, choices=DeclaredState, default=DeclaredState.IN_FORCE, editable=False)

    class Meta:
        verbose_name = _("declared month")
        verbose_name_plural = _("declared months")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "month"],
                condition=Q(state=DeclaredState.IN_FORCE),
                name="declared_month_once",
                violation_error_message=_("This month is declared already."),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="declared_month_first_day"),
            models.CheckConstraint(
                condition=Q(failed_deployment_count__isnull=True)
                | Q(deployment_count__isnull=False, failed_deployment_count__lte=models.F("deployment_count")),
                name="declared_failures_among_deployments",
                violation_error_message=_("No more deployments can have failed than were made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.month:%Y-%m}"

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        for count, median in (
            ("change_count", "lead_time_p50_seconds"),
            ("restored_incident_count", "time_to_restore_p50_seconds"),
        ):
            value: Decimal | None = getattr(self, median)
            if value is not None and not getattr(self, count):
                errors[count] = _("Say of how many this is the median.")
            if value is not None and value < 0:
                errors[median] = _("A duration is zero or more.")
        if errors:
            raise ValidationError(errors)
