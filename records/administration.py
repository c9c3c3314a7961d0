"""What every page of the administration keeps to: nothing is deleted, every write is an act, the history is our trail.

Packages register their records in their own `admin.py` with one of the classes here. The pages hold no rule: who may
enter is asked of the site, and each write goes to an action, whose refusal is shown on the form as it was typed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import AuditEvent
from records.refusals import Conflict, Stale
from records.telling import told

AT_ONCE = 200


class ReasonForm(forms.Form):
    """Why: kept in the trail."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NothingForm(forms.Form):
    """An act that asks for nothing but the confirmation."""


@dataclass(frozen=True)
class Deed:
    """An act offered on a record's page and, if `many`, for chosen rows of a list; confirmed on a page of its own."""

    name: str
    label: Any
    perform: Callable[..., Any]  # perform(things, by=…, **what the form asked)
    done: Any
    form: type[forms.Form] = ReasonForm
    fits: Callable[[Any], bool] = lambda thing: True
    many: bool = True
    warning: Any = ""


class Picked(AutocompleteSelect):
    """As Django's, which asks the database for whatever was sent: what is no key at all picks nothing."""

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        return super().optgroups(name, [each for each in value if self._is_key(each)], attrs)

    def _is_key(self, sent: Any) -> bool:
        try:
            self.field.target_field.to_python(sent)
        except ValidationError:
            return False
        return True


class HouseAdmin(admin.ModelAdmin):
    """The list, page, history and deeds of one kind of record. `group` is its heading on the first page."""

    group: Any = ""
    deeds: tuple[Deed, ...] = ()
    show_full_result_count = False
    list_per_page = 50
    save_on_top = False
    show_facets = admin.ShowFacets.NEVER
    object_history_template = "admin/trail.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The act has written its own audit event; a second log would only disagree."""

    log_change = log_deletions = log_addition

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        chosen = self.list_select_related
        return list(chosen) if isinstance(chosen, list | tuple) else [field.name for field in self._foreign_keys()]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every foreign key whose records can be searched here."""
        site = self.admin_site
        return [
            field.name
            for field in self._foreign_keys()
            if site.is_registered(field.related_model) and site.get_model_admin(field.related_model).search_fields
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """As Django's; where a record is being picked, only those in use are offered."""
        if request.path == reverse("admin:autocomplete") and "is_active" in self._field_names():
            queryset = queryset.filter(is_active=True)
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the list offers as a filter; a secret could be told from the length of a list, letter by letter."""
        offered = [each[0] if isinstance(each, list | tuple) else each for each in self.get_list_filter(request)]
        names = [getattr(each, "parameter_name", each) for each in offered]
        return lookup.split("__")[0] in names and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """As Django's; a year or a number that cannot be is a bad question (400)."""
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError) as error:
            if request.method == "GET":
                raise BadRequest("No list answers this.") from error
            raise

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Picked(db_field, self.admin_site, using=kwargs.get("using"))
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if found is not None and hasattr(db_field.related_model, "told_apart"):
            found.label_from_instance = lambda record: record.told_apart
        return found

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's, without the links that would open a second form in a window of its own; addresses begin with https."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        if found is not None and isinstance(found.widget, RelatedFieldWidgetWrapper):
            found.widget = found.widget.widget
        return found

    def _foreign_keys(self) -> list[Any]:
        return [field for field in self.opts.concrete_fields if field.many_to_one]

    def _field_names(self) -> set[str]:
        return {field.name for field in self.opts.concrete_fields}

    def get_urls(self) -> list[Any]:
        kept = [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        acts = [path("act/<slug:deed>/", self.admin_site.admin_view(self.deed_view), name=name)] if self.deeds else []
        return [*acts, *kept]

    # History ------------------------------------------------------------------------------------------------------
    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What the trail says about the record, newest first."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        events = AuditEvent.objects.filter(subject_id=str(record.pk), subject_kind=self.opts.label_lower)
        pages = self.get_paginator(request, events, 50)
        page = pages.get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": record},
            "opts": self.opts,
            "original": record,
            "page": page,
            "page_range": pages.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "stories": told(page.object_list),
        }
        return TemplateResponse(request, self.object_history_template, context)

    # Deeds --------------------------------------------------------------------------------------------------------
    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The deeds that may be done to several rows at once."""
        return {deed.name: (_lead_to(deed), deed.name, deed.label) for deed in self.deeds if deed.many}

    def deed_address(self, deed: Deed, keys: Iterable[Any]) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return f"{reverse(name, args=[deed.name])}?{urlencode([('pk', str(key)) for key in keys])}"

    def offered(self, record: Any) -> list[dict[str, Any]]:
        """The deeds that fit `record` now, as links."""
        return [
            {"label": deed.label, "address": self.deed_address(deed, [record.pk])}
            for deed in self.deeds
            if deed.fits(record)
        ]

    def deed_view(self, request: HttpRequest, deed: str) -> HttpResponse:
        """Ask for confirmation of a deed on the records named by `pk`, then have it done in one act."""
        chosen = next((each for each in self.deeds if each.name == deed), None)
        things = self._things(request)
        if chosen is None or not things:
            raise Http404
        fitting = [thing for thing in things if chosen.fits(thing)]
        form = chosen.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and fitting and form.is_valid():
            try:
                chosen.perform(fitting, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                show(error, form)
            else:
                messages.success(request, chosen.done % {"count": len(fitting)})
                return HttpResponseRedirect(self._after(things))
        context = {
            **self.admin_site.each_context(request),
            "title": chosen.label,
            "opts": self.opts,
            "deed": chosen,
            "form": form,
            "fitting": fitting,
            "left_alone": [thing for thing in things if thing not in fitting],
            "back": self._after(things),
        }
        return TemplateResponse(request, "admin/deed.html", context, status=422 if form.errors else 200)

    def _things(self, request: HttpRequest) -> list[Any]:
        try:
            return list(self.get_queryset(request).filter(pk__in=request.GET.getlist("pk")[:AT_ONCE]))
        except ValidationError:
            return []

    def _after(self, things: list[Any]) -> str:
        base = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{base}_change", args=[things[0].pk]) if len(things) == 1 else reverse(f"{base}_changelist")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        record = kwargs.get("obj")
        context["offered"] = self.offered(record) if record is not None and record.pk and not kwargs.get("add") else []
        response = super().render_change_form(request, context, **kwargs)
        if context["errors"]:
            response.status_code = getattr(request, "refusal_status", 422)
        return response


def _lead_to(deed: Deed) -> Callable[..., HttpResponse | None]:
    """The list's action: off to the page that asks for confirmation."""

    def lead(model_admin: HouseAdmin, request: HttpRequest, chosen: models.QuerySet) -> HttpResponse | None:
        keys = list(chosen.values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(keys) > AT_ONCE:
            messages.error(request, _("Choose at most %(most)d at once.") % {"most": AT_ONCE})
            return None
        return HttpResponseRedirect(model_admin.deed_address(deed, keys))

    return lead


class ReadOnlyAdmin(HouseAdmin):
    """Records that are looked at here and written elsewhere, or never again."""

    exclude: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if self.fields:
            return list(self.fields)
        return [field.name for field in self.opts.concrete_fields if field.name not in (self.exclude or ())]

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if not url.name.endswith("_add")]


