"""Deployments, changes and incidents: the current version of each (dora.md §2.1). Written set-wise by metrics.actions.facts.

What the team corrects stands in columns of its own (`voided_by_team`, `linked_by_team`), so that the next delivery of the
same record never undoes it. `shipped_at` and `attributed_to` are kept with the rows they follow from.
"""

from django.db import models
from django.db.models import F, GeneratedField, Q
from django.utils.translation import gettext_lazy as _

from metrics.states import DeploymentStatus, Environment, IncidentStatus, Membership
from products.models import Product

ELIGIBLE = Q(
    environment=Environment.PRODUCTION,
    status=DeploymentStatus.SUCCESS,
    finished_at__isnull=False,
    voided=False,
    voided_by_team=False,
)
LIVE = (
    ~Q(status=IncidentStatus.CANCELLED) & Q(environment__in=["", Environment.PRODUCTION]) & Q(started_at__isnull=False)
)


class Deployment(models.Model):
    """One deployment. Only eligible ones exist for the measures: to production, successful, finished, not voided."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="deployments", db_index=False)
    source = models.CharField(max_length=100, db_collation="C")
    external_id = models.CharField(max_length=200, db_collation="C")
    environment = models.CharField(max_length=12, choices=Environment)
    status = models.CharField(max_length=12, choices=DeploymentStatus)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    repo = models.CharField(max_length=200, db_collation="C", blank=True)
    sha = models.CharField(max_length=64, db_collation="C", blank=True)
    membership = models.CharField(max_length=8, choices=Membership, default=Membership.EXPLICIT)
    rollback_of = models.CharField(max_length=200, db_collation="C", blank=True)
    unplanned = models.BooleanField(default=False)
    voided = models.BooleanField(default=False)
    voided_by_team = models.BooleanField(default=False)
    updated_at = models.DateTimeField()
    url = models.URLField(max_length=500, blank=True)
    eligible = GeneratedField(expression=ELIGIBLE, output_field=models.BooleanField(), db_persist=True)  # type: ignore[arg-type]
    changes: models.ManyToManyField = models.ManyToManyField(
        "Change", through="DeploymentChange", related_name="deployments"
    )

    class Meta:
        verbose_name = _("deployment")
        verbose_name_plural = _("deployments")
        constraints = [models.UniqueConstraint(fields=["product", "source", "external_id"], name="deployment_once")]
        indexes = [
            models.Index(
                F("product"),
                F("finished_at").desc(),
                F("source").desc(),
                F("external_id").desc(),
                name="deployment_eligible",
                condition=Q(eligible=True),
            ),
            models.Index(
                fields=["product", "source", "rollback_of"],
                name="deployment_rollback",
                condition=~Q(rollback_of=""),
            ),
            models.Index(fields=["product", "repo", "finished_at"], name="deployment_of_repo"),
        ]

    def __str__(self) -> str:
        return self.external_id

    def chain(self) -> str:
        return f"product:{self.product_id}"


class Change(models.Model):
    """A commit. `committed_at` is the earliest ever reported; null while only its hash is known."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="delivered_changes", db_index=False)
    repo = models.CharField(max_length=200, db_collation="C", blank=True)
    sha = models.CharField(max_length=64, db_collation="C")
    committed_at = models.DateTimeField(null=True)
    is_merge = models.BooleanField(default=False)
    parent_sha = models.CharField(max_length=64, db_collation="C", blank=True)
    shipped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [models.UniqueConstraint(fields=["product", "repo", "sha"], name="change_once")]
        indexes = [
            models.Index(
                fields=["product", "shipped_at"],
                include=["committed_at", "is_merge"],
                name="change_shipped",
                condition=Q(shipped_at__isnull=False),
            ),
            # Only pushes tell of parents, and each asks who follows from what it brings.
            models.Index(fields=["product", "parent_sha"], name="change_follows", condition=~Q(parent_sha="")),
        ]

    def __str__(self) -> str:
        return self.sha[:12]


class DeploymentChange(models.Model):
    """That a deployment holds a change."""

    pk = models.CompositePrimaryKey("deployment_id", "change_id")
    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="links", db_index=False)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="links", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["change", "deployment"], name="change_deployed_by")]

    def __str__(self) -> str:
        return f"{self.deployment_id} {self.change_id}"


class Incident(models.Model):
    """An incident. Live unless cancelled or outside production; its resolution counts only while it is resolved."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="delivery_incidents", db_index=False)
    source = models.CharField(max_length=100, db_collation="C")
    external_id = models.CharField(max_length=200, db_collation="C")
    environment = models.CharField(max_length=12, choices=Environment, blank=True)
    status = models.CharField(max_length=10, choices=IncidentStatus)
    started_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    link_source = models.CharField(max_length=100, db_collation="C", blank=True)
    link_external_id = models.CharField(max_length=200, db_collation="C", blank=True)
    change_related = models.BooleanField(null=True)
    title = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    updated_at = models.DateTimeField()
    linked_by_team = models.BooleanField(default=False)
    team_deployment = models.ForeignKey(
        Deployment, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    attributed_to = models.ForeignKey(Deployment, on_delete=models.PROTECT, null=True, related_name="failures")
    live = GeneratedField(expression=LIVE, output_field=models.BooleanField(), db_persist=True)  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(fields=["product", "source", "external_id"], name="incident_once"),
            models.CheckConstraint(
                condition=Q(linked_by_team=True) | Q(team_deployment__isnull=True), name="incident_team_link_said"
            ),
        ]
        indexes = [
            models.Index(
                fields=["product", "resolved_at"],
                name="incident_restored",
                condition=Q(live=True, status=IncidentStatus.RESOLVED),
            ),
            models.Index(fields=["product", "started_at"], name="incident_started", condition=Q(live=True)),
            # Few at any time, and every month asks which there are.
            models.Index(
                fields=["product", "started_at"],
                name="incident_unresolved",
                condition=Q(live=True) & ~Q(status=IncidentStatus.RESOLVED),
            ),
            models.Index(
                fields=["product", "link_source", "link_external_id"],
                name="incident_named_deployment",
                condition=~Q(link_external_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id

    def chain(self) -> str:
        return f"product:{self.product_id}"
