"""The signing of a memorandum: whose turn it is, what signing means, the frozen text, and the acts under it (ux.md A7)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.mou_remarks import OPEN_STATES, ask_before_signing
from governance.actions.mou_signing import attach_signed_copy, decline_to_sign, sign_mou
from governance.forms.mou_signing import CopyForm, DeclineForm, QuestionForm, SignForm
from governance.models import Mou, MouOfficial, MouSignature
from governance.mou.accepting import accepted_words
from governance.mou.assurance import assurance_words
from governance.mou.frozen import frozen_text
from governance.mou.powers import may_attach_copy, may_sign
from governance.mou.remarks import may_ask, questions_of
from governance.mou.turns import Step, signing_of
from governance.mou_states import MouState
from governance.permissions import may_comment_mou
from governance.views.mou_lookup import reading_language, shown, signatory, text_shown, visible_mou
from people.actions.delegations import may_delegate
from people.editing import edit
from people.permissions import require
from people.stepup import assurance_of, confirmed_identity, typed
from records import clock
from records.evidence.scanning import is_scanned
from records.evidence.serving import served


def mou_signing(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Who signed, whose turn it is, and what signing here means, before anybody signs."""
    mou = visible_mou(request, code, key)
    if mou.state in (MouState.DRAFT, MouState.IN_REVIEW):
        return redirect("mou-review", code, key)
    signing = signing_of(mou)
    is_out = mou.state == MouState.OUT_FOR_SIGNATURE
    rows = [_row(request, each, is_out) for each in signing.steps]
    told = shown(
        request,
        mou,
        signing=signing,
        rows=rows,
        mine=[each for each in rows if each["may_sign"]],
        text=frozen_text(mou),
        may_delegate=bool(may_delegate(request.user, request.user)),
        is_out=is_out,
        is_too_late=is_out and mou.ends_on is not None and mou.ends_on < clock.today(mou.product.department.time_zone),
        may_ask=bool(may_ask(request.user, mou)),
        **_asked(request, mou),
    )
    return render(request, "governance/mou_signing.html", told)


def _asked(request: HttpRequest, mou: Mou) -> dict[str, Any]:
    """What signatories asked, and whether the reader may answer."""
    may_answer = mou.state in OPEN_STATES and bool(may_comment_mou(request.user, mou))
    return {"questions": questions_of(mou), "may_comment": may_answer}


def _row(request: HttpRequest, step: Step, is_out: bool) -> dict[str, Any]:
    signature = step.signature
    is_now = is_out and step.is_now
    return {
        "step": step,
        "how": assurance_words(signature) if signature else "",
        "may_sign": is_now and bool(may_sign(request.user, step.official)),
        "may_copy": is_now and bool(may_attach_copy(request.user, step.official)),
        "stands_in": step.official.person_id != request.user.pk,
        "has_left": is_now and not step.official.person.is_active,
    }


@confirmed_identity
def mou_sign(request: HttpRequest, code: str, key: UUID, official: UUID) -> HttpResponse:
    """Exactly the frozen text in the language of choice, one sentence to accept, one button."""
    mou = visible_mou(request, code, key)
    signer = signatory(mou, official)
    if (answer := _not_now(request, mou, signer)) is not None:
        return answer
    require(may_sign(request.user, signer))
    entered, seen = typed(request), frozen_text(mou)
    language = reading_language(request, entered)
    initial = {"seen": seen.sha256 if seen else "", "language": language}
    form = SignForm(entered, sentence=accepted_words(language), initial=initial)
    return edit(
        request,
        form,
        "governance/mou_sign.html",
        act=lambda: sign_mou(official=signer, by=request.user, assurance=assurance_of(request), **form.cleaned_data),
        to=reverse("mou-signing", args=[code, key]),
        said=_("You have signed."),
        context=_page(request, mou, signer, language=language, may_ask=True, **_asked(request, mou)),
    )


