"""In what capacity people act: the one table that permissions and `visible_to` read on every floor (decisions.md §4)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.organisation import Department
from people.models.person import Person
from people.states import CapacityKind, ScopeKind
from records.identity import new_id
from records.models import Governed


class CapacityQuerySet(models.QuerySet):
    def on(self, day: date) -> "CapacityQuerySet":
        """Those in force on `day`; the last day counts."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class Capacity(models.Model):
    """A person acts as something for some scope between two dates. Written beside the act that gives it, never alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacities")
    kind = models.CharField(max_length=30, choices=CapacityKind)
    scope = models.CharField(max_length=12, choices=ScopeKind)
    scope_id = models.UUIDField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        indexes = [
            models.Index(fields=["person", "kind"], name="capacity_of_person"),
            models.Index(fields=["scope_id", "kind"], name="capacity_over_scope"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind", "scope_id"],
                nulls_distinct=False,
                name="capacity_once_per_source",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="capacity_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="all", scope_id__isnull=True)
                | (~models.Q(scope="all") & models.Q(scope_id__isnull=False)),
                name="capacity_scope_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class Appointment(Governed):
    """A dated office: head of a branch, CIO, CFO, director-general, oversight, auditor, executive, portfolio manager."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person"))
    kind = models.CharField(
        _("office"),
        max_length=30,
        choices=[(kind.value, kind.label) for kind in CapacityKind if kind in CapacityKind.offices()],
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("department"),
        help_text=_("Empty means every department."),
    )
    branch = models.ForeignKey(
        "people.Branch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("branch"),
        help_text=_("For heads and directors-general of a branch."),
    )
    portfolio_id = models.UUIDField(_("portfolio"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_dates_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["sponsor", "director_general"]) | models.Q(branch__isnull=False),
                name="appointment_head_names_branch",
                violation_error_message=_("Name the branch this person heads."),
            ),
            models.UniqueConstraint(
                fields=["department", "kind"],
                name="appointment_one_cio_one_cfo",
                condition=models.Q(kind__in=["cio", "cfo"], ends_on__isnull=True),
                violation_error_message=_("This department has somebody in this office. End that appointment first."),
            ),
            models.UniqueConstraint(
                fields=["branch"],
                name="appointment_one_head_of_branch",
                condition=models.Q(kind="sponsor", ends_on__isnull=True),
                violation_error_message=_("This branch has a head. End that appointment first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    def chain(self) -> str:
        return f"department:{self.department_id}" if self.department_id else "installation"
