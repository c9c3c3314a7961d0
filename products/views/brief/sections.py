"""One section of the brief: typed, autosaved in private, saved as the team's draft, reconciled when two people wrote."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.bilingual import LANGUAGES
from people.editing import add_errors
from people.permissions import require
from products.actions.brief_buffers import drop_buffer, keep_buffer
from products.actions.briefs import save_roles, save_section
from products.brief.drafts import drafted, sections_of
from products.brief.reconcile import chosen, clashes
from products.brief.state import brief_state
from products.forms.fields import suggested_people
from products.forms.roles import RolesSection, role_rows
from products.forms.sections import OrganisationSection, PlacesSection, ProductSection, SectionForm, as_data, typed
from products.models import BriefBuffer, BriefSection, Product
from products.permissions import may_assign_roles, may_edit_brief, may_publish_brief, may_see_drafts
from products.states import BriefSectionCode
from products.views.lookup import visible_head
from records.refusals import Conflict, Stale

FORMS: dict[str, type[SectionForm]] = {
    form.code: form for form in (ProductSection, OrganisationSection, PlacesSection, RolesSection)
}
MOST_TYPED = 200_000  # characters of one section; more is not text anybody typed


def brief_section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    product = editable(request, code, section)
    if request.method != "POST":
        return _opened(request, product, section)
    if "resolve" in request.POST:
        return _resolved(request, product, section)
    if request.POST.keys() & {"switch_language", "more", "less"}:
        return _kept_aside(request, product, section)
    return _saved(request, product, section, _form(request, product, section, data=request.POST))


@require_POST
def brief_autosave(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """Keep what is typed, unchecked and in private; the answer says when."""
    product = editable(request, code, section)
    content = typed(section, request.POST)
    if len(json.dumps(content)) > MOST_TYPED:
        return JsonResponse({"reason": _("This is too long to be kept.")}, status=413)
    buffer = keep_buffer(product=product, code=section, content=content, based_on=_seen(request), by=request.user)
    return JsonResponse({"at": f"{timezone.localtime(buffer.saved_at):%H:%M}"})


@require_POST
def brief_discard(request: HttpRequest, code: str, section: str) -> HttpResponse:
    product = editable(request, code, section)
    drop_buffer(product=product, code=section, by=request.user)
    messages.info(request, _("What you had typed and not saved is gone. This is the team’s draft."))
    return HttpResponseRedirect(reverse("brief-section", args=[code, section]), status=303)


def editable(request: HttpRequest, code: str, section: str) -> Product:
    """The product whose draft this person may write. 404 for who may not see drafts, 403 for who may only read them."""
    product = visible_head(request, code)
    if section not in BriefSectionCode.values or not may_see_drafts(request.user, product):
        raise Http404
    require(may_edit_brief(request.user, product))
    return product


def _opened(request: HttpRequest, product: Product, section: str) -> HttpResponse:
    """The team's draft, or what this person typed last and did not save."""
    buffer = BriefBuffer.objects.filter(product=product, code=section, person=request.user).first()
    row = BriefSection.objects.filter(product=product, code=section).first()
    start = _start(product, section, row)
    if buffer is not None:
        start |= buffer.content | {"version": buffer.based_on}
    return _page(request, product, _form(request, product, section, initial=start), row, buffer=buffer)


def _start(product: Product, section: str, row: BriefSection | None) -> dict[str, Any]:
    start = drafted(product)[section] | {"version": row.version if row else 0}
    return start | ({"done": "yes" if row.is_declared_complete else "no"} if row else {})


def _form(
    request: HttpRequest, product: Product, section: str, *, data: Any = None, initial: Any = None
) -> SectionForm:
    rows = request.GET.get("rows", "")
    extra: dict[str, Any] = {"rows": int(rows) if rows.isdecimal() and len(rows) < 3 else 0}
    if section == BriefSectionCode.ROLES:
        family = list(Product.objects.filter(parent=product).order_by("code"))
        may_assign = bool(may_assign_roles(request.user, product))
        extra |= {"roles": role_rows(product), "family": family, "may_assign": may_assign}
    return FORMS[section](data, product=product, initial=initial or {}, **extra)


