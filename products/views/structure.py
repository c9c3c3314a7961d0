"""The cross-organisational structure: its picture, the same as a table, and its positions by form."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.editing import edit
from people.permissions import require
from products.actions.structure import add_position, change_position, end_position
from products.brief.canonical import structure_content
from products.brief.pictures import structure_picture
from products.forms.fields import suggested_people
from products.forms.team import EndForm, PositionForm
from products.models import Position, Product
from products.permissions import may_change_structure
from products.views.brief.pages import drafts_of
from records import clock


def structure_detail(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    content = structure_content(product)
    context = {"product": product, "content": content, "structure": structure_picture(content)}
    context["may_change"] = bool(may_change_structure(request.user, product))
    return render(request, "products/structure.html", context)


def position_add(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    form = PositionForm(request.POST or None, instance=Position(), product=product)
    return edit(
        request,
        form,
        "products/team_form.html",
        act=lambda: add_position(product=product, by=request.user, **form.values),
        to=reverse("structure-detail", args=[code]),
        said=_("The position is added."),
        context=_around(product, _("Add a position"), _("Add the position")),
    )


def position_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    position = find_position(product, key)
    form = PositionForm(request.POST or None, instance=find_position(product, key), product=product)
    heading = _("Change the position: %(title)s") % {"title": position.title}
    return edit(
        request,
        form,
        "products/team_form.html",
        act=lambda: change_position(position=position, by=request.user, expected=form.expected, **form.values),
        to=reverse("structure-detail", args=[code]),
        said=_("The position is changed."),
        context=_around(product, heading, _("Save the position")),
    )


def position_end(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    product = drafts_of(request, code)
    require(may_change_structure(request.user, product))
    position = find_position(product, key)
    form = EndForm(request.POST or None, initial={"ends_on": clock.today(), "version": position.version})
    heading = _("End the position: %(title)s") % {"title": position.title}
    intro = _("It stays in the history. Positions that report to it will report to the one above.")
    return edit(
        request,
        form,
        "products/team_form.html",
        act=lambda: end_position(
            position=position,
            by=request.user,
            ends_on=form.cleaned_data["ends_on"],
            expected=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        to=reverse("structure-detail", args=[code]),
        said=_("The position ends."),
        context=_around(product, heading, _("End the position")) | {"intro": intro},
    )


def find_position(product: Product, key: UUID) -> Position:
    """A position of this product, or 404."""
    found = (
        Position.objects.filter(product=product, pk=key)
        .select_related("product", "branch", "holder", "reports_to")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _around(product: Product, heading: str, button: str) -> dict[str, object]:
    return {
        "product": product,
        "heading": heading,
        "button": button,
        "back": reverse("structure-detail", args=[product.code]),
        "suggested": suggested_people(product.department_id),
    }
