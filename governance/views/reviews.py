"""One review: prepare it, check it, submit it, read it, withdraw it (ux.md A8)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance import events
from governance.actions.reviews import change_review, submit_review, withdraw_review
from governance.forms.reviews import ReviewTextsForm, SubmitForm, WithdrawForm
from governance.gates import package
from governance.gates.inputs import artefacts_of, checklist, extras
from governance.gates.offering import offers
from governance.gates.since import follow, moved_on
from governance.gates.submitting import competent_boards, input_field, next_meeting, problems
from governance.models import Condition, Decision, Meeting, Package, Review
from governance.permissions import may_prepare_review, may_submit_review
from governance.reading.brief import brief_of
from governance.reading.risks import asked_now
from governance.reading.why import why
from governance.states import REVIEW_MOVES, AgendaState, ConditionState, ReviewState
from governance.views.lookup import prepared_review, shown, visible_review, while_prepared
from people.editing import edit
from people.permissions import require
from records.refusals import Conflict


def review_prepare(request: HttpRequest, key: UUID) -> HttpResponse:
    """The checklist; POST looks whether everything is there and goes on to the check page, or says what is missing."""
    review = prepared_review(request, key)
    if review.state != ReviewState.PREPARING:
        return redirect("review-detail", key)
    found = problems(review) if request.method == "POST" else {}
    if request.method == "POST" and not found:
        return HttpResponseRedirect(reverse("review-check", args=[key]), status=303)
    return render(
        request, "governance/review_prepare.html", _preparation(request, review, found), status=422 if found else 200
    )


def _preparation(request: HttpRequest, review: Review, found: dict[str, list[str]]) -> dict[str, Any]:
    rows, boards = checklist(review), competent_boards(review)
    beyond = extras(review, rows)
    kinds = {row.input.frozen_kind for row in rows}
    offered = offers(review, request.user, kinds)
    return shown(
        review,
        rows=[(row, input_field(row.input), _open_offers(row, offered)) for row in rows],
        missing=sum(row.is_missing for row in rows),
        extras=beyond,
        moved=moved_on([each for row in rows for each in row.artefacts] + beyond),
        conditions=_proposed(review),
        boards=boards,
        meeting=next_meeting(boards[0]) if len(boards) == 1 else None,
        problems=linked(review, found),
        found=found,
        may_submit=may_submit_review(request.user, review),
        risk=asked_now(review),
    )


def _open_offers(row: Any, offered: dict[str, list[Any]]) -> list[Any]:
    """The records that serve an input and are not attached to it as they are now."""
    attached = {(each.frozen_key, each.frozen_digest) for each in row.artefacts}
    return [each for each in offered.get(row.input.frozen_kind, []) if (each.key, each.digest) not in attached]


def linked(review: Review, found: dict[str, list[str]], page: str = "") -> list[tuple[str, str]]:
    """Each problem with the address of the place where it is mended."""
    return [(f"{page}#{name}", words) for name, texts in found.items() for words in texts]


def _proposed(review: Review) -> list[Condition]:
    rows = Condition.objects.filter(review=review).exclude(state=ConditionState.DROPPED)
    return list(rows.select_related("owner", "verifier").order_by("number"))


@while_prepared
def review_texts(request: HttpRequest, key: UUID) -> HttpResponse:
    review = prepared_review(request, key)
    form = ReviewTextsForm(request.POST or None, instance=review)
    back = reverse("review-prepare", args=[key])
    return edit(
        request,
        form,
        "governance/review_form.html",
        act=lambda: change_review(review=review, by=request.user, expected=form.expected, **form.values),
        to=back,
        said=_("The texts are saved."),
        context=shown(review, heading=_("Write what the board reads first"), button=_("Save the texts"), back=back),
    )


def review_check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that is submitted, to be read once more; POST submits exactly that."""
    review = prepared_review(request, key)
    require(may_submit_review(request.user, review))
    if review.state != ReviewState.PREPARING and request.method == "GET":
        return redirect("review-detail", key)
    form = SubmitForm(request.POST or None, review=review)
    if request.method != "POST":
        return _check(request, review)
    if not form.is_valid():
        return _check(request, review, form, status=422)
    values = {"expected": form.cleaned_data["version"], "seen": form.cleaned_data["seen"]}
    try:
        submit_review(review=review, board=form.board, by=request.user, **values)
    except ValidationError as error:
        found = {name: [str(each) for each in words] for name, words in error.message_dict.items()}
        return _check(request, review, status=422, found=found)
    except Conflict as conflict:
        fresh = visible_review(request, key)
        if fresh.state != ReviewState.PREPARING:
            raise
        return _check(request, fresh, status=409, overtaken=conflict.reason)
    return HttpResponseRedirect(reverse("review-submitted", args=[key]), status=303)


