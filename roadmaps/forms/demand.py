"""Forms about what others ask: demand, projects, expectations, feedback; and the filters of their lists."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.bilingual import reader
from people.editing import PairedForm, RecordForm
from products.models import FundingSource
from records import clock
from roadmaps.forms.fields import MilestoneChoice, MonthField, OutcomeChoice
from roadmaps.models import (
    Demand,
    Feedback,
    Milestone,
    Outcome,
    ParallelProject,
    ProjectExpectation,
    Release,
    Roadmap,
)
from roadmaps.states import DemandOrigin, DemandState, MilestoneState, OutcomeState, ProjectKind, ReleaseState

OPEN = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)


def open_milestones(roadmap: Roadmap) -> Any:
    """The milestones that can still answer something."""
    return Milestone.objects.filter(roadmap=roadmap, state__in=OPEN).in_order()


def projects_beside(roadmap: Roadmap) -> Any:
    return ParallelProject.objects.filter(department=roadmap.product.department_id, is_active=True)


class DemandForm(RecordForm):
    class Meta:
        model = Demand
        fields = ["title_en", "title_fr", "detail", "origin", "project", "asked_by", "asked_on", "wanted_by"]
        widgets = {"detail": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "project": _("Needed when a project or programme asks."),
            "asked_by": _("The person who asks, such as the project's manager."),
        }

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.roadmap = roadmap
        self.fields["project"].queryset = projects_beside(roadmap)


class VersionedForm(PairedForm):
    """A decision about a record the person saw in one version."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AcceptDemandForm(VersionedForm):
    outcome = OutcomeChoice(label=_("belongs to outcome"), queryset=Outcome.objects.none())

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = (OutcomeState.PLANNED, OutcomeState.IN_DELIVERY)
        rows = Outcome.objects.filter(roadmap=roadmap, state__in=still).select_related("goal")
        self.fields["outcome"].queryset = rows


class ScheduleDemandForm(VersionedForm):
    milestone = MilestoneChoice(label=_("scheduled as"), queryset=Milestone.objects.none())

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = open_milestones(roadmap)


class WhyForm(VersionedForm):
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ProjectForm(RecordForm):
    class Meta:
        model = ParallelProject
        fields = ["code", "name_en", "name_fr", "kind", "sponsor", "manager", "funds", "ends_on"]

    def __init__(self, *args: Any, department: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.department_id = department
        self.fields["funds"].queryset = FundingSource.objects.filter(department=department)


class ExpectationForm(RecordForm):
    expected_month = MonthField(label=_("expected in"))
    milestone = MilestoneChoice(label=_("answered by"), queryset=Milestone.objects.none(), required=False)

    class Meta:
        model = ProjectExpectation
        fields = ["project", "what_en", "what_fr", "expected_month", "milestone"]

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.roadmap = roadmap
        self.fields["project"].queryset = projects_beside(roadmap)
        self.fields["milestone"].queryset = Milestone.objects.filter(roadmap=roadmap).exclude(
            state=MilestoneState.CANCELLED
        )


class FeedbackForm(RecordForm):
    class Meta:
        model = Feedback
        fields = ["text", "language", "source", "heard_on", "release"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"text": _("In the words of the user."), "source": _("Interview, survey, help line, comment…")}

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = Release.objects.filter(roadmap=roadmap, state=ReleaseState.RELEASED)
        release = self.fields["release"]
        release.queryset = made.select_related("product").order_by("-released_on")
        release.label_from_instance = lambda each: release_words(each, roadmap)
        if not self.instance.language:
            self.initial["language"] = reader()


def release_words(release: Release, roadmap: Roadmap) -> str:
    """Number and day, and the member of the family: members number their releases alike."""
    member = f", {release.product.name}" if release.product_id != roadmap.product_id else ""
    return f"{release.number}, {release.released_on}{member}"


class ActionFeedbackForm(VersionedForm):
    milestone = MilestoneChoice(label=_("actioned by"), queryset=Milestone.objects.none())

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = open_milestones(roadmap)


class DemandFilters(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=DemandState.choices, empty_label=_("All"))
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=DemandOrigin.choices, empty_label=_("All"))
    # A box for the code: a picker of every product of every department would be longer than the list.
    product = django_filters.CharFilter(
        label=_("Product code"), field_name="roadmap__product__code", lookup_expr="iexact", max_length=30
    )

    class Meta:
        model = Demand
        fields: tuple[str, ...] = ()


class ProjectFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ProjectKind.choices, empty_label=_("All"))

    class Meta:
        model = ParallelProject
        fields: tuple[str, ...] = ()


class ReleaseFilters(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=ReleaseState.choices, empty_label=_("All"))
    analysis = django_filters.ChoiceFilter(
        label=_("Impact analysis"),
        method="by_analysis",
        choices=[
            ("owed", pgettext_lazy("impact analysis", "owed")),
            ("overdue", pgettext_lazy("impact analysis", "overdue")),
            ("published", pgettext_lazy("impact analysis", "published")),
        ],
        empty_label=_("All"),
    )

    def by_analysis(self, rows: Any, name: str, value: str) -> QuerySet:
        """Rows that carry `with_analysis`."""
        if value == "published":
            return rows.filter(is_analysed=True)
        owed = rows.filter(analysis_due_on__isnull=False, is_analysed=False)
        return owed.filter(analysis_due_on__lt=clock.today()) if value == "overdue" else owed

    class Meta:
        model = Release
        fields: tuple[str, ...] = ()
