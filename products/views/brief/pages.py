"""The brief as readers and the team see it: published version, tasks, versions and their comparison."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from products.brief.comparing import compare
from products.brief.pictures import governance_picture, structure_picture
from products.brief.staleness import confirmed_this_quarter, staleness
from products.brief.state import brief_state
from products.models import BriefVersion, Product
from products.permissions import (
    may_change_structure,
    may_confirm_brief,
    may_edit_brief,
    may_publish_brief,
    may_see_drafts,
)
from products.views.lookup import visible_head


def brief_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who sees the product reads the latest version; who may see drafts also finds the tasks."""
    product, person = visible_head(request, code), request.user
    latest = BriefVersion.objects.filter(product=product).first()
    context = {"product": product, "published": latest, "age": staleness(product), "is_latest": True, **drawn(latest)}
    context["confirmed"] = confirmed_this_quarter(product)
    if may_see_drafts(person, product):
        context |= {
            "state": brief_state(product),
            "may_edit": bool(may_edit_brief(person, product)),
            "may_publish": bool(may_publish_brief(person, product)),
            "may_confirm": bool(may_confirm_brief(person, product)),
            "may_change_structure": bool(may_change_structure(person, product)),
        }
    return render(request, "products/brief/detail.html", context)


def brief_versions(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_head(request, code)
    versions = BriefVersion.objects.filter(product=product).defer("content")
    context = {"product": product, "versions": versions, "age": staleness(product)}
    return render(request, "products/brief/versions.html", context)


def brief_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    product = visible_head(request, code)
    version = find_version(product, number)
    latest = BriefVersion.objects.filter(product=product).values_list("number", flat=True).first()
    context = {"product": product, "published": version, "latest": latest, "is_latest": version.number == latest}
    return render(request, "products/brief/version.html", context | drawn(version))


def brief_compare(request: HttpRequest, code: str) -> HttpResponse:
    """?from=1&to=2; without them the latest version against the one before."""
    product = visible_head(request, code)
    numbers = list(BriefVersion.objects.filter(product=product).values_list("number", flat=True))
    context: dict[str, Any] = {"product": product, "numbers": numbers}
    if len(numbers) > 1:
        before = find_version(product, _number(request.GET.get("from"), numbers[1]))
        after = find_version(product, _number(request.GET.get("to"), numbers[0]))
        found = compare(before.content, after.content)
        context |= {"before": before, "after": after, "changed": [each for each in found if each.is_changed]}
        context["same"] = [each for each in found if not each.is_changed]
    return render(request, "products/brief/compare.html", context)


def find_version(product: Product, number: int) -> BriefVersion:
    """The version with this number, or 404."""
    version = BriefVersion.objects.filter(product=product, number=number).first()
    if version is None:
        raise Http404
    return version


def drafts_of(request: HttpRequest, code: str) -> Product:
    """The product, for who may see its drafts; 404 for others."""
    product = visible_head(request, code)
    if not may_see_drafts(request.user, product):
        raise Http404
    return product


def drawn(version: BriefVersion | None) -> dict[str, Any]:
    """What a version says, and its two pictures."""
    if version is None:
        return {}
    content = version.content
    return {"content": content, "structure": structure_picture(content), "governance": governance_picture(content)}


def _number(value: str | None, fallback: int) -> int:
    if not value:
        return fallback
    if not value.isdecimal() or len(value) > 6:
        raise Http404
    return int(value)
