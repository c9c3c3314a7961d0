"""Enter an opening position: fill in, check the answers, confirm; the last page keeps its address (ux.md A0)."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from people.editing import add_errors
from people.permissions import require
from portfolio.actions.opening import open_position
from portfolio.forms.opening import OpeningForm
from products import events
from products.models import Product, ProductStatus
from products.permissions import may_open_position
from products.views.lookup import visible_head
from records.models import AuditEvent, Mandate, MandateKind


def opening_position(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    require(may_open_position(request.user, product))
    if product.phase_mandate_id is not None and request.method == "GET":
        return HttpResponseRedirect(reverse("opening-done", args=[code]))
    form = OpeningForm(request.POST or None, product=product)
    step = request.POST.get("step", "")
    if not form.is_bound or step == "change":
        return _form(request, form, product)
    if not form.is_valid():
        return _form(request, form, product, 422)
    if step == "confirm":
        return _open(request, form, product)
    return render(
        request, "portfolio/opening_check.html", {"product": product, "form": form, "answers": form.answers()}
    )


def _open(request: HttpRequest, form: OpeningForm, product: Product) -> HttpResponse:
    try:
        open_position(product=product, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, product, 422)
    return HttpResponseRedirect(reverse("opening-done", args=[product.code]), status=303)


def _form(request: HttpRequest, form: OpeningForm, product: Product, status: int = 200) -> HttpResponse:
    return render(request, "portfolio/opening.html", {"product": product, "form": form}, status=status)


def opening_done(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    mandate = Mandate.objects.filter(pk=product.phase_mandate_id, kind=MandateKind.OPENING).first()
    if mandate is None:
        raise Http404
    event = AuditEvent.objects.filter(chain=product.chain(), event=events.POSITION_OPENED).order_by("number").first()
    return render(
        request,
        "portfolio/opening_done.html",
        {
            "product": product,
            "mandate": mandate,
            "number": f"{product.code}-{event.number}" if event else "",
            "status": ProductStatus.objects.filter(product=product, mandate__kind=MandateKind.OPENING).first(),
        },
    )
