"""Parallel projects and the rules on impact analyses, kept like reference data, for administrators."""

from typing import Any

from django.contrib import admin

from people.reference_admin import AuditedAdmin, ReferenceAdmin
from roadmaps.actions.analysis_rules import keep_analysis_rule
from roadmaps.models import AnalysisRule, ParallelProject


@admin.register(ParallelProject)
class ParallelProjectAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "kind", "sponsor", "ends_on", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "kind")


@admin.register(AnalysisRule)
class AnalysisRuleAdmin(AuditedAdmin):
    """To change the delay, add a row from a later day: releases before it keep the rule of their day."""

    list_display = ("__str__", "department", "starts_on", "days")
    list_filter = (("department", admin.RelatedOnlyFieldListFilter),)

    def add(self, *, by: Any, values: dict[str, Any]) -> AnalysisRule:
        return keep_analysis_rule(rule=AnalysisRule(**values), by=by)

    def change(self, record: Any, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        keep_analysis_rule(rule=record, by=by, expected=seen)
