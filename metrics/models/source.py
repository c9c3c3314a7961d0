"""Where deliveries come from: sources, their secrets and mappings, what arrived and what was refused (dora.md §3)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from metrics.states import Environment, LogOutcome, SourceKind
from products.models import Product
from products.models.product import ProductLink
from records.identity import new_id
from records.models import Governed


class DeliverySource(ProductLink):
    """One feed of one product. Its `name` is the source of its deployments and incidents; its key is in its endpoint."""

    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    name = models.CharField(_("name"), max_length=100, db_collation="C")
    repository = models.CharField(
        _("repository"), max_length=200, blank=True, help_text=_("Owner and name, for example acme/job-seeker.")
    )
    default_branch = models.CharField(_("default branch"), max_length=100, default="main", blank=True)
    incident_label = models.CharField(_("label of incidents"), max_length=50, default="incident", blank=True)
    reports_incidents = models.BooleanField(_("reports incidents"), default=False)
    counts_releases = models.BooleanField(
        _("a published release is a deployment"),
        default=False,
        help_text=_("Only where the repository reports no deployments; otherwise each would count twice."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("delivery source")
        verbose_name_plural = _("delivery sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "name"],
                name="delivery_source_name_once",
                violation_error_message=_("This product has a source of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceSecret(Governed):
    """A secret of a source, sealed. Two are valid while one is being replaced. Its text is shown once, when it is made."""

    NO_HISTORY = ("sealed",)

    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="secrets")
    sealed = models.TextField(editable=False)
    retires_at = models.DateTimeField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("secret of a source")
        verbose_name_plural = _("secrets of sources")
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(retires_at__isnull=True),
                name="source_secret_one_lasting",
                violation_error_message=_("This source has a secret in force."),
            )
        ]

    def __str__(self) -> str:
        return str(self.source)

    def chain(self) -> str:
        return self.source.chain()

    def is_valid(self, now: datetime) -> bool:
        """Whether a delivery signed with it is accepted at `now`."""
        return self.retires_at is None or now < self.retires_at


class EnvironmentMapping(Governed):
    """What the source calls an environment, and which of ours that is."""

    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="environments")
    name = models.CharField(_("name in the source"), max_length=100)
    environment = models.CharField(_("environment"), max_length=12, choices=Environment)

    class Meta:
        verbose_name = _("environment of a source")
        verbose_name_plural = _("environments of sources")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                name="environment_mapped_once",
                violation_error_message=_("This name is mapped already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.environment}"

    def chain(self) -> str:
        return self.source.chain()


class WorkflowMapping(Governed):
    """A workflow of the source whose completion is a deployment to an environment."""

    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="workflows")
    name = models.CharField(_("name of the workflow"), max_length=200)
    environment = models.CharField(_("environment"), max_length=12, choices=Environment)

    class Meta:
        verbose_name = _("workflow that deploys")
        verbose_name_plural = _("workflows that deploy")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                name="workflow_mapped_once",
                violation_error_message=_("This workflow is mapped already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.environment}"

    def chain(self) -> str:
        return self.source.chain()


class Delivery(models.Model):
    """One raw delivery as it came, and the records read from it. Append-only.

    The table is partitioned by month of arrival and its key there is (id, received_at): see migration 0002.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    received_at = models.DateTimeField(db_default=Now())
    product = models.ForeignKey(Product, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    source = models.ForeignKey(
        DeliverySource, on_delete=models.DO_NOTHING, db_constraint=False, related_name="deliveries", null=True
    )
    event = models.CharField(max_length=100, blank=True)
    body = models.BinaryField()
    records = models.JSONField(default=list)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


class DeliveryReceipt(models.Model):
    """That a delivery of this key was taken: the same one again is answered, not stored (dora.md §3.1)."""

    append_only = True

    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=200, db_collation="C")
    delivery = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="delivery_received_once")]

    def __str__(self) -> str:
        return self.key


class PendingDelivery(models.Model):
    """A delivery whose records are not yet among the facts. The row is the promise; whoever applies it removes it."""

    delivery = models.BigIntegerField(primary_key=True)
    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.delivery)


class DeliveryLogEntry(models.Model):
    """What came to the endpoint of a source and what became of it: for the team that wonders why a number is missing."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(DeliverySource, on_delete=models.PROTECT, related_name="log")
    at = models.DateTimeField(db_default=Now())  # written by the business clock, as everything people read
    outcome = models.CharField(max_length=10, choices=LogOutcome)
    event = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    delivery = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["source", "-id"], name="delivery_log_of_source")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class DeliveryUpload(models.Model):
    """A file of delivery records that a person uploaded: its preview, and whether it was taken over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="delivery_uploads")
    name = models.CharField(_("file"), max_length=200)
    body = models.BinaryField()
    preview = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.CharField(max_length=64)
    uploaded_by_name = models.CharField(max_length=200)
    applied_at = models.DateTimeField(null=True)
    applied_by_id = models.CharField(max_length=64, blank=True)
    applied_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery file")
        verbose_name_plural = _("delivery files")

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"product:{self.product_id}"
