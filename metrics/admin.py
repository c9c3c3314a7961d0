"""Indicators of the catalogue and who keeps them, for administrators."""

from django.contrib import admin

from metrics.models import KpiDefinition, ProductKpi
from people.reference_admin import ReferenceAdmin
from products.admin import RECORDS
from records.administration import ReadOnlyAdmin


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
