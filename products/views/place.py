"""Services and links of a product: what it enables, improves, manages, needs, and the stages of its value stream."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.editing import ReasonForm, edit
from people.permissions import require
from products.actions.links import depend_on, enable_service, improve_capability, manage_application, remove_link
from products.actions.stages import add_stage, change_stage, remove_stage, use_in_stage
from products.forms.links import FORMS, StageForm
from products.models import (
    ApplicationManaged,
    CapabilityImproved,
    Product,
    ProductDependency,
    ServiceEnabled,
    StageUse,
    ValueStreamStage,
)
from products.permissions import may_change_product
from products.states import Level
from products.views.lookup import visible_product

# kind in the address → the rows it takes away
LINKS: dict[str, Any] = {
    "service": ServiceEnabled,
    "capability": CapabilityImproved,
    "application": ApplicationManaged,
    "dependency": ProductDependency,
    "use": StageUse,
}
ADDING: dict[str, Any] = {
    "service": enable_service,
    "capability": improve_capability,
    "application": manage_application,
    "dependency": depend_on,
    "stage": add_stage,
}
HEADINGS: dict[str, Promise] = {
    "service": gettext_lazy("Add a service the product enables"),
    "capability": gettext_lazy("Add a capability the product improves"),
    "application": gettext_lazy("Add an application the team manages"),
    "dependency": gettext_lazy("Add a product this one depends on"),
    "stage": gettext_lazy("Add a stage to the value stream"),
    "use": gettext_lazy("Add a CIO product to a stage"),
}


def place_show(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    told = _links(product) | _neighbours(product, Product.objects.visible_to(request.user))
    told |= {
        "is_departmental": product.level == Level.DEPARTMENTAL,
        "may_change": may_change_product(request.user, product),
    }
    return render(request, "products/place.html", {"product": product, **told})


def _links(product: Product) -> dict[str, Any]:
    """What the product enables, improves and keeps."""

    def linked(model: Any, name: str, *more: str) -> Any:
        return model.objects.filter(product=product).select_related(name, *more).order_by(f"{name}__code")

    return {
        "services": linked(ServiceEnabled, "service", "service__program"),
        "capabilities": linked(CapabilityImproved, "capability"),
        "applications": linked(ApplicationManaged, "application"),
    }


def _neighbours(product: Product, seen: QuerySet[Product]) -> dict[str, Any]:
    """The stages of its value stream, and the products that it needs or that need it, as far as the reader sees them."""
    uses: dict[Any, list[StageUse]] = {}
    for use in StageUse.objects.filter(product=product, used__in=seen).select_related("used").order_by("used__code"):
        uses.setdefault(use.stage_id, []).append(use)
    needs = ProductDependency.objects.filter(product=product, needs__in=seen)
    used_by = ProductDependency.objects.filter(needs=product, product__in=seen)
    used_in = StageUse.objects.filter(used=product, product__in=seen)
    return {
        "stages": [(stage, uses.get(stage.pk, [])) for stage in ValueStreamStage.objects.filter(product=product)],
        "needs": needs.select_related("needs").order_by("needs__code"),
        "used_by": used_by.select_related("product").order_by("product__code"),
        "used_in": used_in.select_related("stage", "product").order_by("product__code"),
    }


def link_add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    product = _own(request, code)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, product=product, person=request.user)

    def act() -> Any:
        if kind == "use":
            return use_in_stage(by=request.user, **form.cleaned_data)
        return ADDING[kind](product=product, by=request.user, **form.cleaned_data)

    return _form(request, form, product, HEADINGS[kind], act, _("It is added."), _("Add"))


def link_remove(request: HttpRequest, code: str, kind: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    if kind not in LINKS:
        raise Http404
    link = get_object_or_404(LINKS[kind].objects.select_related("product"), pk=pk, product=product)
    form = ReasonForm(request.POST or None)
    heading = _("Remove “%(name)s” from this product") % {"name": link}
    return _form(
        request,
        form,
        product,
        heading,
        lambda: remove_link(link=link, by=request.user, **form.cleaned_data),
        _("It is removed; the history keeps it."),
        _("Remove"),
    )


def stage_change(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    stage = get_object_or_404(ValueStreamStage.objects.select_related("product"), pk=pk, product=product)
    form = StageForm(request.POST or None, instance=stage)
    return _form(
        request,
        form,
        product,
        _("Change a stage of the value stream"),
        lambda: change_stage(stage=stage, by=request.user, expected=form.expected, reason=form.reason, **form.values),
        _("The changes are saved."),
        _("Save the changes"),
    )


def stage_remove(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    stage = get_object_or_404(ValueStreamStage.objects.select_related("product"), pk=pk, product=product)
    form = ReasonForm(request.POST or None)
    heading = _("Remove the stage “%(name)s” and what it uses") % {"name": stage}
    return _form(
        request,
        form,
        product,
        heading,
        lambda: remove_stage(stage=stage, by=request.user, **form.cleaned_data),
        _("It is removed; the history keeps it."),
        _("Remove"),
    )


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_change_product(request.user, product))
    return product


def _form(
    request: HttpRequest, form: Any, product: Product, heading: Any, act: Any, said: str, button: str
) -> HttpResponse:
    back = reverse("product-place", args=[product.code])
    context = {"product": product, "heading": heading, "button": button, "back": back, "current": "place"}
    return edit(request, form, "products/form.html", act=act, to=back, said=said, context=context)
