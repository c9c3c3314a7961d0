"""Awaits my decision: what the boards I sit on have before them, and the conditions I verify (ux.md A11)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.models import Condition, Meeting, Seat
from governance.states import ConditionState, MeetingState
from governance.voting.waiting import When, waiting_for
from records import clock


def decision_waiting(request: HttpRequest) -> HttpResponse:
    rows = waiting_for(request.user)
    groups = [(when.label, [row for row in rows if row.when == when]) for when in When]
    told = {
        "groups": [(label, found) for label, found in groups if found],
        "mine": sum(row.is_mine for row in rows),
        "next_meeting": next_meeting(request.user) if not rows else None,
        **_tabs(request, "votes"),
    }
    return render(request, "governance/waiting.html", told)


def condition_verifying(request: HttpRequest) -> HttpResponse:
    """Conditions whose proof this person judges: proof given first, then those still open."""
    rows = Condition.objects.filter(verifier=request.user).outstanding()
    rows = rows.select_related("review__product", "review__gate", "review__risk", "owner", "decision")
    ordered = sorted(rows, key=lambda row: (row.state != ConditionState.PROVEN, row.due_on))
    told = {
        "rows": ordered,
        "ready": sum(row.state == ConditionState.PROVEN for row in ordered),
        "today": clock.today(),
    }
    return render(request, "governance/verifying.html", told | _tabs(request, "conditions"))


def _tabs(request: HttpRequest, current: str) -> dict[str, Any]:
    return {"tab": current, "main_place": "decisions"}


def next_meeting(person: Any) -> Meeting | None:
    """The next meeting of the boards this person sits on."""
    boards = Seat.objects.filter(person=person).on(clock.today()).values("board")
    rows = Meeting.objects.filter(board__in=boards, state=MeetingState.PLANNED, starts_at__gte=clock.now())
    return rows.order_by("starts_at").select_related("board").first()
