"""The version log of an agreement, and its text as amended to a day (ux.md A7)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.mou_log import describe_version, sign_again
from governance.actions.mou_reviewed import note_review
from governance.forms.mou_life import LogForm, ReviewNoteForm
from governance.models import Mou
from governance.mou.ahead import next_review
from governance.mou.living import titles_of
from governance.mou.reading import amended_by, in_force_on
from governance.mou.sections import latest_text
from governance.mou_states import MouState
from governance.permissions import may_write_mou
from governance.views.mou_living import shown
from governance.views.mou_lookup import text_shown, visible_mou
from people.editing import edit
from people.permissions import require
from products.views.lookup import visible_head
from records import clock


def log_show(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    rows = Mou.objects.visible_to(request.user).filter(number=mou.number).order_by("edition")
    editions = [(each, titles_of(each), each.history.order_by("history_date").first()) for each in rows]
    told = {
        "editions": editions,
        "may_write": may_write_mou(request.user, mou),
        "was_in_force": MouState.was_in_force(),
    }
    return render(request, "governance/mou_log.html", shown(mou, **told))


def log_describe(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    require(may_write_mou(request.user, mou))
    form = LogForm(request.POST or None, instance=mou)
    back = reverse("mou-log", args=[code, mou.pk])
    return edit(
        request,
        form,
        "products/form.html",
        act=lambda: describe_version(mou=form.instance, by=request.user, expected=form.expected, **form.values),
        to=back,
        said=_("The changes are saved."),
        context=shown(
            mou,
            heading=_("What changed with version %(number)s") % {"number": mou.edition},
            intro=_("Stands in the version log. The signed document keeps its own words."),
            button=_("Save the changes"),
            back=back,
        ),
    )


def review_note(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Note that the review that is due was done; whoever comes when none is due is led to the memorandum."""
    mou = visible_mou(request, code, key)
    require(may_write_mou(request.user, mou))
    due, back = next_review(mou), reverse("mou-detail", args=[code, mou.pk])
    if mou.state != MouState.IN_FORCE or due is None:
        return redirect(back)
    form = ReviewNoteForm(request.POST or None, mou=mou, due_on=due)
    return edit(
        request,
        form,
        "governance/mou_form.html",
        act=lambda: note_review(mou=mou, by=request.user, **form.cleaned_data),
        to=back,
        said=_("The review is noted. The parties are told."),
        context=shown(
            mou,
            heading=_("Note the review due on %(day)s as done") % {"day": due.isoformat()},
            intro=_("The parties read it beside the agreement. What should be agreed anew takes an amendment."),
            button=_("Note the review"),
            back=back,
        ),
    )


@require_POST
def mou_sign_again(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    amendment = sign_again(mou=mou, by=request.user)
    return HttpResponseRedirect(reverse("mou-detail", args=[code, amendment.pk]), status=303)


def mou_as_amended(request: HttpRequest, code: str) -> HttpResponse:
    """The text that binds on a day, each section with the version that wrote it last."""
    product = visible_head(request, code)
    day, wrong = _asked(request)
    mou = in_force_on(product, day) if not wrong else None
    if mou is not None and not Mou.objects.visible_to(request.user).filter(pk=mou.pk).exists():
        raise Http404
    told: dict[str, Any] = {"product": product, "current": "mou", "main_place": "products", "day": day, "wrong": wrong}
    if mou is not None:
        mou.product = product
        told |= shown(mou, **text_shown(request, latest_text(mou)))
        if "said" in told:
            told["amended"] = _note_sections(mou, told["said"], told["text_language"])
    return render(request, "governance/mou_as_amended.html", told, status=422 if wrong else 200)


def _note_sections(mou: Mou, said: dict[str, Any], language: str) -> list[int]:
    """Say above each section that was amended by which version, in the language of the text; the numbers of those sections."""
    wrote = {number: each for number, each in amended_by(mou).items() if each.is_amendment}
    with translation.override(language):
        for section in said["sections"]:
            if found := wrote.get(section["number"]):
                values = {"number": found.edition, "day": found.in_force_from}
                section["note"] = _("As amended by version %(number)s, in force from %(day)s") % values
    return sorted(wrote)


def _asked(request: HttpRequest) -> tuple[date, str]:
    asked = request.GET.get("on", "").strip()
    try:
        return (date.fromisoformat(asked) if asked else clock.today()), ""
    except ValueError:
        return clock.today(), _("“%(day)s” is not a day. Write it as 2026-11-17.") % {"day": asked[:20]}
