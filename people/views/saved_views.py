"""Saving views of lists, choosing the one a list opens with, and forgetting them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.actions.saved_views import choose_view, delete_view, save_view
from people.forms.saved_views import SavedViewForm
from people.models import SavedView


def own_path(request: HttpRequest, address: str) -> str:
    """`address` when it stays on this site, else the home page."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours and address.startswith("/") else reverse("home")


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return render(request, "people/view_save.html", {"form": form}, status=422)
    given = form.cleaned_data
    view = save_view(
        by=request.user, page=given["page"], name=given["name"], query=given["query"], is_shared=given["is_shared"]
    )
    if given["is_default"]:
        choose_view(view=view, by=request.user)
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return HttpResponseRedirect(f"{own_path(request, given['back'])}?{view.query}")


def _view(request: HttpRequest, pk: UUID) -> SavedView:
    return get_object_or_404(SavedView.objects.for_reader(request.user, request.POST.get("page", "")), pk=pk)


@require_POST
def view_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the list with this view from now on; without `on`, with all rows again."""
    view, is_default = _view(request, pk), bool(request.POST.get("on"))
    choose_view(view=view, by=request.user, is_default=is_default)
    said = _("This list opens with “%(name)s” now.") if is_default else _("This list opens without “%(name)s” now.")
    messages.success(request, said % {"name": view.name})
    return HttpResponseRedirect(f"{own_path(request, request.POST.get('back', ''))}?{view.query}")


@require_POST
def view_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    view = _view(request, pk)
    delete_view(view=view, by=request.user)
    messages.success(request, _("View “%(name)s” deleted.") % {"name": view.name})
    return HttpResponseRedirect(own_path(request, request.POST.get("back", "")))
