"""What a person may see and change of themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.actions.people import choose_language
from people.actions.sessions import end_other_sessions, end_session
from people.forms.account import LanguageForm
from people.models import Person
from people.notices import deliveries_of, rhythm_of
from people.second_factor import factor_of, must_have
from people.sessions import signed_in
from people.states import Delivery, Rhythm
from people.verbs import by_capacity, rights


def account(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        choose_language(person=request.user, language=language, by=request.user)
        with translation.override(language):
            messages.success(request, _("Your language is saved."))
            return HttpResponseRedirect(reverse("account"))
    sessions = signed_in(request.user, request.session)
    context = {
        "form": form,
        "sessions": sessions,
        "mail_words": mail_words(request.user),
        "factor": factor_of(request.user),
        "must_have_factor": must_have(request.user),
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


def mail_words(person: Person) -> str:
    """What comes to this person by mail, in a sentence."""
    at_once = sum(way == Delivery.AT_ONCE for way in deliveries_of(person).values())
    words = ngettext(
        "%(count)d kind of notice comes by mail at once.", "%(count)d kinds of notices come by mail at once.", at_once
    )
    digest = {
        Rhythm.WEEKLY: _("The digest comes every Monday."),
        Rhythm.DAILY: _("The digest comes every day."),
        Rhythm.NEVER: _("No digest comes."),
    }
    return f"{words % {'count': at_once}} {digest[Rhythm(rhythm_of(person))]}"


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    reference, keep = request.POST.get("session", ""), request.session.session_key
    if reference:
        count = end_session(person=request.user, reference=reference, by=request.user)
    else:
        count = end_other_sessions(person=request.user, keep=keep, by=request.user)
    words = ngettext("%(count)s session ended.", "%(count)s sessions ended.", count)
    messages.success(request, words % {"count": count} if count else _("There was no other session to end."))
    return HttpResponseRedirect(reverse("account"))


@require_GET
def session_extend(request: HttpRequest) -> HttpResponse:
    """Answers that the session goes on; the visit itself has kept it."""
    return HttpResponse(status=204)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "people/about.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "people/accessibility.html")


@require_GET
def rights_show(request: HttpRequest) -> HttpResponse:
    """Who may do what, in words."""
    return render(request, "people/rights.html", {"groups": rights(), "capacities": by_capacity()})
