"""A product and its place: family, branch, portfolio, what it enables and depends on (domain.md §2)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models import Branch, Department, Person
from people.permissions import standing
from products.models.landscape import Application, AutonomyLevel, BusinessCapability, Portfolio, Service
from products.states import Level, Orientation, Phase, StatusState, WayOfWorking
from records.models import Governed, GovernedQuerySet, Mandate

CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{1,29}$", _("Use 2 to 30 capitals, digits and hyphens, for example JSA or PAY-2.")
)


class ProductQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "ProductQuerySet":
        """Products of the departments this person reads, and of the teams this person is on."""
        mine = standing(person)
        if mine.sees_everything:
            return self
        return self.filter(
            Q(department_id__in=mine.departments)
            | Q(head_id__in=mine.keys("product"))
            | Q(sponsoring_branch_id__in=mine.keys("branch"))
            | Q(portfolio_id__in=mine.keys("portfolio"))
        )

    def heads(self) -> "ProductQuerySet":
        """Heads of families: the products that own a brief, a roadmap, an MOU, gates and status."""
        return self.filter(parent__isnull=True)


class Product(Bilingual, Governed):
    """A digital product. A product without parent heads its family."""

    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        validators=[CODE],
        error_messages={"unique": _("Another product has this code.")},
    )
    name_en, name_fr = pair(_("name"), 120)
    summary_en, summary_fr = pair(_("purpose"), 400, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.CIO)
    orientation = models.CharField(_("orientation"), max_length=8, choices=Orientation, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="products", verbose_name=_("department")
    )
    sponsoring_branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="sponsored_products", verbose_name=_("sponsoring branch")
    )
    portfolio = models.ForeignKey(
        Portfolio, on_delete=models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("portfolio")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("part of")
    )
    head = models.ForeignKey("self", on_delete=models.PROTECT, related_name="family", editable=False)
    customers_en, customers_fr = pair(_("customers"), 300, blank=True)
    support_process_en, support_process_fr = pair(_("support process"), long=True, blank=True)
    support_contact = models.CharField(_("first contact"), max_length=200, blank=True)
    way_of_working = models.CharField(
        _("way of working"), max_length=12, choices=WayOfWorking, default=WayOfWorking.AGILE
    )
    autonomy_level = models.ForeignKey(
        AutonomyLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("autonomy level"),
    )
    phase = models.CharField(_("phase"), max_length=12, choices=Phase, default=Phase.STRATEGY, editable=False)
    phase_since = models.DateField(null=True, editable=False)
    phase_mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    paper_mou_location = models.CharField(_("location of the paper MOU"), max_length=300, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["code"]
        indexes = [models.Index(fields=["department", "phase"], name="product_by_phase")]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, head=models.F("id"))
                | (Q(parent__isnull=False) & ~Q(head=models.F("id"))),
                name="product_head_without_parent",
                violation_error_message=_("A product heads its family exactly when it is part of no other."),
            ),
            models.CheckConstraint(
                condition=Q(phase=Phase.STRATEGY) | Q(phase_mandate__isnull=False),
                name="product_phase_by_mandate",
                violation_error_message=_("The phase moves only by a decision."),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.DEPARTMENTAL, orientation="") | (Q(level=Level.CIO) & ~Q(orientation="")),
                name="product_cio_has_orientation",
                violation_error_message=_("A CIO product is internal or external; a departmental one is neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"product:{self.pk}"

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        self.head_id = self.parent.head_id if self.parent_id else self.pk
        # A new head points at itself before it exists; the database checks the key when the row is written.
        super().full_clean(exclude={*(exclude or ()), "head"}, **kwargs)

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.sponsoring_branch_id and self.sponsoring_branch.department_id != self.department_id:
            errors["sponsoring_branch"] = _("This branch belongs to another department.")
        if self.portfolio_id and self.portfolio.department_id != self.department_id:
            errors["portfolio"] = _("This portfolio belongs to another department.")
        if self.parent_id and (self.parent_id == self.pk or self.parent.head_id == self.pk):
            errors["parent"] = _("A product cannot be part of itself or of its own family.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_head(self) -> bool:
        return self.parent_id is None

    @property
    def family_phase(self) -> str:
        """The phase in words. A family passes its gates as one, so a member stands where its head does."""
        return self.head.get_phase_display()

    @property
    def is_closed(self) -> bool:
        return self.phase in (Phase.REJECTED, Phase.PHASED_OUT)

    def scopes(self) -> dict[str, Any]:
        """The scopes in which capacities over this product are held."""
        return {
            "product": self.head_id,
            "branch": self.sponsoring_branch_id,
            "portfolio": self.portfolio_id,
            "department": self.department_id,
        }


class ProductLink(Governed):
    """A row that belongs to one product."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def chain(self) -> str:
        return f"product:{self.product_id}"


