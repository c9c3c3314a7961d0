"""Check the answers, publish, what happens next, the PDF; and the quarterly confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.permissions import require
from products import fiscal
from products.actions.briefs import confirm_brief, publish_brief
from products.brief.comparing import compare
from products.brief.pictures import governance_picture, structure_picture
from products.brief.staleness import confirmed_this_quarter, policy, quarter_start, staleness
from products.brief.state import brief_state
from products.forms.publishing import PublishForm
from products.jobs import DOCUMENT, RENDER
from products.models import BriefVersion, Product
from products.permissions import may_confirm_brief, may_publish_brief
from products.views.brief.pages import drafts_of, find_version
from products.views.lookup import visible_head
from records import clock
from records.downloads import pdf_to_save
from records.jobs import hasten, is_parked
from records.models import Document
from records.refusals import Conflict


def brief_check(request: HttpRequest, code: str) -> HttpResponse:
    product = drafts_of(request, code)
    return _check(request, product, PublishForm(initial={"seen": _latest(product)}))


def brief_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish; 422 with the missing elements, 409 when another version came first."""
    product = drafts_of(request, code)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("brief-check", args=[code]))
    require(may_publish_brief(request.user, product))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _check(request, product, form, status=422)
    seen, note = form.cleaned_data["seen"], form.cleaned_data["note"]
    try:
        version = publish_brief(product=product, by=request.user, seen=seen, note=note)
    except ValidationError:
        return _check(request, product, form, status=422)
    except Conflict as conflict:
        again = PublishForm(initial={"seen": _latest(product), "note": note})
        return _check(request, product, again, status=409, overtaken=conflict.reason)
    return HttpResponseRedirect(reverse("brief-published", args=[code, version.number]), status=303)


def brief_published(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Stays at its address: what was published, and what happens next."""
    product = visible_head(request, code)
    version = find_version(product, number)
    context = {"product": product, "published": version, "ready": _documents(version), "age": staleness(product)}
    return render(request, "products/brief/published.html", context)


def brief_document(request: HttpRequest, code: str, number: int, language: str) -> HttpResponse:
    """The stored bytes; on to the waiting page while they are being made."""
    version = find_version(visible_head(request, code), number)
    document = Document.objects.filter(kind=DOCUMENT, subject_id=str(version.pk), language=language).first()
    if document is None:
        hasten(RENDER, str(version.pk))
        return HttpResponseRedirect(reverse("brief-waiting", args=[code, number]), status=303)
    return pdf_to_save(document.content, f"{code}-brief-v{number}-{language}.pdf")


def brief_waiting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Tells whether the documents are ready; renews itself without script."""
    product = visible_head(request, code)
    version = find_version(product, number)
    ready = _documents(version)
    is_stuck = len(ready) < 2 and is_parked([RENDER], [str(version.pk)])
    context = {"product": product, "published": version, "ready": ready, "is_stuck": is_stuck}
    return render(request, "products/brief/waiting.html", context)


def brief_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The Head of Product says once a quarter that roles, repositories, applications and structures are true."""
    product = drafts_of(request, code)
    require(may_confirm_brief(request.user, product))
    version = BriefVersion.objects.filter(product=product).first()
    state = brief_state(product)
    context = {"product": product, "published": version, "age": staleness(product), "state": state}
    context["content"] = state.content
    context["confirmed"] = confirmed_this_quarter(product)
    context["next_from"] = fiscal.add_months(quarter_start(product, clock.today()), 3)
    if request.method != "POST":
        return render(request, "products/brief/confirm.html", context)
    try:
        confirm_brief(product=product, by=request.user)
    except Conflict as conflict:
        return render(request, "products/brief/confirm.html", context | {"refused": conflict.reason}, status=409)
    messages.success(request, _("Confirmed for this quarter. Readers see the date beside the brief."))
    return HttpResponseRedirect(reverse("brief-detail", args=[code]), status=303)


def _check(
    request: HttpRequest, product: Product, form: PublishForm, *, status: int = 200, overtaken: object = ""
) -> HttpResponse:
    state = brief_state(product)
    latest = BriefVersion.objects.filter(product=product).first()
    context: dict[str, Any] = {
        "product": product,
        "form": form,
        "state": state,
        "content": state.content,
        "overtaken": overtaken,
        "refused": status == 422,
        "blocking": state.blocking(needs_both=policy().needs_both_languages),
        "latest": latest,
        "next": latest.number + 1 if latest else 1,
        "may_publish": bool(may_publish_brief(request.user, product)),
        "structure": structure_picture(state.content),
        "governance": governance_picture(state.content),
    }
    if latest is not None:
        context["changed"] = [each for each in compare(latest.content, state.content) if each.is_changed]
    return render(request, "products/brief/check.html", context, status=status)


def _latest(product: Product) -> int:
    return BriefVersion.objects.filter(product=product).values_list("number", flat=True).first() or 0


def _documents(version: BriefVersion) -> list[Document]:
    return list(Document.objects.filter(kind=DOCUMENT, subject_id=str(version.pk)).defer("content"))
