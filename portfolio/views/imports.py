"""Import an inventory: upload, wait, look, confirm. Works by refreshing; htmx only saves the reader the click."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.bilingual import reader
from people.editing import add_errors
from people.models import Department, Person
from people.permissions import require
from portfolio.actions.imports import MOST_TOLD, confirm_import, upload_inventory
from portfolio.forms.imports import ConfirmForm, UploadForm
from portfolio.inventory import template
from portfolio.inventory.columns import BY_KEY
from portfolio.models import InventoryImport
from portfolio.states import ImportState
from products.models import Product
from products.permissions import may_import_inventory
from records.models import Job, JobState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def departments_for(person: Person) -> "QuerySet[Department]":
    """The departments this person may import for. Raises Refused when there is none."""
    rows = list(Department.objects.filter(is_active=True))
    allowed = [row.pk for row in rows if may_import_inventory(person, row)]
    if not allowed:
        require(may_import_inventory(person, Department(pk=person.department_id)))
    return Department.objects.filter(pk__in=allowed).order_by("code")


def import_upload(request: HttpRequest) -> HttpResponse:
    departments = departments_for(request.user)
    initial = {"department": request.user.department_id}
    form = UploadForm(request.POST or None, request.FILES or None, departments=departments, initial=initial)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made = upload_inventory(
                    department=form.cleaned_data["department"],
                    file_name=file.name,
                    content=file.read(),
                    by=request.user,
                )
            except ValidationError as error:
                add_errors(form, error)
            else:
                return HttpResponseRedirect(reverse("import-detail", args=[made.pk]), status=303)
        status = 413 if form.too_large else 422
    mine = InventoryImport.objects.visible_to(request.user).defer("content", "problems", "preview")[:10]
    return render(
        request,
        "portfolio/import_upload.html",
        {"form": form, "imports": mine, "main_place": "products"},
        status=status,
    )


def import_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    inventory = _mine(request, pk)
    waits = inventory.state in (ImportState.CHECKING, ImportState.APPLYING)
    return render(
        request,
        "portfolio/import_show.html",
        {
            "inventory": inventory,
            "waits": waits,
            "is_stuck": waits and _is_stuck(inventory),
            "main_place": "products",
            "problems": _problems(inventory),
            "more_problems": inventory.problem_count - len(inventory.problems),
            "notes": [note[reader() == "fr"] for note in inventory.notes],
            "rows": _preview(inventory),
            "more_rows": max(0, inventory.new_count + inventory.changed_count - MOST_TOLD),
        },
    )


@require_POST
def import_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    inventory = _mine(request, pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Http404
    confirm_import(inventory=inventory, by=request.user, expected=form.cleaned_data["version"])
    return HttpResponseRedirect(reverse("import-detail", args=[pk]), status=303)


def template_download(request: HttpRequest, kind: str) -> HttpResponse:
    departments_for(request.user)
    made = {"csv": (template.as_csv, "text/csv; charset=utf-8"), "xlsx": (template.as_workbook, XLSX)}.get(kind)
    if made is None:
        raise Http404
    response = HttpResponse(made[0](), content_type=made[1])
    response["Content-Disposition"] = f'attachment; filename="{_("inventory")}.{kind}"'
    return response


def _mine(request: HttpRequest, pk: UUID) -> InventoryImport:
    rows = InventoryImport.objects.visible_to(request.user).select_related("department").defer("content")
    return get_object_or_404(rows, pk=pk)


def _is_stuck(inventory: InventoryImport) -> bool:
    """Whether the work was given up after failing repeatedly."""
    keys = [f"portfolio.{kind}_inventory:{inventory.pk}" for kind in ("check", "apply")]
    return Job.objects.filter(dedupe_key__in=keys, state=JobState.PARKED).exists()


def _problems(inventory: InventoryImport) -> list[tuple[int, str, str, str]]:
    """(row, head of the column, cell, message) in the reader's language."""
    french = reader() == "fr"
    return [(row, _head(column), cell, fr if french else en) for row, column, cell, en, fr in inventory.problems]


def _head(key: str) -> str:
    if key in BY_KEY:
        return BY_KEY[key].head
    return _("column %(number)s") % {"number": key[1:]} if key.startswith("#") else ""


def _preview(inventory: InventoryImport) -> list[tuple[int, str, str, str, str]]:
    """(row, code, name, effect, changed fields) of what will be written."""
    french = reader() == "fr"
    return [
        (row, code, names[french], effect, ", ".join(_label(name) for name in fields))
        for row, code, names, effect, fields in inventory.preview
    ]


def _label(name: str) -> str:
    return str(Product._meta.get_field(name).verbose_name)
