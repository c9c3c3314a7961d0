"""The page of delivery files: upload, look, take over. Works as plain forms; a refused file is told row by row."""

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from metrics.actions.uploads import take_over_deliveries, upload_deliveries
from metrics.events_format.tables import FILES
from metrics.forms.uploads import DeliveryUploadForm
from metrics.importing.telling import told
from metrics.importing.uploads import Checked, UploadRefused
from metrics.models import DeliveryUpload
from metrics.permissions import may_see_sources, may_upload_deliveries
from people.permissions import require
from products.models import Product
from products.views.lookup import visible_product
from records.downloads import to_save

MOST_LISTED = 50


def delivery_files(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    require(may_see_sources(request.user, product))
    form = DeliveryUploadForm()
    if request.method != "POST":
        return _page(request, product, form)
    require(may_upload_deliveries(request.user, product))
    form = DeliveryUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, product, form, status=413 if form.too_large else 422)
    try:
        upload = upload_deliveries(product=product, contents=form.contents, by=request.user)
    except UploadRefused as refused:
        return _page(request, product, form, refused.checked, status=422)
    return HttpResponseRedirect(reverse("delivery-file", args=[code, upload.pk]), status=303)


def _page(
    request: HttpRequest,
    product: Product,
    form: DeliveryUploadForm,
    checked: Checked | None = None,
    status: int = 200,
) -> HttpResponse:
    uploads = DeliveryUpload.objects.filter(product=product).defer("body", "preview").order_by("-uploaded_at")
    return render(
        request,
        "metrics/delivery_files.html",
        {
            "product": product,
            "form": form,
            "uploads": uploads[:MOST_LISTED],
            "count": uploads.count(),
            "may_upload": may_upload_deliveries(request.user, product),
            "checked": checked,
            "more_faults": checked.fault_count - len(checked.faults) if checked else 0,
            "templates": [(name, *columns) for name, (_kind, *columns) in FILES.items()],
        },
        status=status,
    )


def delivery_file(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product, upload = _upload(request, code, pk)
    return render(
        request,
        "metrics/delivery_file.html",
        {
            "product": product,
            "upload": upload,
            "told": told(upload.preview, one_product=product.code),
            "may_upload": may_upload_deliveries(request.user, product),
        },
    )


@require_POST
def delivery_file_take_over(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    _product, upload = _upload(request, code, pk)
    take_over_deliveries(upload=upload, by=request.user)
    messages.success(request, _("The file is taken over. Its months are computed within moments."))
    return HttpResponseRedirect(reverse("delivery-file", args=[code, pk]), status=303)


def delivery_file_template(request: HttpRequest, code: str, name: str) -> HttpResponse:
    product = visible_product(request, code)
    require(may_see_sources(request.user, product))
    if name not in FILES:
        raise Http404
    written = io.StringIO()
    csv.writer(written).writerow([*FILES[name][1], *FILES[name][2]])
    return to_save(HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8"), name)


def _upload(request: HttpRequest, code: str, pk: UUID) -> tuple[Product, DeliveryUpload]:
    product = visible_product(request, code)
    require(may_see_sources(request.user, product))
    return product, get_object_or_404(DeliveryUpload.objects.defer("body"), pk=pk, product=product)
