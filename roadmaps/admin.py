"""Parallel projects, kept like reference data, for administrators."""

from django.contrib import admin

from people.reference_admin import ReferenceAdmin
from roadmaps.models import ParallelProject


@admin.register(ParallelProject)
class ParallelProjectAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "kind", "sponsor", "ends_on", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "kind")