def _page(
    request: HttpRequest,
    product: Product,
    form: SectionForm,
    row: BriefSection | None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    state = brief_state(product)
    if form.code == BriefSectionCode.ROLES:
        context["suggested"] = suggested_people(product.department_id)
    context |= {"product": product, "form": form, "row": row, "state": state, "task": state.task(form.code)}
    context |= {"may_publish": bool(may_publish_brief(request.user, product)), "language_form": "work"}
    return render(request, f"products/brief/section_{form.code}.html", context, status=status)


def _saved(request: HttpRequest, product: Product, section: str, form: SectionForm) -> HttpResponse:
    """Save, or show again everything that was typed: 422 with what is wrong, 409 with both texts."""
    status = 422
    if form.is_valid():
        try:
            _save(request, product, form)
        except ValidationError as error:
            add_errors(form, error)
        except Stale as stale:
            return _conflict(request, product, form, stale)
        except Conflict as conflict:
            form.add_error(None, str(conflict.reason))
            status = 409
        else:
            title = BriefSectionCode(section).label
            messages.success(request, _("%(section)s: saved in the team’s draft.") % {"section": title})
            return HttpResponseRedirect(reverse("brief-detail", args=[product.code]), status=303)
    return _page(request, product, form, sections_of(product).get(section), status=status)


def _save(request: HttpRequest, product: Product, form: SectionForm) -> None:
    asked = {
        "product": product,
        "content": form.content(),
        "expected": form.cleaned_data["version"],
        "is_declared_complete": form.cleaned_data["done"] == "yes",
        "by": request.user,
    }
    if isinstance(form, RolesSection):
        save_roles(**asked, ends=form.ends(), starts=form.new_holders())
    else:
        save_section(**asked, code=form.code)


def _conflict(request: HttpRequest, product: Product, form: SectionForm, stale: Stale) -> HttpResponse:
    """Both texts, field by field. What was typed travels in the page and in the private buffer."""
    mine = typed(form.code, form.data) | form.content()
    keep_buffer(product=product, code=form.code, content=mine, based_on=stale.current.version, by=request.user)
    found = clashes(form.code, mine, drafted(product)[form.code])
    context = {"product": product, "section": form.code, "stale": stale, "clashes": found, "mine": json.dumps(mine)}
    context |= {"done": form.cleaned_data["done"], "title": BriefSectionCode(form.code).label}
    return render(request, "products/brief/conflict.html", context, status=409)


def _resolved(request: HttpRequest, product: Product, section: str) -> HttpResponse:
    """Put the chosen texts together and save them over the version the person saw."""
    data = as_data(section, chosen(section, request.POST, drafted(product)[section]))
    data["version"], data["done"] = str(_seen(request)), request.POST.get("done", "no")
    return _saved(request, product, section, _form(request, product, section, data=data))


def _kept_aside(request: HttpRequest, product: Product, section: str) -> HttpResponse:
    """Keep what is typed and come back: in the other language, or with one more or one fewer row."""
    content = typed(section, request.POST)
    if (gone := request.POST.get("less", "")).isdecimal():
        rows = content.get("repositories", [])
        content["repositories"] = [row for at, row in enumerate(rows) if at != int(gone)]
    keep_buffer(product=product, code=section, content=content, based_on=_seen(request), by=request.user)
    address = reverse("brief-section", args=[product.code, section])
    if (language := request.POST.get("switch_language")) in LANGUAGES:
        return HttpResponseRedirect(translate_url(address, language), status=303)
    if "more" in request.POST:
        count = len(content.get("repositories", []))
        return HttpResponseRedirect(f"{address}?rows={count + 1}#id_repository_{count}_name_en", status=303)
    return HttpResponseRedirect(f"{address}#repositories", status=303)


def _seen(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0
