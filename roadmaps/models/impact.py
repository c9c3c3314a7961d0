"""Release impact analyses: what a release did for the outcomes its milestones serve (domain.md §4).

One analysis per release is worked on as rows; each publishing freezes them as a numbered edition that never changes. A
correction opens the rows again and becomes a further edition with its reason.
"""

from typing import Any

from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from people.models import Department
from records.identity import new_id
from records.models import EvidenceFile, Governed
from roadmaps.models.release import Release
from roadmaps.models.roadmap import OfRoadmap, Outcome
from roadmaps.states import AnalysisState, Effect, FindingVerdict

# Where evidence may lie. It is never fetched, so that nobody makes this server ask a machine on their behalf.
HTTPS = URLValidator(schemes=["https"], message=_("Give a whole address that begins with https://"))


class AnalysisRule(Governed):
    """Days between a release and its impact analysis, for releases from a day on. A department's row wins over the
    installation's; a release keeps the rule of its own day."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    starts_on = models.DateField(_("for releases from"))
    days = models.PositiveSmallIntegerField(
        _("days until the impact analysis is due"), default=60, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("rule on impact analyses")
        verbose_name_plural = _("rules on impact analyses")
        ordering = ["department", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "starts_on"],
                nulls_distinct=False,
                name="analysis_rule_once_a_day",
                violation_error_message=_("There is a rule from this day on."),
            )
        ]

    def __str__(self) -> str:
        return str(_("%(days)d days, from %(day)s") % {"days": self.days, "day": self.starts_on})

    def chain(self) -> str:
        return f"department:{self.department_id}" if self.department_id else "installation"


class ImpactAnalysis(Bilingual, OfRoadmap):
    """The analysis of one release as the team works on it. `edits` counts every save, so that the version guards
    the findings as well."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="impact")
    analysed_on = models.DateField(_("analysis date"), null=True, blank=True)
    analysis_en, analysis_fr = pair(_("analysis"), long=True, blank=True)
    not_releasing_en, not_releasing_fr = pair(_("effect of not releasing"), long=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AnalysisState, default=AnalysisState.DRAFT, editable=False
    )
    correction_reason_en, correction_reason_fr = pair(_("reason for the correction"), long=True, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("release impact analysis")
        verbose_name_plural = _("release impact analyses")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AnalysisState.DRAFT)
                | (Q(analysed_on__isnull=False) & (~Q(analysis_en="") | ~Q(analysis_fr=""))),
                name="impact_published_says_when_and_what",
                violation_error_message=_("A published analysis says when it was made, and what it found."),
            )
        ]

    def __str__(self) -> str:
        return str(self.release)

    @property
    def is_draft(self) -> bool:
        return self.state == AnalysisState.DRAFT


class ImpactFinding(Bilingual, OfRoadmap):
    """What became of one outcome: expected, observed, how far it is met, whether that is good, and what shows it."""

    analysis = models.ForeignKey(ImpactAnalysis, on_delete=models.PROTECT, related_name="findings")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="findings")
    expected_en, expected_fr = pair(_("expected"), long=True, blank=True)
    observed_en, observed_fr = pair(_("observed"), long=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=FindingVerdict, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, blank=True)
    evidence_en, evidence_fr = pair(_("evidence"), long=True, blank=True)
    link = models.CharField(_("where the evidence is"), max_length=500, blank=True, validators=[HTTPS])
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["outcome__goal__letter", "outcome__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "outcome"],
                name="impact_finding_once",
                violation_error_message=_("This outcome has a finding in this analysis."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.verdict}"

    @property
    def slug(self) -> str:
        """The outcome's code as part of a field's name: A1."""
        return f"{self.outcome.goal.letter}{self.outcome.number}"

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence_en or self.evidence_fr or self.link or self.file_id)


class ImpactEdition(Bilingual, models.Model):
    """A published edition: canonical JSON with its schema number and hash. Append-only; from the second on with a reason."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    analysis = models.ForeignKey(ImpactAnalysis, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    schema = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason_en, reason_fr = pair(_("reason for the correction"), long=True, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by_id = models.CharField(max_length=64)
    published_by_name = models.CharField(_("published by"), max_length=200)

    class Meta:
        verbose_name = _("edition of an impact analysis")
        verbose_name_plural = _("editions of an impact analysis")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "number"],
                name="impact_edition_number_once",
                violation_error_message=_("Somebody published an edition just now."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & (~Q(reason_en="") | ~Q(reason_fr=""))),
                name="impact_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(release)s, edition %(number)d") % {"release": self.analysis, "number": self.number})

    def chain(self) -> str:
        return self.analysis.chain()

    @property
    def findings(self) -> list[dict[str, Any]]:
        return self.content["findings"]
