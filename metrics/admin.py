"""Indicators, the policy on delivery measures and the sets of levels, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from metrics.models import DeliverySettings, KpiDefinition, LevelSet, LevelThreshold, MetricsPolicy, ProductKpi
from people.reference_admin import AuditedAdmin, ReferenceAdmin
from products.admin import RECORDS
from records.administration import ReadOnlyAdmin, RecordForm


@admin.register(KpiDefinition)
class KpiDefinitionAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "kind", "frequency", "method", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "kind", "frequency", "method")


@admin.register(ProductKpi)
class ProductKpiAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("product", "definition", "target", "owner", "starts_on", "ends_on")
    list_filter = ("definition",)
    search_fields = ("product__code", "definition__name_en", "definition__name_fr")


class MetricsPolicyForm(RecordForm):
    """The levels are chosen among the sets that have bounds."""

    level_set = forms.ChoiceField(label=_("Levels used"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = LevelSet.objects.filter(thresholds__isnull=False).order_by("name").distinct()
        self.fields["level_set"].choices = [(each.name, each.name) for each in names]


@admin.register(MetricsPolicy)
class MetricsPolicyAdmin(AuditedAdmin):
    form = MetricsPolicyForm
    list_display = ("__str__", "closing_day", "timezone", "level_set", "small_sample")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is one policy for the installation."""
        return super().has_add_permission(request) and not MetricsPolicy.objects.exists()


@admin.register(LevelSet)
class LevelSetAdmin(AuditedAdmin):
    list_display = ("name", "source_url")
    search_fields = ("name",)


@admin.register(LevelThreshold)
class LevelThresholdAdmin(AuditedAdmin):
    list_display = ("level_set", "metric", "level", "bound", "is_inclusive", "is_per_day")
    list_display_links = ("level_set", "metric")
    list_filter = ("level_set", "metric")


@admin.register(DeliverySettings)
class DeliverySettingsAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("product", "key", "timezone", "has_incident_feed", "attribution_window", "restates_alone_for")
    search_fields = ("product__code", "key")
