"""The template of memoranda in the administration: editions, and the clauses of each."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.actions import mou_templates as acts
from governance.models import MouTemplate
from governance.models.mou_template import MouClause
from governance.mou.placeholders import PLACEHOLDERS
from people.reference_admin import AuditedAdmin
from records.administration import Deed, RecordForm

MEMORANDA = _("Memoranda of understanding")


class EditionForm(forms.Form):
    in_use_from = forms.DateField(label=_("in use from"))


def _next_edition(templates: list[MouTemplate], *, by: Any, **values: Any) -> None:
    for template in templates:
        acts.add_edition(template=template, by=by, **values)


@admin.register(MouTemplate)
class MouTemplateAdmin(AuditedAdmin):
    group = MEMORANDA
    list_display = ("name_en", "name_fr", "edition", "department", "in_use_from")
    list_display_links = ("name_en",)
    search_fields = ("name_en", "name_fr")
    deeds = (
        Deed("next", _("Make the next edition"), _next_edition, _("Next editions made: %(count)d."), form=EditionForm,
             warning=_("All clauses are copied. Memoranda keep the edition they were begun with."), many=False),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("department", "edition") if obj is not None else ()


class ClauseForm(RecordForm):
    """Says which words in braces a clause may use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ", ".join(f"{{{name}}} {each.label}" for name, each in PLACEHOLDERS.items())
        for name in ("text_en", "text_fr"):
            if name in self.fields:
                self.fields[name].help_text = _("Words in braces are filled in by the system: %(known)s.") % {
                    "known": known
                }


@admin.register(MouClause)
class MouClauseAdmin(AuditedAdmin):
    group = MEMORANDA
    form = ClauseForm
    list_display = ("__str__", "text_en", "kind", "template")
    list_filter = (("template", admin.RelatedOnlyFieldListFilter), "section", "kind")
    search_fields = ("text_en", "text_fr")

    def add(self, *, by: Any, values: dict[str, Any]) -> MouClause:
        return acts.keep_clause(clause=MouClause(**values), by=by)

    def change(self, record: MouClause, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        acts.keep_clause(clause=record, by=by, expected=seen)
