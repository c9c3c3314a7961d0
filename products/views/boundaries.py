"""The architectural boundaries of a product: capabilities, information assessments, technology standards in use."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.editing import ReasonForm, edit
from people.permissions import require
from products.actions.boundaries import (
    change_assessment,
    plan_leaving,
    record_assessment,
    stop_using_standard,
    use_standard,
)
from products.forms.plans import AssessmentForm, StandardForm
from products.models import CapabilityImproved, InformationAssessment, Product, StandardInUse
from products.permissions import may_change_boundaries
from products.states import AssessmentKind, StandardState
from products.views.lookup import visible_product
from records import clock


def boundaries_show(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_product(request, code)
    assessments = list(InformationAssessment.objects.filter(product=product).order_by("kind", "-assessed_on"))
    uses = list(StandardInUse.objects.filter(product=product).select_related("standard").order_by("standard__code"))
    known = {assessment.kind for assessment in assessments}
    return render(
        request,
        "products/boundaries.html",
        {
            "product": product,
            "assessments": assessments,
            "uses": uses,
            "today": clock.today(),
            "late": [each for each in assessments if each.next_review_on and each.next_review_on < clock.today()],
            "unknown": [label for kind, label in AssessmentKind.choices if kind not in known],
            "warnings": [use for use in uses if use.standard.state != StandardState.CURRENT and not use.plan],
            "capabilities": CapabilityImproved.objects.filter(product=product)
            .select_related("capability")
            .order_by("capability__code"),
            "may_change": may_change_boundaries(request.user, product),
        },
    )


def assessment_add(request: HttpRequest, code: str) -> HttpResponse:
    product = _own(request, code)
    form = AssessmentForm(request.POST or None)
    return _form(
        request,
        form,
        product,
        _("Record an assessment"),
        _("Record the assessment"),
        lambda: record_assessment(product=product, by=request.user, reason=form.reason, **form.values),
    )


def assessment_change(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    assessment = get_object_or_404(InformationAssessment.objects.select_related("product"), pk=pk, product=product)
    form = AssessmentForm(request.POST or None, instance=assessment)
    return _form(
        request,
        form,
        product,
        _("Bring an assessment up to date"),
        _("Save the changes"),
        lambda: change_assessment(
            assessment=assessment, by=request.user, expected=form.expected, reason=form.reason, **form.values
        ),
    )


def standard_add(request: HttpRequest, code: str) -> HttpResponse:
    product = _own(request, code)
    form = StandardForm(request.POST or None, product=product, person=request.user)
    return _form(
        request,
        form,
        product,
        _("Add a technology standard in use"),
        _("Add the standard"),
        lambda: use_standard(product=product, by=request.user, reason=form.reason, **form.values),
    )


def standard_plan(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    use = _use(product, pk)
    form = StandardForm(request.POST or None, instance=use, product=product, person=request.user)
    heading = _("How the product leaves “%(name)s”") % {"name": use.standard}
    return _form(
        request,
        form,
        product,
        heading,
        _("Save the plan"),
        lambda: plan_leaving(use=use, by=request.user, expected=form.expected, reason=form.reason, **form.values),
    )


def standard_remove(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    product = _own(request, code)
    use = _use(product, pk)
    form = ReasonForm(request.POST or None)
    heading = _("The product no longer uses “%(name)s”") % {"name": use.standard}
    return _form(
        request,
        form,
        product,
        heading,
        _("Remove"),
        lambda: stop_using_standard(use=use, by=request.user, **form.cleaned_data),
    )


def _own(request: HttpRequest, code: str) -> Product:
    product = visible_product(request, code)
    require(may_change_boundaries(request.user, product))
    return product


def _use(product: Product, pk: UUID) -> StandardInUse:
    return get_object_or_404(StandardInUse.objects.select_related("product", "standard"), pk=pk, product=product)


def _form(request: HttpRequest, form: Any, product: Product, heading: str, button: str, act: Any) -> HttpResponse:
    back = reverse("boundaries-detail", args=[product.code])
    context = {"product": product, "heading": heading, "button": button, "back": back, "current": "boundaries"}
    return edit(
        request, form, "products/form.html", act=act, to=back, said=_("The changes are saved."), context=context
    )