class ServiceEnabled(ProductLink):
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="enabled_by", verbose_name=_("service"))

    class Meta:
        verbose_name = _("service enabled")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "service"],
                name="service_enabled_once",
                violation_error_message=_("This service is listed already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.service)


class CapabilityImproved(ProductLink):
    capability = models.ForeignKey(
        BusinessCapability, on_delete=models.PROTECT, related_name="improved_by", verbose_name=_("business capability")
    )

    class Meta:
        verbose_name = _("capability improved")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "capability"],
                name="capability_improved_once",
                violation_error_message=_("This capability is listed already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.capability)


class ApplicationManaged(ProductLink):
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="managed_by", verbose_name=_("application")
    )

    class Meta:
        verbose_name = _("application managed")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "application"],
                name="application_managed_once",
                violation_error_message=_("This application is listed already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.application)


class ProductDependency(ProductLink):
    """`product` depends on `needs`; read the other way it is used by."""

    needs = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="used_by", verbose_name=_("depends on"))
    for_what_en, for_what_fr = pair(_("for what"), 200, blank=True)

    class Meta:
        verbose_name = _("dependency")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "needs"],
                name="dependency_once",
                violation_error_message=_("This dependency is listed already."),
            ),
            models.CheckConstraint(
                condition=~Q(product=models.F("needs")),
                name="dependency_on_another",
                violation_error_message=_("A product cannot depend on itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.needs}"


class ValueStreamStage(Bilingual, ProductLink):
    """A step in delivering a departmental product."""

    position = models.PositiveSmallIntegerField(_("order"))
    name_en, name_fr = pair(_("name"), 120)

    class Meta:
        verbose_name = _("value-stream stage")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "position"],
                name="stage_position_once",
                violation_error_message=_("Two stages cannot stand in the same place."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class StageUse(ProductLink):
    """A stage of a departmental product uses a CIO product."""

    stage = models.ForeignKey(ValueStreamStage, on_delete=models.PROTECT, related_name="uses")
    used = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="used_in_stages", verbose_name=_("CIO product")
    )

    class Meta:
        verbose_name = _("product used in a stage")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "used"],
                name="stage_use_once",
                violation_error_message=_("This product is listed for this stage already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.used}"


class StatusQuerySet(GovernedQuerySet):
    def foremost(self) -> "StatusQuerySet":
        """What counts first: status in force, even while its renewal is asked for; else the latest row."""
        in_force = models.Case(models.When(state=StatusState.GRANTED, then=0), default=1)
        return self.order_by(in_force, "-created_at")

    def under_way(self) -> "StatusQuerySet":
        """Requests without an end yet."""
        return self.filter(state__in=StatusState.asking())


class ProductStatus(ProductLink):
    """Product status: blanket approval and funds over a horizon. Granted and taken back only by mandate."""

    state = models.CharField(_("status"), max_length=10, choices=StatusState)
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    requested_by_id = models.CharField(max_length=64, blank=True, editable=False)
    requested_by_name = models.CharField(_("requested by"), max_length=200, blank=True, editable=False)
    requested_for_name = models.CharField(_("in the name of"), max_length=200, blank=True, editable=False)
    business_case_year = models.PositiveSmallIntegerField(
        _("roadmap year that is the business case"), null=True, blank=True
    )
    asked_until = models.DateField(_("asked for until"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    expires_on = models.DateField(_("lasts until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    exit_reason = models.TextField(_("reason of the exit"), blank=True)
    funds_released = models.DecimalField(
        _("funds released"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    kept = models.TextField(_("what is kept"), blank=True)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    exit_mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("product status")
        verbose_name_plural = _("product statuses")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[StatusState.REQUESTED, StatusState.REFUSED])
                | Q(state=StatusState.APPROVED, mandate__isnull=False, approved_on__isnull=False)
                | Q(
                    state__in=StatusState.had(),
                    mandate__isnull=False,
                    granted_on__isnull=False,
                    expires_on__isnull=False,
                ),
                name="status_granted_by_mandate",
                violation_error_message=_("Product status is granted only by a decision, with its dates."),
            ),
            models.CheckConstraint(
                condition=~Q(state=StatusState.WITHDRAWN)
                | (Q(exit_mandate__isnull=False, ended_on__isnull=False) & ~Q(exit_reason="")),
                name="status_withdrawn_by_mandate",
                violation_error_message=_("Product status is taken back only by a decision, with its reason."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("granted_on")),
                name="status_dates_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state=StatusState.GRANTED),
                name="status_one_live",
                violation_error_message=_("This product has a status already."),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state__in=StatusState.asking()),
                name="status_one_request",
                violation_error_message=_("Product status is requested already."),
            ),
        ]

    def __str__(self) -> str:
        return str(StatusState(self.state).label)

    @property
    def is_asking(self) -> bool:
        return self.state in StatusState.asking()
