"""The boards of a department, and one board: its terms, what it decides, who sits there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from governance.models import Board
from governance.permissions import may_read_board, may_run_meeting
from governance.reading.boards import boards_for, standing_of, with_parts
from governance.reading.lists import meetings_of, reviews_for_agenda
from governance.states import ReviewState


@require_GET
def board_list(request: HttpRequest) -> HttpResponse:
    boards = boards_for(request.user)
    departments = {each.board.department_id for each in boards}
    return render(
        request,
        "governance/board_list.html",
        {
            "in_use": [each for each in boards if each.board.is_active],
            "out_of_use": [each for each in boards if not each.board.is_active],
            "shows_department": len(departments) > 1,
        },
    )


@require_GET
def board_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    board = get_object_or_404(with_parts(Board.objects.visible_to(request.user)), pk=pk)
    told = {"board": board, "standing": standing_of(board), "meetings": meetings_of(board, request.user)}
    told |= {"may_run": bool(may_run_meeting(request.user, board)), "reads": bool(may_read_board(request.user, board))}
    if told["may_run"]:
        told["waiting"] = list(reviews_for_agenda(board).filter(state=ReviewState.SUBMITTED))
    return render(request, "governance/board_detail.html", told)
