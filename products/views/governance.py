"""The governance structure: its picture, the same as a table, its bodies and the corporate bodies each role faces."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.editing import edit
from people.permissions import require
from products.actions.governance import add_body, add_facing, change_body, end_body, remove_facing
from products.brief.canonical import governance_content
from products.brief.pictures import governance_picture
from products.forms.fields import suggested_people
from products.forms.team import BodyForm, EndForm, FacingForm, SeatForms
from products.models import BodyMember, CorporateFacing, GovernanceBody, Product
from products.permissions import may_change_structure
from products.views.brief.pages import drafts_of
from records import clock


def governance_detail(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    content = governance_content(product)
    context = {"product": product, "content": content, "governance": governance_picture(content)}
    context |= {
        "may_change": bool(may_change_structure(request.user, product)),
        "facings": CorporateFacing.objects.filter(product=product),
    }
    return render(request, "products/governance.html", context)


def body_add(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    form, seats = BodyForm(request.POST or None, instance=GovernanceBody(), product=product), _seats(request, None)
    return _edited(
        request,
        form,
        seats,
        act=lambda: add_body(product=product, by=request.user, members=seats.seats(), **form.values),
        said=_("The body is added."),
        context=_around(product, _("Add a governance body"), _("Add the body")),
    )


def body_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    body = find_body(product, key)
    form = BodyForm(request.POST or None, instance=find_body(product, key), product=product)
    seats = _seats(request, body)
    heading = _("Change the body: %(name)s") % {"name": body.name}
    return _edited(
        request,
        form,
        seats,
        act=lambda: change_body(
            body=body, by=request.user, expected=form.expected, members=seats.seats(), **form.values
        ),
        said=_("The body is changed."),
        context=_around(product, heading, _("Save the body")),
    )


def body_end(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    body = find_body(product, key)
    form = EndForm(request.POST or None, initial={"ends_on": clock.today(), "version": body.version})
    heading = _("End the body: %(name)s") % {"name": body.name}
    intro = _("It stays in the history. Bodies that report to it will report to the one above.")
    return edit(
        request,
        form,
        "products/team_form.html",
        act=lambda: end_body(
            body=body,
            by=request.user,
            ends_on=form.cleaned_data["ends_on"],
            expected=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        to=reverse("governance-detail", args=[code]),
        said=_("The body ends."),
        context=_around(product, heading, _("End the body")) | {"intro": intro},
    )


def facing_add(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    form = FacingForm(request.POST or None, instance=CorporateFacing(product=product))
    return edit(
        request,
        form,
        "products/team_form.html",
        act=lambda: add_facing(product=product, by=request.user, **form.values),
        to=reverse("governance-detail", args=[code]),
        said=_("The corporate body is added."),
        context=_around(product, _("Add a corporate body that a role faces"), _("Add the corporate body")),
    )


@require_POST
def facing_remove(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = drafts_of(request, code)
    facing = CorporateFacing.objects.filter(product=product, pk=key).select_related("product").first()
    if facing is None:
        raise Http404
    remove_facing(facing=facing, by=request.user)
    return HttpResponseRedirect(reverse("governance-detail", args=[code]), status=303)


def find_body(product: Product, key: UUID) -> GovernanceBody:
    """A body of this product, or 404."""
    found = GovernanceBody.objects.filter(product=product, pk=key).select_related("product", "reports_to").first()
    if found is None:
        raise Http404
    return found


def _seats(request: HttpRequest, body: GovernanceBody | None) -> Any:
    members = (
        BodyMember.objects.filter(body=body).select_related("person").order_by("-is_chair", "created_at")
        if body
        else []
    )
    initial = [
        {"role": row.role, "person": row.person.name if row.person else "", "is_chair": row.is_chair} for row in members
    ]
    return SeatForms(request.POST or None, initial=initial, prefix="seat")


def _edited(
    request: HttpRequest, form: BodyForm, seats: Any, *, act: Any, said: str, context: dict[str, Any]
) -> HttpResponse:
    """As `edit`, with the members beside the body: a wrong member is as wrong as a wrong name."""
    if "more" in request.POST:
        form, seats = _as_typed(form), seats.with_one_more()
        return render(request, "products/body_form.html", context | {"form": form, "seats": seats})
    if form.is_bound and not seats.is_valid():
        form.is_valid()
        return render(request, "products/body_form.html", context | {"form": form, "seats": seats}, status=422)
    return edit(
        request,
        form,
        "products/body_form.html",
        act=act,
        to=context["back"],
        said=said,
        context=context | {"seats": seats},
    )


def _as_typed(form: BodyForm) -> BodyForm:
    """The same texts, not judged yet, and the version they were written over."""
    fresh = BodyForm(instance=form.instance, product=form.instance.product)
    fresh.initial |= {name: form[name].value() for name in form.fields}
    return fresh


def _around(product: Product, heading: str, button: str) -> dict[str, Any]:
    return {
        "product": product,
        "heading": heading,
        "button": button,
        "back": reverse("governance-detail", args=[product.code]),
        "suggested": suggested_people(product.department_id),
    }
