"""Which deployment an incident is laid to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Deployment, Incident
from people.editing import PairedForm

SOURCE, NONE = "source", "none"


class IncidentLinkForm(PairedForm):
    """A deployment before the incident, none, or what the source says."""

    deployment = forms.ChoiceField(label=_("Laid to"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Stands in the history beside the change."))

    def __init__(self, *args: Any, incident: Incident, near: Sequence[tuple[Deployment, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = {str(each.pk): each for each, _words in near}
        self.fields["deployment"].choices = [
            *((str(each.pk), words) for each, words in near),
            (NONE, _("No deployment: nothing that was shipped caused it")),
            (SOURCE, _("Leave it to the source, or to the last deployment before it")),
        ]
        chosen = str(incident.team_deployment_id) if incident.team_deployment_id else NONE
        self.initial.setdefault("deployment", chosen if incident.linked_by_team else SOURCE)

    @property
    def chosen(self) -> Deployment | str:
        """The deployment, or SOURCE or NONE."""
        value = self.cleaned_data["deployment"]
        return self.near.get(value, value)
