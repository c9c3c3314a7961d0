"""Who the product team is: roles, positions, the bodies that govern it, where its requirements live (domain.md §3)."""

from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models import Branch, Person
from people.states import CapacityKind
from products.models.product import Product, ProductLink
from products.states import BodyKind
from records.models import Governed, GovernedQuerySet

ROLES = [(kind.value, kind.label) for kind in CapacityKind.roles()]


def in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("It cannot end before it starts."),
    )


class DatedQuerySet(GovernedQuerySet):
    def on(self, day: object) -> "DatedQuerySet":
        """Rows in force on `day`; the last day counts."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class RoleDefinition(Bilingual, Governed):
    """What a role does, how far it looks and how many may hold it; shown where people are picked and in the brief."""

    kind = models.CharField(_("role"), max_length=30, choices=ROLES, unique=True)
    activities_en, activities_fr = pair(_("activities"), long=True)
    horizon_en, horizon_fr = pair(_("horizon"), 200, blank=True)
    most_holders = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, help_text=_("How many may hold it at once; empty means any number.")
    )
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("role definition")
        verbose_name_plural = _("role definitions")

    def __str__(self) -> str:
        return str(CapacityKind(self.kind).label)

    def chain(self) -> str:
        return "installation"


class RoleAssignment(ProductLink):
    """Somebody holds a role between two dates. Never deleted: ended. `member` narrows it to a product of the family."""

    kind = models.CharField(_("role"), max_length=30, choices=ROLES)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles", verbose_name=_("person"))
    member = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only for")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        ordering = ["kind", "starts_on"]
        constraints = [
            in_order("role_dates_in_order"),
            ExclusionConstraint(
                name="role_one_head_of_product",
                condition=Q(kind="head_of_product"),
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "There is exactly one Head of Product at a time. End the other assignment first."
                ),
            ),
            ExclusionConstraint(
                name="role_same_person_once",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        Coalesce("member_id", models.Value(UUID(int=0), output_field=models.UUIDField())),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This person holds this role in that time already."),
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(kind__in=["product_manager", "product_owner"]),
                name="role_member_only_for_pm_po",
                violation_error_message=_(
                    "Only a Product Manager or Product Owner may hold a role for one member of the family."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


class Position(Bilingual, ProductLink):
    """A position of the cross-organisational structure, with its home branch, filled or vacant."""

    number = models.CharField(_("position number"), max_length=30, blank=True)
    title_en, title_fr = pair(_("title"), 120)
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="positions", verbose_name=_("home branch")
    )
    reports_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("reports to")
    )
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("holder")
    )
    held_since = models.DateField(_("held since"), null=True, blank=True)
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)
    skills_en, skills_fr = pair(_("skills"), 300, blank=True)
    share_of_time = models.PositiveSmallIntegerField(
        _("share of time in %"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["starts_on", "id"]
        constraints = [
            in_order("position_dates_in_order"),
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | Q(vacant_since__isnull=True),
                name="position_held_or_vacant",
                violation_error_message=_("A position is held or vacant, not both."),
            ),
            models.CheckConstraint(
                condition=Q(share_of_time__range=(1, 100)),
                name="position_share_is_percent",
                violation_error_message=_("A share of time lies between 1 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("id")),
                name="position_reports_elsewhere",
                violation_error_message=_("A position cannot report to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GovernanceBody(Bilingual, ProductLink):
    """A committee, product group, working group or operations team that decides about the product."""

    kind = models.CharField(_("kind"), max_length=14, choices=BodyKind)
    name_en, name_fr = pair(_("name"), 120)
    terms_of_reference = models.CharField(
        _("terms of reference"), max_length=300, blank=True, help_text=_("An address or a document number.")
    )
    delegated_en, delegated_fr = pair(_("delegated decisions"), long=True, blank=True)
    reports_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("reports to")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("governance body")
        verbose_name_plural = _("governance bodies")
        ordering = ["kind", "name_en"]
        constraints = [in_order("body_dates_in_order")]

    def __str__(self) -> str:
        return self.name


class BodyMember(ProductLink):
    """Somebody on a body: by role or by name."""

    body = models.ForeignKey(GovernanceBody, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(_("role"), max_length=30, choices=ROLES, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    is_chair = models.BooleanField(_("chair"), default=False)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                condition=Q(role="", person__isnull=False) | (~Q(role="") & Q(person__isnull=True)),
                name="body_member_role_or_person",
                violation_error_message=_("Name a role or a person, not both."),
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(is_chair=True),
                name="body_one_chair",
                violation_error_message=_("A body has one chair."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else str(CapacityKind(self.role).label)


class CorporateFacing(Bilingual, ProductLink):
    """Which corporate body a role of the team faces."""

    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    name_en, name_fr = pair(_("corporate body"), 120)

    class Meta:
        verbose_name = _("corporate body faced")
        ordering = ["role", "name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "role", "name_en"],
                name="facing_once",
                violation_error_message=_("This is listed already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RequirementsRepository(Bilingual, ProductLink):
    """Where the team keeps its requirements."""

    name_en, name_fr = pair(_("name"), 120)
    address = models.CharField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("requirements repository")
        verbose_name_plural = _("requirements repositories")
        ordering = ["position", "name_en"]

    def __str__(self) -> str:
        return self.name
