"""The form of a declared month: which month, its figures, where they come from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.forms.amounts import DurationPair, labelled
from metrics.reading.amounts import Unit
from people.editing import PairedForm

LEAD = DurationPair("lead_time", _("Lead time, median"), _("From commit to production."))
RESTORE = DurationPair("restore", _("Time to restore, median"), _("From start to resolution."), Unit.HOUR)
MOST = 1_000_000


def _count(label: Any, help_text: Any = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9})
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=0, max_value=MOST, widget=widget
    )


class DeclaredMonthForm(PairedForm):
    """What is not known stays empty; a median needs the number of values it is made of."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    deployment_count = _count(_("Deployments to production"), _("0 if there were none; empty if you do not know."))
    failed_deployment_count = _count(
        _("Deployments that failed"), _("Followed by an incident, a rollback or a hotfix.")
    )
    change_count = _count(_("Changes shipped (n)"))
    restored_incident_count = _count(_("Incidents resolved (n)"), _("Empty if you keep no incidents."))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where the figures come from, so that they can be found: a release log, a service desk report."),
    )

    def __init__(self, *args: Any, months: Sequence[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        LEAD.add_to(self)
        RESTORE.add_to(self)
        labelled(self)
        self.fields["month"].choices = [(f"{month:%Y-%m-%d}", words) for month, words in months]

    def _parts(self) -> list[Any]:
        return [
            "month",
            Div("deployment_count", "failed_deployment_count", css_class="pair"),
            Div("change_count", Div("lead_time", "lead_time_unit", css_class="row duration"), css_class="pair"),
            Div("restored_incident_count", Div("restore", "restore_unit", css_class="row duration"), css_class="pair"),
            "source",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for pair, count in ((LEAD, "change_count"), (RESTORE, "restored_incident_count")):
            pair.check(self)
            if cleaned.get(pair.name) is not None and not cleaned.get(count) and count not in self.errors:
                self.add_error(count, _("Say of how many this is the median."))
        made, failed = cleaned.get("deployment_count"), cleaned.get("failed_deployment_count")
        if made is not None and failed is not None and failed > made:
            self.add_error("failed_deployment_count", _("No more deployments can have failed than were made."))
        return cleaned

    @property
    def figures(self) -> dict[str, Any]:
        """Counts and medians as they are stored."""
        names = ("deployment_count", "failed_deployment_count", "change_count", "restored_incident_count")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "lead_time_p50_seconds": LEAD.seconds(self.cleaned_data),
            "time_to_restore_p50_seconds": RESTORE.seconds(self.cleaned_data),
        }
