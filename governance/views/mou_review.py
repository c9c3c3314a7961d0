"""A memorandum before it is signed: the checks, what was said of its text, the text, and the acts that go on (ux.md A7)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.actions.mou_review import ask_committee, give_opinion, reopen_mou, send_for_review, send_out
from governance.actions.mou_signing import void_mou
from governance.forms.mou_signing import OpinionForm, VersionReasonForm
from governance.models import Mou, MouParty, MouText, Review
from governance.mou.checks import checks_of
from governance.mou.frozen import frozen_text, the_text, voices_of
from governance.mou.powers import may_give_opinion
from governance.mou.waited_for import people_for
from governance.mou_states import MOU_MOVES, MouState, OpinionKind
from governance.permissions import may_write_mou
from governance.views.mou_lookup import pressed, shown, text_shown, visible_mou
from people.editing import edit
from people.permissions import require
from people.stepup import confirmed_identity, typed


def review_address(request: HttpRequest, code: str, key: UUID) -> str:
    return reverse("mou-review", args=[code, key])


def mou_review(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Where it stands: eight checks, who agrees, what goes on next."""
    mou = visible_mou(request, code, key)
    text = frozen_text(mou)
    voices = voices_of(mou, text)
    checks = checks_of(mou)
    review = Review.objects.filter(mou=mou).select_related("board").order_by("-created_at").first()
    told = shown(
        request,
        mou,
        text=text,
        checks=checks,
        unmet=sum(not each.is_met for each in checks),
        voices=[(each, _may_speak(request, mou, each), list(people_for(mou, each)[:3])) for each in voices],
        agreed=all(each.agrees for each in voices),
        review=review,
        may_see_review=review is not None and Review.objects.visible_to(request.user).filter(pk=review.pk).exists(),
        live_review=review if review is not None and review.is_live else None,
        lapsed=_lapsed(mou),
        moves=MOU_MOVES[mou.state],
    )
    return render(request, "governance/mou_review.html", told)


def _may_speak(request: HttpRequest, mou: Mou, voice: Any) -> bool:
    is_open = mou.state == MouState.IN_REVIEW and voice.opinion is None
    return is_open and bool(may_give_opinion(request.user, mou, voice.kind, voice.party))


def _lapsed(mou: Mou) -> list[MouText]:
    """Texts that no longer stand, with what sent them back."""
    standing = frozen_text(mou)
    rows = MouText.objects.filter(mou=mou).order_by("-number").prefetch_related("opinions", "signatures")
    return [each for each in rows if standing is None or each.pk != standing.pk]


@require_POST
def mou_send(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    return pressed(
        request,
        mou,
        lambda: send_for_review(mou=mou, by=request.user, expected=_version(request)),
        to=reverse("mou-review", args=[code, key]),
        said=_("The text is frozen and sent for review. Those who are to say something of it are told."),
    )


def _version(request: HttpRequest) -> int | None:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else None


@confirmed_identity
def mou_validate(request: HttpRequest, code: str, key: UUID, party: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    found = get_object_or_404(MouParty.objects.select_related("branch"), mou=mou, pk=party)
    return _opinion(
        request,
        mou,
        OpinionKind.VALIDATION,
        found,
        heading=_("Validate the memorandum for %(branch)s") % {"branch": found},
        agree=_("I validate this text for the branch"),
    )


@confirmed_identity
def mou_concur(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    return _opinion(
        request,
        visible_mou(request, code, key),
        OpinionKind.CONCURRENCE,
        None,
        heading=_("Concur with the memorandum"),
        agree=_("I concur with this text"),
    )


def _opinion(request: HttpRequest, mou: Mou, kind: str, party: MouParty | None, **words: Any) -> HttpResponse:
    """The frozen text in either language, and one answer to it."""
    require(may_give_opinion(request.user, mou, kind, party))
    back = reverse("mou-review", args=[mou.product.code, mou.pk])
    if mou.state != MouState.IN_REVIEW and request.method == "GET":
        return redirect(back)
    text = the_text(mou) if mou.state != MouState.DRAFT else None
    form = OpinionForm(typed(request), agree=words["agree"], initial={"seen": text.sha256 if text else ""})
    return edit(
        request,
        form,
        "governance/mou_opinion.html",
        act=lambda: give_opinion(mou=mou, kind=kind, party=party, by=request.user, **form.cleaned_data),
        to=back,
        said=_("Your answer is entered."),
        context=shown(request, mou, heading=words["heading"], back=back, **text_shown(request, text)),
    )


@require_POST
def mou_committee(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Begin the review by the committee and go on to prepare it."""
    mou = visible_mou(request, code, key)
    require(may_write_mou(request.user, mou))
    review = ask_committee(mou=mou, by=request.user)
    return HttpResponseRedirect(reverse("review-prepare", args=[review.pk]), status=303)


@require_POST
@confirmed_identity(page=review_address)
def mou_send_out(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    return pressed(
        request,
        mou,
        lambda: send_out(mou=mou, by=request.user, expected=_version(request)),
        to=reverse("mou-signing", args=[code, key]),
        said=_("The memorandum is out for signature. Whose turn it is, is told."),
    )


def mou_reopen(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    form = VersionReasonForm(request.POST or None, initial={"version": mou.version})
    return _ended(
        request,
        mou,
        form,
        MouState.DRAFT,
        act=lambda: reopen_mou(
            mou=mou, by=request.user, reason=form.cleaned_data["reason"], expected=form.cleaned_data["version"]
        ),
        said=_("The memorandum is a draft again."),
        heading=_("Take the text back to change it"),
        intro=_(
            "What was said of this text and its approval lapse. The changed text takes the same way from the beginning."
        ),
        button=_("Take it back"),
    )


@confirmed_identity
def mou_void(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    form = VersionReasonForm(typed(request), initial={"version": mou.version})
    return _ended(
        request,
        mou,
        form,
        MouState.VOIDED,
        act=lambda: void_mou(
            mou=mou, by=request.user, reason=form.cleaned_data["reason"], expected=form.cleaned_data["version"]
        ),
        said=_("The memorandum is voided. Everybody concerned is told."),
        heading=_("Void the memorandum"),
        intro=_(
            "This is final. Signatures that were given stay on record and count no more. All parties are told your reason."
        ),
        button=_("Void it"),
    )


def _ended(request: HttpRequest, mou: Mou, form: Any, state: str, *, act: Any, said: str, **words: Any) -> HttpResponse:
    require(may_write_mou(request.user, mou))
    back = reverse("mou-review", args=[mou.product.code, mou.pk])
    if state not in MOU_MOVES[mou.state] and request.method == "GET":
        return redirect(back)
    return edit(
        request,
        form,
        "governance/mou_reason.html",
        act=act,
        to=back,
        said=said,
        context=shown(request, mou, back=back, **words),
    )


def mou_text(request: HttpRequest, code: str, key: UUID, number: int) -> HttpResponse:
    """One frozen text, in either language, with its hash and what was said of it; for good."""
    mou = visible_mou(request, code, key)
    text = get_object_or_404(MouText.objects.prefetch_related("opinions__party__branch"), mou=mou, number=number)
    standing = frozen_text(mou)
    told = shown(request, mou, stands=standing is not None and standing.pk == text.pk, **text_shown(request, text))
    return render(request, "governance/mou_text.html", told)
