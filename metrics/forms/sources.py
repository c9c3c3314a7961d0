"""Forms about delivery sources: connecting, changing, saying what names mean, replacing the secret."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import django_filters
from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.actions.sources import Meaning
from metrics.models import DeliveryLogEntry, DeliverySource, EnvironmentMapping, WorkflowMapping
from metrics.states import Environment, LogOutcome, SourceKind
from people.editing import PairedForm, ReasonForm, RecordForm

VENDOR = ("repository", "default_branch", "incident_label")
# What is asked of each kind; what a kind does not know is not asked.
ASKED: dict[str, tuple[str, ...]] = {
    SourceKind.GITHUB: (*VENDOR, "reports_incidents", "counts_releases"),
    SourceKind.GITLAB: (*VENDOR, "reports_incidents"),
    SourceKind.GENERIC: ("reports_incidents",),
    SourceKind.CDEVENTS: ("repository", "reports_incidents"),
}
SPARE = 3
OVERLAPS = {
    "24": (timedelta(hours=24), gettext_lazy("The old one stays valid for a day")),
    "1": (timedelta(hours=1), gettext_lazy("The old one stays valid for an hour")),
    "168": (timedelta(days=7), gettext_lazy("The old one stays valid for a week")),
    "0": (timedelta(0), gettext_lazy("The old one ends now: it may have become known")),
}


class SourceForm(RecordForm):
    """What is known of a source after it was connected."""

    class Meta:
        model = DeliverySource
        fields = ["name", *VENDOR, "reports_incidents", "counts_releases"]
        help_texts = {
            "name": gettext_lazy("Stands beside its deployments and incidents, and does not change later."),
            "incident_label": gettext_lazy("An issue with this label is an incident."),
            "reports_incidents": gettext_lazy("From then on a month without incidents means that there were none."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = () if self.instance.version else ("name",)
        wanted = {"version", "reason", *named, *ASKED[self.instance.kind]}
        for name in set(self.fields) - wanted:
            del self.fields[name]


class ChangeSourceForm(SourceForm):
    asks_why = True


class RotateForm(PairedForm):
    """For how long the old secret is accepted beside the new one."""

    overlap = forms.ChoiceField(
        label=gettext_lazy("The secret in force"),
        choices=[(key, words) for key, (_span, words) in OVERLAPS.items()],
        widget=forms.RadioSelect,
        initial="24",
    )

    @property
    def span(self) -> timedelta:
        return OVERLAPS[self.cleaned_data["overlap"]][0]


class RetireForm(ReasonForm):
    """Carries the version the person saw: whoever presses “Retire it” a moment later must not take it up again."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NamesForm(PairedForm):
    """What the source's names mean: a row for each that is mapped, and a few empty ones. An emptied name goes away."""

    def __init__(self, *args: Any, source: DeliverySource, seen: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, list[str]] = {"env": [], "run": []}
        self._add_rows("env", source.environments.order_by("name"), list(seen)[:SPARE])
        if source.kind == SourceKind.GITHUB:
            self._add_rows("run", source.workflows.order_by("name"), [])

    def _add_rows(self, kind: str, kept: Iterable[EnvironmentMapping | WorkflowMapping], seen: list[str]) -> None:
        for row in kept:
            self._add_row(kind, row.pk.hex, row.name, row.environment)
            # The version the person saw travels with the row it belongs to.
            self.fields[f"{kind}_{row.pk.hex}_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=row.version, min_value=0
            )
        for number in range(SPARE):
            self._add_row(kind, str(number), seen[number] if number < len(seen) else "", "")

    def _add_row(self, kind: str, key: str, name: str, environment: str) -> None:
        longest = 100 if kind == "env" else 200
        label = _("Name of the environment") if kind == "env" else _("Name of the workflow")
        self.fields[f"{kind}_{key}_name"] = forms.CharField(
            label=label, required=False, max_length=longest, initial=name
        )
        self.fields[f"{kind}_{key}_is"] = forms.ChoiceField(
            label=_("Means"), required=False, choices=[("", "–"), *Environment.choices], initial=environment
        )
        self.rows[kind].append(key)

    def _parts(self) -> list[Any]:
        titles = {"env": _("Environments"), "run": _("Workflows that deploy")}
        return [self._part(kind, titles[kind]) for kind in self.rows if self.rows[kind]]

    def _part(self, kind: str, title: str) -> Fieldset:
        lines = []
        for key in self.rows[kind]:
            hidden = [f"{kind}_{key}_version"] if f"{kind}_{key}_version" in self.fields else []
            lines.append(Div(f"{kind}_{key}_name", f"{kind}_{key}_is", *hidden, css_class="pair"))
        return Fieldset("", HTML(f"<legend>{escape(title)}</legend>"), *lines, css_class="names")

    def clean(self) -> dict[str, Any]:
        for kind, keys in self.rows.items():
            names = [self._typed(kind, key, "name") for key in keys]
            for key, name in zip(keys, names, strict=True):
                if name and not self._typed(kind, key, "is") and self._needs_meaning(kind, key):
                    self.add_error(f"{kind}_{key}_is", _("Say which of our environments this is."))
                if name and names.count(name) > 1:
                    self.add_error(f"{kind}_{key}_name", _("This name stands here twice."))
        return self.cleaned_data

    def _typed(self, kind: str, key: str, what: str) -> str:
        return self.cleaned_data.get(f"{kind}_{key}_{what}") or ""

    def _needs_meaning(self, kind: str, key: str) -> bool:
        """A name that was only offered, because it was seen in deliveries, may be left as it is."""
        is_kept = f"{kind}_{key}_version" in self.fields
        return is_kept or self._typed(kind, key, "name") != self.fields[f"{kind}_{key}_name"].initial

    def meanings(self, kind: str) -> list[Meaning]:
        """The rows as the act takes them."""
        found = []
        for key in self.rows[kind]:
            name, environment = self._typed(kind, key, "name"), self._typed(kind, key, "is")
            version = self.cleaned_data.get(f"{kind}_{key}_version")
            if version is not None:
                found.append(Meaning(name, environment, UUID(hex=key), version))
            elif name and environment:
                found.append(Meaning(name, environment))
        return found


class LogFilters(django_filters.FilterSet):
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("What became of it"), choices=LogOutcome.choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = DeliveryLogEntry
        fields: tuple[str, ...] = ()
