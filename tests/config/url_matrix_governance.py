"""Who gets which answer from the addresses of toll-gates and boards; the cast and those who sit on the boards ask."""

from typing import Any

from tests.config.url_matrix import LEADS, READERS, Row, department, only, posted, thing, word
from tests.config.url_matrix_meetings import MEETINGS
from tests.config.url_matrix_memoranda import LIVING, SIGNING, WRITING
from tests.config.url_matrix_registers import REGISTERS
from tests.config.url_matrix_risks import RISKS

# Of those on the boards, one for each seat stands for all.
ON_BOARDS = ("chair", "member_one", "secretary", "observer")

NUMBERED = {"number": word(1)}
# Who reads reviews: the team, oversight, auditors, and the heads over the product; what is before a board, its people too.
REVIEWERS = READERS | {"sponsor", "cio", "cfo", "director_general", "portfolio_manager"}
BEFORE_THE_BOARD = REVIEWERS | {"chair", "member_one", "secretary", "observer"}


def prepares(**names: Any) -> Row:
    """The leads; refused to the other readers of reviews, for the rest it is not there."""
    return Row(allowed=frozenset(LEADS), readers=frozenset(REVIEWERS), names={"key": thing("review")} | names)


def before_board(**names: Any) -> Row:
    """What is submitted: for its readers and for the people of its board."""
    row = frozenset(BEFORE_THE_BOARD)
    return Row(allowed=row, readers=row, names={"key": thing("submitted")} | names)


def asked(**names: Any) -> Row:
    return prepares(wanted=thing("gate_input"), **names)


def button(**names: Any) -> Row:
    """An address forms of a review are sent to."""
    return posted(key=thing("review"), **names)


GATES: dict[str, Row] = {
    "gate-list": department(),
    "gate-detail": department(**NUMBERED),
    "gate-begin": posted(**NUMBERED),
    "live-change-begin": only(LEADS),
    "live-change-detail": department(key=thing("live_change")),
    "live-change-gate-detail": department(key=thing("live_change"), **NUMBERED),
    "live-change-gate-begin": posted(key=thing("live_change"), **NUMBERED),
    "review-detail": before_board(),
    "review-submitted": before_board(),
    "artefact-detail": before_board(artefact=thing("artefact")),
    "review-prepare": prepares(),
    "review-texts": prepares(),
    "review-check": prepares(),
    "review-withdraw": prepares(),
    "condition-propose": prepares(),
    "extra-link": prepares(),
    "extra-file": prepares(),
    "extra-record": prepares(),
    "input-link": asked(),
    "input-file": asked(),
    "input-record": asked(),
    "input-freeze": button(wanted=thing("gate_input")),
    "artefact-remove": button(artefact=thing("artefact")),
    "condition-drop": button(condition=thing("proposed")),
}
GOVERNANCE: dict[str, Row] = {
    "board-list": Row(),
    "board-detail": department(pk=lambda world: world.board.pk),
    **GATES,
    **LIVING,
    **MEETINGS,
    **REGISTERS,
    **RISKS,
    **SIGNING,
    **WRITING,
}
