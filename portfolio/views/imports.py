"""Import an inventory: upload, wait, look, confirm. Works by refreshing; htmx only saves the reader the click."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import add_errors
from people.forms.imports import ConfirmForm
from people.models import Department, Person
from people.permissions import require
from people.spreadsheets import showing, writing
from portfolio.actions.imports import confirm_import, upload_inventory
from portfolio.forms.imports import UploadForm
from portfolio.inventory.columns import COLUMNS
from portfolio.models import InventoryImport
from products.models import Product
from products.permissions import may_import_inventory
from records.downloads import to_save

JOBS = ("portfolio.check_inventory", "portfolio.apply_inventory")


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
    told = showing.shown(inventory, COLUMNS, JOBS, _label)
    pages = {
        "upload_page": reverse("inventory-import"),
        "confirm_page": reverse("import-confirm", args=[pk]),
        "done_page": reverse("product-list"),
    }
    return render(request, "portfolio/import_show.html", {**told, **pages, "main_place": "products"})


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
    made = {
        "csv": (lambda: writing.as_csv(COLUMNS), writing.CSV),
        "xlsx": (lambda: writing.as_workbook(COLUMNS, _("Products")), writing.XLSX),
    }.get(kind)
    if made is None:
        raise Http404
    return to_save(HttpResponse(made[0](), content_type=made[1]), f"{_('inventory')}.{kind}")


def _mine(request: HttpRequest, pk: UUID) -> InventoryImport:
    rows = InventoryImport.objects.visible_to(request.user).select_related("department").defer("content")
    return get_object_or_404(rows, pk=pk)


def _label(name: str) -> str:
    return str(Product._meta.get_field(name).verbose_name)
