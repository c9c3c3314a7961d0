"""What surrounds products: portfolios, programs and services, capabilities, applications, standards, funds (domain.md §1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models import Department, Person
from people.permissions import standing
from products.states import ApplicationLifecycle, Rating, ServiceSource, StandardState
from records.models import Governed, GovernedQuerySet


class LandscapeQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "LandscapeQuerySet":
        """Entries of the departments whose published records this person reads."""
        mine = standing(person)
        return self if mine.sees_everything else self.filter(department_id__in=mine.departments)

    def named(self) -> "LandscapeQuerySet":
        """With what a list shows beside the name."""
        return self.select_related("department")


class OfDepartment(Bilingual, Governed):
    """An entry of reference data that one department keeps under a code."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    code = models.CharField(_("code"), max_length=40)
    name_en, name_fr = pair(_("name"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects = LandscapeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["department", "code"]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"department:{self.department_id}"


def once(model: str) -> models.UniqueConstraint:
    """A code is given once in a department."""
    return models.UniqueConstraint(
        fields=["department", "code"],
        name=f"{model}_code_once",
        violation_error_message=_("This department uses this code already."),
    )


class Portfolio(OfDepartment):
    """A named set of products with a portfolio manager, objectives and a one-page strategy."""

    objectives_en, objectives_fr = pair(_("objectives"), long=True, blank=True)
    strategy_en, strategy_fr = pair(_("strategy"), long=True, blank=True)

    class Meta(OfDepartment.Meta):
        verbose_name = _("portfolio")
        verbose_name_plural = _("portfolios")
        constraints = [once("portfolio")]


class Program(OfDepartment):
    """An activity of the department with the outcomes it is measured by. The code is its activity code."""

    target_outcomes_en, target_outcomes_fr = pair(_("target outcomes"), long=True, blank=True)
    result_indicators_en, result_indicators_fr = pair(_("result indicators"), long=True, blank=True)

    class Meta(OfDepartment.Meta):
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [once("program")]


class Service(OfDepartment):
    """What a program delivers; products enable it."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="services", verbose_name=_("program"))
    source = models.CharField(
        _("source of the statement"), max_length=20, choices=ServiceSource, default=ServiceSource.PROGRAM_INVENTORY
    )
    source_reference = models.CharField(_("reference"), max_length=300, blank=True)

    class Meta(OfDepartment.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [once("service")]


class BusinessCapability(OfDepartment):
    """A node of the business capability model."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta(OfDepartment.Meta):
        verbose_name = _("business capability")
        verbose_name_plural = _("business capabilities")
        constraints = [once("capability")]


class Application(OfDepartment):
    """An entry of the application inventory. The code is its inventory id."""

    lifecycle = models.CharField(
        _("lifecycle"), max_length=12, choices=ApplicationLifecycle, default=ApplicationLifecycle.CURRENT
    )
    lifecycle_until = models.DateField(_("until"), null=True, blank=True)
    condition = models.CharField(_("condition"), max_length=8, choices=Rating, default=Rating.UNKNOWN)
    business_value = models.CharField(_("business value"), max_length=8, choices=Rating, default=Rating.UNKNOWN)
    is_off_the_shelf = models.BooleanField(_("off the shelf"), default=False)

    class Meta(OfDepartment.Meta):
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [once("application")]


class TechnologyStandard(OfDepartment):
    """A technology the department accepts, contains or retires."""

    state = models.CharField(_("state"), max_length=12, choices=StandardState, default=StandardState.CURRENT)
    state_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(OfDepartment.Meta):
        verbose_name = _("technology standard")
        verbose_name_plural = _("technology standards")
        constraints = [once("standard")]


class FundingSource(OfDepartment):
    """Where money comes from: a branch's budget, a project, a program's renewal."""

    class Meta(OfDepartment.Meta):
        verbose_name = _("source of funds")
        verbose_name_plural = _("sources of funds")
        constraints = [once("funding_source")]


class AutonomyLevel(OfDepartment):
    """What a team decides alone and what needs a board."""

    alone_en, alone_fr = pair(_("decided by the team"), long=True, blank=True)
    board_en, board_fr = pair(_("needs a board"), long=True, blank=True)
    # What the words say of the gate of an outcome, as the software can hold a team to it: a box not ticked needs a board.
    team_may_continue = models.BooleanField(_("the team alone lets an outcome continue"), default=False)
    team_may_adjust = models.BooleanField(_("the team alone adjusts an outcome"), default=False)
    team_may_stop = models.BooleanField(_("the team alone stops an outcome"), default=False)

    class Meta(OfDepartment.Meta):
        verbose_name = _("autonomy level")
        verbose_name_plural = _("autonomy levels")
        constraints = [once("autonomy_level")]
