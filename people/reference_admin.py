"""The administration of reference data: every entry is kept by the one generic act, none is deleted."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from people.actions.reference import put_in_use, save_reference
from records.administration import Deed, RecordAdmin


def _out_of_use(entries: list[Any], *, by: Any, reason: str) -> None:
    put_in_use(entries=entries, in_use=False, by=by, reason=reason)


def _into_use(entries: list[Any], *, by: Any, reason: str) -> None:
    put_in_use(entries=entries, in_use=True, by=by, reason=reason)


OUT_OF_USE = Deed("deactivate", _("Take out of use"), _out_of_use, _("Taken out of use: %(count)d."),
                  fits=lambda entry: entry.is_active,
                  warning=_("It stays where it was chosen, and is offered no more. Nothing is deleted."))  # fmt: skip
INTO_USE = Deed("reactivate", _("Put back into use"), _into_use, _("Back in use: %(count)d."),
                fits=lambda entry: not entry.is_active)  # fmt: skip


class AuditedAdmin(RecordAdmin):
    """Entries that `save_reference` keeps: with version, history and audit event."""

    group: Any = _("Reference data")

    def add(self, *, by: Any, values: dict[str, Any]) -> Any:
        return save_reference(entry=self.model(**values), by=by)

    def change(self, record: Any, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        save_reference(entry=record, by=by, expected=seen)


class ReferenceAdmin(AuditedAdmin):
    """Entries a department keeps under a code, in both languages, taken out of use rather than deleted."""

    list_display: Any = ("code", "name_en", "name_fr", "department", "is_active")
    list_display_links: Any = ("code", "name_en")
    list_filter: Any = ("is_active", ("department", admin.RelatedOnlyFieldListFilter))
    search_fields: Any = ("code", "name_en", "name_fr")
    deeds = (OUT_OF_USE, INTO_USE)
