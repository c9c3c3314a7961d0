"""One point: the brief and the vote on one screen; conflicts, the vote reviewed, cast, changed (ux.md A8)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance import events
from governance.actions.votes import cast_vote, close_voting, declare_conflict, open_voting
from governance.forms.votes import ConflictForm, VoteForm
from governance.models import AgendaPoint
from governance.reading.brief import brief_of
from governance.reading.lists import numbered
from governance.reading.why import why
from governance.states import AgendaState
from governance.views.boardroom import page, point_place, press, review_point, visible_point
from governance.voting.seats import seat_lines
from governance.voting.sitting import sitting_of
from governance.voting.tally import Tally
from governance.voting.voices import chair_of, voice_of, why_closed
from governance.voting.waiting import next_for
from people.editing import add_errors
from people.stepup import confirmed_identity, typed


def address(request: HttpRequest, key: UUID) -> str:
    return reverse("point-detail", args=[key])


def point_show(request: HttpRequest, key: UUID) -> HttpResponse:
    point = visible_point(request, key)
    kept = typed(request)
    return show(request, point, VoteForm(kept if kept and "choice" in kept else None), _conflict_form(kept))


def _conflict_form(kept: Any) -> ConflictForm:
    return ConflictForm(kept if kept and "conflict" in kept else None)


def show(
    request: HttpRequest, point: AgendaPoint, form: VoteForm, conflict_form: ConflictForm, status: int = 200
) -> HttpResponse:
    """The page of a point. A matter of discussion has its own, smaller one."""
    told = page(request, point.meeting, point_place(point), point=point)
    if point.review is None:
        return render(request, "governance/matter.html", told)
    sitting = sitting_of(point)
    voice = voice_of(request.user, sitting)
    is_voting = point.state == AgendaState.VOTING
    told |= {
        "review": point.review,
        "brief": brief_of(point.review, getattr(point, "decision", None)),
        "sitting": sitting,
        "tally": Tally.from_json(point.tally) if point.tally else sitting.tally(),
        "lines": seat_lines(sitting),
        "is_hidden": is_voting and point.meeting.board.hides_tally,
        "closed": why_closed(sitting),
        "removed": why(point, events.POINT_REMOVED) if point.state == AgendaState.REMOVED else None,
        "voice": voice,
        "mine": sitting.ballots.get(voice.seat.pk) if voice.seat else None,
        "may_recuse": _may_recuse(sitting, voice),
        "may_decide": bool(chair_of(request.user, sitting)),
        "form": form,
        "conflict_form": conflict_form,
    }
    return render(request, "governance/point.html", told, status=status)


def _may_recuse(sitting: Any, voice: Any) -> bool:
    """Whether this person may still declare a conflict for the seat they act from."""
    seat = voice.seat
    is_open = sitting.point.state in (AgendaState.WAITING, AgendaState.VOTING)
    return bool(seat and is_open and seat.pk not in sitting.recusals and seat.pk not in sitting.ballots)


@require_POST
def voting_open(request: HttpRequest, key: UUID) -> HttpResponse:
    point = review_point(request, key)
    return press(
        request,
        lambda: open_voting(point=point, by=request.user),
        to=address(request, key),
        said=_("Voting is open; those who have a vote are told."),
    )


@require_POST
def voting_close(request: HttpRequest, key: UUID) -> HttpResponse:
    point = review_point(request, key)
    return press(
        request,
        lambda: close_voting(point=point, by=request.user),
        to=address(request, key),
        said=_("Voting is closed. The tally stands as it is."),
    )


@require_POST
def conflict_declare(request: HttpRequest, key: UUID) -> HttpResponse:
    point = review_point(request, key)
    form = ConflictForm(request.POST)
    if form.is_valid():
        try:
            declare_conflict(point=point, conflict=form.cleaned_data["conflict"], by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Your conflict is declared. Your seat takes no part in this point."))
            return HttpResponseRedirect(address(request, key), status=303)
    return show(request, point, VoteForm(), form, status=422)


@require_POST
def vote_check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the vote once more before it is cast; nothing is kept yet."""
    point = review_point(request, key)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return show(request, point, form, ConflictForm(), status=422)
    here = (reverse("point-detail", args=[key]), point_place(point)[1])
    told = page(request, point.meeting, here, ("", _("Your vote")), point=point, review=point.review, form=form)
    chosen = dict(form.fields["choice"].choices)[form.cleaned_data["choice"]]
    told |= {"chosen": chosen, "brief": brief_of(point.review), **form.cleaned_data}
    return render(request, "governance/vote_check.html", told)


@require_POST
@confirmed_identity(page=address)
def vote_cast(request: HttpRequest, key: UUID) -> HttpResponse:
    """Cast the vote, then open the next point that waits for this person."""
    point = review_point(request, key)
    form = VoteForm(request.POST)
    if form.is_valid():
        try:
            ballot = cast_vote(point=point, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _onward(request, ballot)
    return show(request, point, form, ConflictForm(), status=422)


def _onward(request: HttpRequest, ballot: Any) -> HttpResponse:
    following = next_for(request.user, ballot.point)
    if following is None:
        return HttpResponseRedirect(reverse("vote-done", args=[ballot.point_id]), status=303)
    said = _("Your vote on “%(what)s” is cast: %(choice)s. This is the next one that waits for you.")
    messages.success(request, said % {"what": ballot.point, "choice": ballot.get_choice_display()})
    return HttpResponseRedirect(reverse("point-detail", args=[following.pk]), status=303)


def vote_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was cast from the seat of this person, ballot by ballot; the address keeps working."""
    point = review_point(request, key)
    sitting = sitting_of(point)
    voice = voice_of(request.user, sitting)
    ballots = point.ballots.filter(seat=voice.seat).order_by("number") if voice.seat else point.ballots.none()
    told = page(
        request,
        point.meeting,
        (reverse("point-detail", args=[key]), point_place(point)[1]),
        ("", _("Your vote")),
        point=point,
        review=point.review,
        ballots=numbered(ballots),
        last=ballots.last(),
        is_open=not why_closed(sitting),
    )
    return render(request, "governance/vote_done.html", told)
