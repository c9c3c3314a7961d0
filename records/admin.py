"""What the lowest floor shows to administrators, to look at only: the trail, documents, mandates."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from records.administration import ReadOnlyAdmin
from records.downloads import pdf_to_save
from records.models import AuditEvent, Document, EvidenceFile, Governed, Mandate
from records.telling import told


class KindFilter(admin.SimpleListFilter):
    """By kind of record; the kinds come from the code, so that the trail itself is not read through for them."""

    title = _("kind of record")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        kinds = [model._meta for model in apps.get_models() if issubclass(model, Governed)]
        return sorted(((meta.label_lower, meta.verbose_name) for meta in kinds), key=lambda kind: str(kind[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject_kind=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    group = _("Records")
    list_display = ("at", "what", "subject_name", "actor_name", "reason")
    list_filter = ("at", KindFilter)
    search_fields = ("event", "subject_name", "actor_name", "=subject_id", "=actor_id")
    search_help_text = _("Event, record, person, or the key of either.")
    fields = ("at", "recorded_at", "what", "subject_name", "subject_id", "actor_name", "actor_id", "reason", "changed",
              "chain", "number", "previous_hash", "hash")  # fmt: skip
    sortable_by = ("at",)

    @admin.display(description=_("event"))
    def what(self, event: AuditEvent) -> str:
        return gettext(event.event)

    @admin.display(description=_("changes"))
    def changed(self, event: AuditEvent) -> str:
        return render_to_string("admin/_changes.html", {"changes": told([event])[0].changes})


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    group = _("Records")
    list_display = ("number", "title", "kind", "language", "made_at")
    list_filter = ("kind", "language", "made_at")
    search_fields = ("number", "title")
    fields = ("number", "title", "kind", "language", "made_at", "sha256", "subject_id", "as_it_was_made")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[Any]:
        download = self.admin_site.admin_view(self.download)
        return [path("<uuid:key>/download/", download, name="records_document_download"), *super().get_urls()]

    @admin.display(description=_("document"))
    def as_it_was_made(self, document: Document) -> str:
        address = reverse("admin:records_document_download", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Download the PDF"))

    def download(self, request: HttpRequest, key: Any) -> HttpResponse:
        """The stored bytes, as a file."""
        document = Document.objects.filter(pk=key).first()
        if document is None:
            raise Http404
        return pdf_to_save(document.content, f"{document.number}.pdf")


@admin.register(EvidenceFile)
class EvidenceFileAdmin(ReadOnlyAdmin):
    """What was uploaded and what became of it; the files themselves are handed out only where they belong."""

    group = _("Records")
    list_display = ("name", "media_type", "size", "state", "uploaded_at", "uploaded_by_name", "scanned_at")
    list_filter = ("state", "media_type", "uploaded_at")
    search_fields = ("name", "=sha256", "uploaded_by_name")
    fields = ("name", "media_type", "size", "sha256", "state", "reason", "uploaded_at", "uploaded_by_name", "scanned_at",
              "scanner")  # fmt: skip


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    group = _("Records")
    list_display = ("at", "kind", "what", "reference", "by_name")
    list_filter = ("kind", "at")
    search_fields = ("reference", "by_name", "what", "=subject_id")
    ordering = ("-at",)