def mou_ask(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """A signatory's question about a section of the frozen text; answered on the page of that section."""
    mou = visible_mou(request, code, key)
    back = reverse("mou-signing", args=[code, key])
    if request.method == "GET" and mou.state != MouState.OUT_FOR_SIGNATURE:
        return redirect(back)
    require(may_ask(request.user, mou))
    form = QuestionForm(request.POST or None)
    context = shown(
        request,
        mou,
        heading=_("Ask before you sign"),
        intro=_("The writers and all parties are told and may answer. You can still sign or decline at any time."),
        button=_("Ask the question"),
        back=back,
    )
    return edit(
        request,
        form,
        "governance/mou_reason.html",
        act=lambda: ask_before_signing(mou=mou, by=request.user, **form.cleaned_data),
        to=back + "#questions",
        said=_("Your question is asked. You are told when somebody answers."),
        context=context,
    )


@confirmed_identity
def mou_decline(request: HttpRequest, code: str, key: UUID, official: UUID) -> HttpResponse:
    mou = visible_mou(request, code, key)
    signer = signatory(mou, official)
    if (answer := _not_now(request, mou, signer)) is not None:
        return answer
    require(may_sign(request.user, signer))
    seen = frozen_text(mou)
    form = DeclineForm(typed(request), initial={"seen": seen.sha256 if seen else ""})
    return edit(
        request,
        form,
        "governance/mou_reason.html",
        act=lambda: decline_to_sign(
            official=signer, by=request.user, assurance=assurance_of(request), **form.cleaned_data
        ),
        to=reverse("mou-signing", args=[code, key]),
        said=_("You have declined to sign. Everybody concerned is told."),
        context=_page(
            request,
            mou,
            signer,
            heading=_("Decline to sign"),
            intro=_(
                "Nobody can sign this text any more. It goes back to its writers, who may change it and begin again."
            ),
            button=_("Decline to sign"),
        ),
    )


@confirmed_identity
def mou_copy(request: HttpRequest, code: str, key: UUID, official: UUID) -> HttpResponse:
    """Hand in a copy signed on paper or by signed e-mail."""
    mou = visible_mou(request, code, key)
    signer = signatory(mou, official)
    if (answer := _not_now(request, mou, signer)) is not None:
        return answer
    require(may_attach_copy(request.user, signer))
    seen = frozen_text(mou)
    form = CopyForm(typed(request), request.FILES or None, initial={"seen": seen.sha256 if seen else ""})
    return edit(
        request,
        form,
        "governance/mou_reason.html",
        act=lambda: attach_signed_copy(official=signer, by=request.user, **form.cleaned_data),
        to=reverse("mou-signing", args=[code, key]),
        said=_("The signed copy is handed in. It counts as the signature once the scanner has let it pass.")
        if is_scanned()
        else _("The signed copy is handed in and counts as the signature."),
        context=_page(
            request,
            mou,
            signer,
            heading=_("Hand in a copy signed elsewhere"),
            intro=_(
                "For %(name)s. The document will say that it was signed on paper or by e-mail, and the copy stays with it."
            )
            % {"name": signer.person.name},
            button=_("Hand in the copy"),
        ),
    )


def _not_now(request: HttpRequest, mou: Mou, signer: MouOfficial) -> HttpResponse | None:
    """Who only looks at the address when there is nothing to sign any more is led to who signed; an act says why not."""
    step = signing_of(mou).step_of(signer)
    is_open = mou.state == MouState.OUT_FOR_SIGNATURE and step is not None and step.is_now
    return redirect("mou-signing", mou.product.code, mou.pk) if not is_open and request.method == "GET" else None


def _page(request: HttpRequest, mou: Mou, signer: MouOfficial, language: str = "", **more: Any) -> dict[str, Any]:
    signing = signing_of(mou)
    return shown(
        request,
        mou,
        official=signer,
        stands_in=signer.person_id != request.user.pk,
        signing=signing,
        back=reverse("mou-signing", args=[mou.product.code, mou.pk]),
        **text_shown(request, frozen_text(mou), language),
        **more,
    )


def mou_copy_file(request: HttpRequest, code: str, key: UUID, signature: UUID) -> HttpResponseBase:
    """The copy that was signed elsewhere, for whoever may read the memorandum."""
    mou = visible_mou(request, code, key)
    found = get_object_or_404(MouSignature.objects.select_related("evidence"), text__mou=mou, pk=signature)
    if found.evidence is None:
        raise Http404
    return served(request, found.evidence)
