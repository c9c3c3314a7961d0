"""What a person was told of, and how they want to be told."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.actions.notices import choose_mail, read_all_notices, read_notice
from people.forms.notices import NoticesForm
from people.models import Notice

PAGE_SIZE = 25


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user).unread_first()
    return render(
        request, "people/notice_list.html", {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    )


@require_POST
def notice_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    read_notice(notice=notice, by=request.user)
    return HttpResponseRedirect(reverse("notice-list"))


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    count = read_all_notices(by=request.user)
    said = ngettext("%(count)d notice is marked as read.", "%(count)d notices are marked as read.", count)
    messages.success(request, said % {"count": count} if count else _("There was nothing unread."))
    return HttpResponseRedirect(reverse("notice-list"))


def notice_settings(request: HttpRequest) -> HttpResponse:
    form = NoticesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(by=request.user, rhythm=form.cleaned_data["rhythm"], deliveries=form.deliveries())
        messages.success(request, _("Your choice of notices and mail is saved."))
        return HttpResponseRedirect(reverse("notice-settings"))
    return render(request, "people/notice_settings.html", {"form": form}, status=422 if form.errors else 200)
