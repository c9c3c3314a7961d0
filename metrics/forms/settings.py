"""How deliveries of a product are measured, and what the team aims at."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.forms.amounts import DurationPair, NumberField, as_typed, labelled
from metrics.models import DeliverySettings
from metrics.models.policy import known_timezones
from metrics.reading.amounts import Unit
from metrics.states import Metric
from people.editing import RecordForm

DAY = int(Unit.DAY)
LEAD = DurationPair("lead_target", _("Lead time, at most"))
RESTORE = DurationPair("restore_target", _("Time to restore, at most"), unit=Unit.HOUR)


class SettingsForm(RecordForm):
    """The settings and the four targets; an empty target aims at nothing."""

    asks_why = True
    window_days = forms.IntegerField(
        label=_("Attribution window, days"),
        required=False,
        min_value=1,
        max_value=3_650,
        help_text=_(
            "An incident that names no deployment is laid to the last one before it, if it is not older than this. "
            "Empty: however old."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    deployments_target = forms.IntegerField(
        label=_("Deployments a month, at least"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    failure_target = NumberField(label=_("Change failure rate, at most, in percent"), required=False, max_value=100)

    class Meta:
        model = DeliverySettings
        fields = ["key", "timezone", "has_incident_feed", "restates_alone_for"]
        widgets = {
            "timezone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
            "restates_alone_for": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {"key": _("The product’s name in delivery events; by default its code.")}

    def __init__(self, *args: Any, targets: dict[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        window = self.instance.attribution_window
        self.initial |= {
            "window_days": None if window is None else max(1, window // DAY),
            "deployments_target": _whole(targets.get(Metric.DEPLOYMENT_FREQUENCY)),
            "failure_target": _percent(targets.get(Metric.CHANGE_FAILURE)),
        }
        LEAD.add_to(self, targets.get(Metric.LEAD_TIME))
        RESTORE.add_to(self, targets.get(Metric.TIME_TO_RESTORE))
        labelled(self)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _parts(self) -> list[Any]:
        return [
            "version",
            "key",
            "timezone",
            "has_incident_feed",
            "window_days",
            "restates_alone_for",
            Div("deployments_target", "failure_target", css_class="pair"),
            Div(
                Div("lead_target", "lead_target_unit", css_class="row duration"),
                Div("restore_target", "restore_target_unit", css_class="row duration"),
                css_class="pair",
            ),
            "reason",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        LEAD.check(self)
        RESTORE.check(self)
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        """The settings as they are stored. A window that was typed in days keeps its seconds when the days are the same."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if "window_days" in self.changed_data:
            days = self.cleaned_data["window_days"]
            told["attribution_window"] = None if days is None else days * DAY
        return told

    @property
    def targets(self) -> dict[Metric, Decimal | None]:
        """The targets in the units of their measures."""
        share = self.cleaned_data["failure_target"]
        count = self.cleaned_data["deployments_target"]
        return {
            Metric.DEPLOYMENT_FREQUENCY: None if count is None else Decimal(count),
            Metric.LEAD_TIME: LEAD.seconds(self.cleaned_data),
            Metric.CHANGE_FAILURE: None if share is None else Decimal(share) / 100,
            Metric.TIME_TO_RESTORE: RESTORE.seconds(self.cleaned_data),
        }


def zones() -> list[str]:
    """The time zones to suggest: those of Canada first in their region, then all places."""
    return sorted(name for name in known_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else as_typed(value * 100)
