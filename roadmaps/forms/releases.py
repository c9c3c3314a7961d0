"""Forms about releases: the plan, and the record of what went to production."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.editing import RecordForm
from products.models import Product
from roadmaps.forms.fields import MilestonesChoice
from roadmaps.models import Milestone, Release, Roadmap
from roadmaps.states import MilestoneState


class ReleaseForm(RecordForm):
    milestones = MilestonesChoice(label=_("milestones it brings"), queryset=Milestone.objects.none(), required=False)

    class Meta:
        model = Release
        fields = ["product", "number", "goal_en", "goal_fr", "scope", "planned_on"]
        widgets = {"scope": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.roadmap = roadmap
        self.fields["product"].queryset = Product.objects.filter(head_id=roadmap.product_id)
        if self.initial.get("product") is None:
            self.initial["product"] = roadmap.product_id
        free = Q(arrives_in__isnull=True) & ~Q(state=MilestoneState.CANCELLED)
        if self.instance.version:
            free |= Q(arrives_in__release=self.instance)
            brought = Milestone.objects.filter(arrives_in__release=self.instance)
            self.initial.setdefault("milestones", [each.pk for each in brought])
        self.fields["milestones"].queryset = Milestone.objects.filter(free, roadmap=roadmap).in_order()


class MakeReleaseForm(RecordForm):
    """Number and date in production, and the change record."""

    released_on = forms.DateField(label=_("in production on"))

    class Meta:
        model = Release
        fields = ["number", "change_kind", "change_impact", "authorisation", "who_was_told"]
        widgets = {"change_impact": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "authorisation": _("Who authorised the change, with the number of the record."),
            "who_was_told": _("Users, branches or teams that heard of it beforehand."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorisation"].required = True
        self.order_fields(["number", "released_on", "change_kind", "change_impact", "authorisation", "who_was_told"])


class CorrectReleaseForm(MakeReleaseForm):
    """The same record, and why it was wrong."""

    asks_why = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
