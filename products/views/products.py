"""Register a product, change its facts, see its family."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.editing import edit
from people.models import Department
from people.permissions import require
from products import families
from products.actions.products import change_product, register_product
from products.forms.product import ProductForm
from products.models import Product
from products.permissions import may_change_product, may_register_product
from products.views.lookup import visible_product


def product_register(request: HttpRequest) -> HttpResponse:
    department = Department.objects.get(pk=request.user.department_id)
    require(may_register_product(request.user, department))
    form = ProductForm(request.POST or None, department=department, parents=Product.objects.visible_to(request.user))
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: register_product(department=department, by=request.user, reason=form.reason, **form.values),
        to=lambda product: reverse("product-detail", args=[product.code]),
        said=_("The product is registered."),
        context={
            "heading": _("Register a product"),
            "button": _("Register the product"),
            "back": reverse("home"),
            "intro": _("It begins in phase Strategy. If it runs already, enter its opening position afterwards."),
        },
    )


def product_change(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    require(may_change_product(request.user, product))
    form = ProductForm(
        request.POST or None,
        instance=Product.objects.get(pk=product.pk),
        department=product.department,
        parents=Product.objects.visible_to(request.user),
    )
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: change_product(
            product=form.instance, by=request.user, expected=form.expected, reason=form.reason, **form.values
        ),
        to=lambda changed: reverse("product-detail", args=[changed.code]),
        said=_("The changes are saved."),
        context={
            "product": product,
            "heading": _("Change the facts of the product"),
            "button": _("Save the changes"),
            "back": reverse("product-detail", args=[code]),
        },
    )


def product_family(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    family = list(Product.objects.filter(head_id=product.head_id).visible_to(request.user).select_related("head"))
    template = "products/_family.html" if request.headers.get("HX-Request") else "products/family.html"
    nodes = families.tree(family)
    return render(request, template, {"product": product, "nodes": nodes, "size": len(family)})
