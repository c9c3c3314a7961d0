"""Import a register of risks: upload, wait, look, confirm. Works by refreshing; htmx only saves the reader the click."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.risk_imports import APPLY, CHECK, confirm_risks, upload_risks
from governance.models import Risk, RiskImport
from governance.permissions import may_keep_risks
from governance.risks.columns import COLUMNS, FIELDS, SCORES
from governance.risks.registers import with_register
from people.editing import add_errors
from people.forms.imports import ConfirmForm, FileForm
from people.permissions import require
from people.spreadsheets import showing, writing
from products.models import Product
from records.downloads import to_save


def import_upload(request: HttpRequest, code: str) -> HttpResponse:
    product = _kept_by(request, code)
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made = upload_risks(product=product, file_name=file.name, content=file.read(), by=request.user)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return HttpResponseRedirect(reverse("risk-import-detail", args=[code, made.pk]), status=303)
        status = 413 if form.too_large else 422
    mine = RiskImport.objects.visible_to(request.user).filter(product=product)
    context = {"product": product, "form": form, "imports": mine.defer("content", "problems", "preview")[:10]}
    return render(request, "governance/risk_import.html", context, status=status)


def import_show(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    upload = _mine(request, code, pk)
    told = showing.shown(upload, COLUMNS, (CHECK, APPLY), _label)
    pages = {
        "upload_page": reverse("risk-import", args=[code]),
        "confirm_page": reverse("risk-import-confirm", args=[code, pk]),
        "done_page": reverse("risk-matrix", args=[code]),
    }
    return render(request, "governance/risk_import_show.html", {**told, **pages, "product": upload.product})


@require_POST
def import_confirm(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    upload = _mine(request, code, pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Http404
    confirm_risks(upload=upload, by=request.user, expected=form.cleaned_data["version"])
    return HttpResponseRedirect(reverse("risk-import-detail", args=[code, pk]), status=303)


def import_template(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    _kept_by(request, code)
    made = {
        "csv": (lambda: writing.as_csv(FIELDS), writing.CSV),
        "xlsx": (lambda: writing.as_workbook(FIELDS, _("Risks")), writing.XLSX),
    }.get(kind)
    if made is None:
        raise Http404
    return to_save(HttpResponse(made[0](), content_type=made[1]), f"{_('risks')}.{kind}")


def _kept_by(request: HttpRequest, code: str) -> Product:
    """The product, for whoever keeps its risks; others who read them are refused with the reason."""
    rows = with_register(request.user).select_related("department", "head", "sponsoring_branch")
    product: Product = get_object_or_404(rows, code=code)
    require(may_keep_risks(request.user, product))
    return product


def _mine(request: HttpRequest, code: str, pk: UUID) -> RiskImport:
    rows = RiskImport.objects.visible_to(request.user).select_related("product__department", "product__head")
    upload: RiskImport = get_object_or_404(rows.defer("content"), pk=pk, product__code=code)
    return upload


def _label(name: str) -> str:
    """What a changed field is called."""
    if name == "activity":
        return _("new activity")
    if name.removesuffix("_score") in SCORES:
        return {"inherent": _("inherent score"), "current": _("current score"), "residual": _("residual score")}[
            name.removesuffix("_score")
        ]
    return str(Risk._meta.get_field(name).verbose_name)
