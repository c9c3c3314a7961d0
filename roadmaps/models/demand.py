"""What others ask of the product: demand, parallel projects, feedback (domain.md §4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models import Department
from products.models import FundingSource
from records.models import Governed
from roadmaps.models.milestone import Milestone
from roadmaps.models.release import Release
from roadmaps.models.roadmap import OfRoadmap, Outcome
from roadmaps.states import DemandOrigin, DemandState, ProjectKind


class ParallelProject(Bilingual, Governed):
    """A project or programme beside the products. The roadmap is reality; the project adjusts to it."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    code = models.CharField(_("code"), max_length=40)
    name_en, name_fr = pair(_("name"), 120)
    kind = models.CharField(_("kind"), max_length=10, choices=ProjectKind)
    sponsor = models.CharField(_("sponsor"), max_length=200)
    manager = models.CharField(_("project manager"), max_length=200)
    funds = models.ForeignKey(
        FundingSource,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("source of funds"),
    )
    ends_on = models.DateField(_("expected end"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("parallel project")
        verbose_name_plural = _("parallel projects")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "code"],
                name="project_code_once",
                violation_error_message=_("This department uses this code already."),
            ),
            models.UniqueConstraint(
                fields=["funds"],
                name="project_funds_of_one_project",
                violation_error_message=_("This source of funds belongs to another project."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> str:
        return f"department:{self.department_id}"


class ProjectExpectation(Bilingual, OfRoadmap):
    """What a project expects of this roadmap and by which month; compared with the milestone that answers it."""

    project = models.ForeignKey(
        ParallelProject, on_delete=models.PROTECT, related_name="expectations", verbose_name=_("project")
    )
    what_en, what_fr = pair(_("what it expects"), 120)
    expected_month = models.DateField(_("expected in"))
    confirmed_on = models.DateField(_("last confirmed on"))
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="expectations",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("expectation of a project")
        verbose_name_plural = _("expectations of projects")
        ordering = ["expected_month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_month__day=1),
                name="expectation_month_is_a_first",
                violation_error_message=_("Months are given by their first day."),
            )
        ]

    def __str__(self) -> str:
        return self.what


class Demand(Bilingual, OfRoadmap):
    """A request to the product: proposed, accepted, declined with a reason, scheduled by a milestone."""

    title_en, title_fr = pair(_("what is asked"), 120)
    detail = models.TextField(_("detail"), blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=DemandOrigin)
    project = models.ForeignKey(
        ParallelProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="demands",
        verbose_name=_("project"),
    )
    asked_by = models.CharField(_("asked by"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DemandState, default=DemandState.PROPOSED, editable=False
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    decline_reason = models.TextField(_("reason for declining"), blank=True, editable=False)
    outcome = models.ForeignKey(
        Outcome,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="demands",
        verbose_name=_("belongs to outcome"),
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="demands",
        verbose_name=_("scheduled as"),
    )

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demand")
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DemandState.PROPOSED, decided_on__isnull=True)
                | (~Q(state=DemandState.PROPOSED) & Q(decided_on__isnull=False)),
                name="demand_decided_says_when",
                violation_error_message=_("A decided request says when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.DECLINED) | ~Q(decline_reason=""),
                name="demand_declined_says_why",
                violation_error_message=_("Declining needs a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.SCHEDULED) | Q(milestone__isnull=False),
                name="demand_scheduled_names_milestone",
                violation_error_message=_("A scheduled request names its milestone."),
            ),
            models.CheckConstraint(
                condition=~Q(origin__in=["project", "programme"]) | Q(project__isnull=False),
                name="demand_names_project",
                violation_error_message=_("Name the project or programme that asks."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Feedback(OfRoadmap):
    """What users say about the product, kept, and actioned by a milestone."""

    text = models.TextField(_("what was said"))
    language = models.CharField(_("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))])
    source = models.CharField(_("source"), max_length=200)
    heard_on = models.DateField(_("heard on"))
    release = models.ForeignKey(
        Release,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("about release"),
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("actioned by"),
    )

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-heard_on"]

    def __str__(self) -> str:
        return self.text[:60]
