"""Reference data of products, offices over portfolios, and the governed rows worth seeing, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.actions.people import appoint_person, end_appointments
from people.admin import PEOPLE
from people.models import Appointment
from people.reference_admin import AuditedAdmin, ReferenceAdmin
from products.models import (
    Application,
    AutonomyLevel,
    BriefPolicy,
    BriefVersion,
    BusinessCapability,
    FundingSource,
    Portfolio,
    Product,
    ProductStatus,
    Program,
    RoleAssignment,
    RoleDefinition,
    Service,
    TechnologyStandard,
)
from records.administration import Deed, ReadOnlyAdmin, ReasonForm, RecordAdmin, RecordForm

RECORDS = _("Records")

admin.site.register([Portfolio, Program, BusinessCapability, FundingSource, AutonomyLevel], ReferenceAdmin)


@admin.register(Service)
class ServiceAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "program", "source", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "source")


@admin.register(Application)
class ApplicationAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "lifecycle", "condition", "business_value", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "lifecycle", "condition", "business_value", "is_off_the_shelf")


@admin.register(TechnologyStandard)
class TechnologyStandardAdmin(ReferenceAdmin):
    list_display = ("code", "name_en", "name_fr", "state", "state_until", "department", "is_active")
    list_filter = (*ReferenceAdmin.list_filter, "state")


@admin.register(RoleDefinition)
class RoleDefinitionAdmin(AuditedAdmin):
    list_display = ("kind", "horizon_en", "most_holders", "is_required")
    search_fields = ("kind", "activities_en", "activities_fr")


@admin.register(BriefPolicy)
class BriefPolicyAdmin(AuditedAdmin):
    list_display = ("__str__", "stale_after_days", "needs_both_languages")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is one policy for the installation."""
        return super().has_add_permission(request) and not BriefPolicy.objects.exists()


class AppointmentForm(RecordForm):
    portfolio_id = forms.ModelChoiceField(
        Portfolio.objects.filter(is_active=True),
        label=_("Portfolio"),
        required=False,
        help_text=_("For portfolio managers."),
    )

    def clean_portfolio_id(self) -> Any:
        portfolio = self.cleaned_data["portfolio_id"]
        return portfolio.pk if portfolio else None


class EndForm(ReasonForm):
    ends_on = forms.DateField(label=_("Last day"), help_text=_("YYYY-MM-DD; the last day that counts."))
    field_order = ("ends_on", "reason")


def _end(appointments: list[Appointment], *, by: Any, **values: Any) -> None:
    end_appointments(appointments=appointments, by=by, **values)


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin):
    """An office is given once, and ended; its dates move by ending it on another day."""

    group = PEOPLE
    form = AppointmentForm
    list_display = ("person", "kind", "department", "branch", "starts_on", "ends_on")
    list_display_links = ("person", "kind")
    list_filter = ("kind", ("department", admin.RelatedOnlyFieldListFilter))
    search_fields = ("person__name", "person__email")
    fields = ("person", "kind", "department", "branch", "portfolio_id", "starts_on", "ends_on")
    deeds = (
        Deed("end", _("End the appointment"), _end, _("Appointments ended: %(count)d."), form=EndForm,
             warning=_("The person may act in this office up to and on the last day.")),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add(self, *, by: Any, values: dict[str, Any]) -> Appointment:
        return appoint_person(by=by, **values)


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("code", "name_en", "name_fr", "level", "phase", "department", "sponsoring_branch")
    list_filter = ("phase", "level", ("department", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "name_en", "name_fr")


@admin.register(ProductStatus)
class ProductStatusAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("product", "state", "requested_on", "granted_on", "expires_on", "ended_on")
    list_filter = ("state",)
    search_fields = ("product__code", "product__name_en", "product__name_fr")


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("product", "kind", "person", "member", "starts_on", "ends_on")
    list_filter = ("kind",)
    search_fields = ("product__code", "product__name_en", "product__name_fr", "person__name")


@admin.register(BriefVersion)
class BriefVersionAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("product", "number", "published_at", "published_by_name", "note")
    search_fields = ("product__code", "product__name_en", "product__name_fr", "published_by_name")
    fields = ("product", "number", "schema", "note", "published_at", "published_by_name", "sha256")
    ordering = ("-published_at",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")