class RecordForm(forms.ModelForm):
    """A form over a versioned record. `refusal` is what the act said to the same form a moment ago."""

    version_seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    refusal: Exception | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version_seen", self.instance.version)

    def _post_clean(self) -> None:
        super()._post_clean()
        if isinstance(self.refusal, Stale):
            self._show_both(self.refusal)
        elif self.refusal is not None:
            show(self.refusal, self)

    def _show_both(self, stale: Stale) -> None:
        """Beside each text that was typed, the one that stands now."""
        self.add_error(
            None, _("%(what)s What stands now is shown beside each field; saving again replaces it.") % {"what": stale}
        )
        for name in [name for name in self.fields if name in self._meta.model._meta._forward_fields_map]:
            now = getattr(stale.current, name)
            if now != getattr(self.instance, name):
                now = ", ".join(str(each) for each in now) if isinstance(now, list) else now
                self.add_error(name, _("Now: %(value)s") % {"value": "–" if now in (None, "") else now})


def show(error: Exception, form: forms.Form) -> None:
    """Put the messages of a refused act on the fields they are about, else on the form as a whole."""
    if not isinstance(error, ValidationError):
        form.add_error(None, str(error))
    elif not hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


class RecordAdmin(HouseAdmin):
    """Records added and changed here, each by an act: `add(by, values)` and `change(record, by, seen, values)`."""

    form = RecordForm

    def add(self, *, by: Any, values: dict[str, Any]) -> models.Model:
        raise NotImplementedError

    def change(self, record: Any, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """With the version that was seen also where a page names its fields: without it every change looks overtaken."""
        fields = list(super().get_fields(request, obj))
        return fields if "version_seen" in fields else [*fields, "version_seen"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: value for name, value in form.cleaned_data.items() if name != "version_seen"}
        if change:
            seen = form.cleaned_data["version_seen"]
            self.change(obj, by=request.user, seen=-1 if seen is None else seen, values=values)
        else:
            obj.pk = self.add(by=request.user, values=values).pk

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """As Django's without its transaction: the act opens its own. What it refuses is shown on the form as typed."""
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, Conflict) as error:
            request.refusal, request.refusal_status = error, 409 if isinstance(error, Conflict) else 422
        request.POST = request.POST.copy()
        if isinstance(request.refusal, Stale):
            request.POST["version_seen"] = str(request.refusal.current.version)
        return self._changeform_view(request, object_id, form_url, extra_context)
