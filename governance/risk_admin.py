"""The risk grid as a table of 25 choices, the words of the levels and the rules of the bands, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.actions import risk_rules as acts
from governance.models import BandRule, RiskGrid, RiskLevel
from governance.models.risk_rules import ACCEPTERS, SIDE
from governance.risk_states import Band, Impact, Likelihood
from governance.risks.bands import grid_on
from people.reference_admin import AuditedAdmin
from records import clock
from records.administration import RecordForm

RISKS = _("Risks")
PAIRS = [(likelihood, impact) for likelihood in Likelihood for impact in Impact]
STAYS = _("What has begun stays for its days: a change begins today as a new entry.")


def _named(likelihood: Likelihood, impact: Impact) -> Any:
    return format_lazy(
        "{}, {} {}; {}, {} {}",
        _("Likelihood"), likelihood.value, likelihood.label, _("impact"), impact.value, impact.label,
    )  # fmt: skip


class GridWidget(forms.MultiWidget):
    """The 25 choices as the matrix is drawn: the most likely on top."""

    template_name = "admin/risk_grid.html"

    def __init__(self, attrs: Any = None) -> None:
        selects = [forms.Select(choices=Band.choices, attrs={"aria-label": _named(*pair)}) for pair in PAIRS]
        super().__init__(selects, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else [None] * len(PAIRS)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        cells = context["widget"]["subwidgets"]
        rows = [(likelihood, cells[(likelihood - 1) * SIDE : likelihood * SIDE]) for likelihood in reversed(Likelihood)]
        return context | {"rows": rows, "impacts": list(Impact)}


class GridField(forms.MultiValueField):
    widget = GridWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([forms.ChoiceField(choices=Band.choices) for _pair in PAIRS], **kwargs)

    def compress(self, data_list: list[Any]) -> list[Any]:
        return list(data_list)


class GridForm(RecordForm):
    cells = GridField(label=_("Bands"), help_text=STAYS)


class RuleForm(RecordForm):
    accepted_by = forms.MultipleChoiceField(
        label=_("Accepted by"), choices=ACCEPTERS, required=False, widget=forms.CheckboxSelectMultiple, help_text=STAYS
    )


class DatedAdmin(AuditedAdmin):
    """Rows that begin on a day: what has begun is not rewritten."""

    group = RISKS
    fixed: tuple[str, ...] = ("department", "starts_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fixed if obj is not None else ()

    def change(self, record: Any, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        acts.change_risk_rule(row=record, by=by, expected=seen, **values)


@admin.register(RiskGrid)
class RiskGridAdmin(DatedAdmin):
    form = GridForm
    list_display = ("__str__", "department", "starts_on")
    fields = ("department", "starts_on", "cells")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new grid begins as the one that all share today, not as twenty-five times low."""
        return {"cells": grid_on(None, clock.today()).cells, **super().get_changeform_initial_data(request)}

    def add(self, *, by: Any, values: dict[str, Any]) -> RiskGrid:
        return acts.set_grid(by=by, **values)


@admin.register(BandRule)
class BandRuleAdmin(DatedAdmin):
    form = RuleForm
    fixed = ("department", "band", "starts_on")
    list_display = ("band", "department", "starts_on", "review_days", "board_accepts")
    list_filter = ("band",)
    fields = ("department", "band", "starts_on", "review_days", "accepted_by", "board_accepts")

    def add(self, *, by: Any, values: dict[str, Any]) -> BandRule:
        return acts.set_band_rule(by=by, **values)


@admin.register(RiskLevel)
class RiskLevelAdmin(AuditedAdmin):
    group = RISKS
    list_display = ("__str__", "definition_en", "definition_fr")
    list_filter = ("scale",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("scale", "value") if obj is not None else ()
