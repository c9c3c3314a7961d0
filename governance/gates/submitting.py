"""What stands in the way of submitting a review, in words, each under the name of what is missing (ux.md A8)."""

from datetime import date

from django.utils.translation import gettext as _

from governance.gates.inputs import artefacts_of, checklist
from governance.models import Artefact, Board, GateInput, Meeting, Review
from governance.mou.ready import problems_to_submit
from governance.risks.accepting import why_no_board
from governance.states import MeetingState
from records import clock


def competent_boards(review: Review) -> list[Board]:
    """The boards of the product's department that may decide this."""
    boards = Board.objects.deciding(review.kind, review.gate).filter(department=review.product.department_id)
    return list(boards.select_related("department"))


def input_field(gate_input: GateInput) -> str:
    """The name under which an input stands in an error summary and on the page."""
    return f"input-{gate_input.pk}"


def problems(review: Review, board: Board | None = None) -> dict[str, list[str]]:
    """Everything that stands in the way, name → words; empty when the review can be submitted."""
    found: dict[str, list[str]] = {}
    for row in checklist(review):
        if row.is_missing:
            found[input_field(row.input)] = [_("Attach what gate %(number)d asks for: %(name)s") % {
                "number": row.input.gate.number, "name": row.input.name}]  # fmt: skip
    for artefact in artefacts_of(review):
        words = _file_problem(artefact)
        if words:
            found.setdefault(input_field(artefact.input) if artefact.input else "extras", []).append(words)
    if not review.ask_en.strip():
        found["ask_en"] = [_("Write the ask in English.")]
    if not review.ask_fr.strip():
        found["ask_fr"] = [_("Write the ask in French.")]
    if review.risk is not None and (review.asked_until or date.min) <= clock.today(review.product.department.time_zone):
        found["asked_until"] = [_("Say until when the board is asked to accept the risk: a day to come.")]
    if review.risk is not None and review.risk.is_open and (words := why_no_board(review.risk)):
        found["risk"] = [words]
    if review.mou is not None and (missing := problems_to_submit(review.mou)):
        found["mou"] = missing
    words = _board_problem(review, board)
    return found | ({"board": [words]} if words else {})


def _file_problem(artefact: Artefact) -> str:
    """A board gets only files that the scanner found clean."""
    if artefact.evidence is None or artefact.evidence.is_clean:
        return ""
    if artefact.evidence.is_waiting:
        return _("%(name)s still waits for its scan. Try again in a minute.") % {"name": artefact.evidence.name}
    return _("%(name)s was refused. Remove it, and attach another file.") % {"name": artefact.evidence.name}


def _board_problem(review: Review, board: Board | None) -> str:
    boards = competent_boards(review)
    if not boards:
        return _("No board of %(department)s decides this yet. Administrators set up boards.") % {
            "department": review.product.department
        }
    if board is None and len(boards) > 1:
        return _("Choose the board that is to decide.")
    if board is not None and board not in boards:
        return _("This board does not decide this.")
    return ""


def next_meeting(board: Board) -> Meeting | None:
    """The board's next planned meeting or written procedure, if one is called."""
    planned = Meeting.objects.filter(board=board, state=MeetingState.PLANNED, starts_at__gt=clock.now())
    return planned.order_by("starts_at").first()