def _check(
    request: HttpRequest,
    review: Review,
    form: SubmitForm | None = None,
    *,
    status: int = 200,
    found: dict[str, list[str]] | None = None,
    overtaken: object = "",
) -> HttpResponse:
    seen = package.sha256(package.draft_of(review))
    form = form or SubmitForm(review=review, initial={"version": review.version, "seen": seen})
    told = shown(
        review,
        form=form,
        artefacts=follow(artefacts_of(review)),
        conditions=_proposed(review),
        boards=competent_boards(review),
        problems=linked(review, found or {}, reverse("review-prepare", args=[review.pk])),
        overtaken=overtaken,
        risk=asked_now(review),
    )
    return render(request, "governance/review_check.html", told, status=status)


def review_submitted(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stays at its address: the reference, and what happens next."""
    review = visible_review(request, key)
    frozen = Package.objects.filter(review=review).first()
    if frozen is None:
        return redirect("review-prepare", key)
    told = shown(review, package=frozen, brief=brief_of(review), meeting=next_meeting(review.board))
    return render(request, "governance/review_submitted.html", told)


def review_show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was submitted, whether it changed since, where it stands."""
    review = visible_review(request, key)
    may_prepare = bool(may_prepare_review(request.user, review.product, review.kind))
    if review.state == ReviewState.PREPARING and may_prepare:
        return redirect("review-prepare", key)
    frozen = Package.objects.filter(review=review).first()
    decisions = list(Decision.objects.filter(review=review).order_by("-decided_at"))
    followed = [] if frozen else follow(artefacts_of(review))
    brief = brief_of(review, next(iter(decisions), None)) if frozen else None
    told = shown(
        review,
        package=frozen,
        is_intact=frozen is not None and package.sha256(frozen.content) == frozen.sha256,
        brief=brief,
        risk=brief.risk if brief else asked_now(review),
        artefacts=followed,
        conditions=[] if frozen else _proposed(review),
        state_words=capfirst(review.get_state_display()),
        decisions=decisions,
        withdrawal=why(review, events.REVIEW_WITHDRAWN) if review.state == ReviewState.WITHDRAWN else None,
        point=(point := review.points.exclude(state=AgendaState.REMOVED).select_related("meeting").last()),
        may_see_meeting=point and Meeting.objects.visible_to(request.user).filter(pk=point.meeting_id).exists(),
        may_withdraw=may_prepare and ReviewState.WITHDRAWN in REVIEW_MOVES[review.state],
    )
    return render(request, "governance/review_detail.html", told)


def review_withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    review = prepared_review(request, key)
    if ReviewState.WITHDRAWN not in REVIEW_MOVES[review.state] and request.method == "GET":
        return redirect("review-detail", key)
    form = WithdrawForm(request.POST or None, initial={"version": review.version})
    back = reverse("review-detail", args=[key])
    return edit(
        request,
        form,
        "governance/review_form.html",
        act=lambda: withdraw_review(
            review=review, by=request.user, reason=form.cleaned_data["reason"], expected=form.cleaned_data["version"]
        ),
        to=back,
        said=_("The review is withdrawn. What was prepared stands ready for the next attempt."),
        context=shown(
            review,
            heading=_("Withdraw attempt %(number)d") % {"number": review.attempt},
            button=_("Withdraw it"),
            back=back,
            intro=_withdrawing(review),
        ),
    )


def _withdrawing(review: Review) -> str:
    if review.state == ReviewState.PREPARING:
        return _("No board has seen it. The next attempt begins with the same texts and artefacts.")
    return _("It leaves the board’s agenda. The next attempt begins with the same texts and artefacts.")
