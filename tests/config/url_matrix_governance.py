"""Who gets which answer from the addresses of toll-gates and boards; the cast and those who sit on the boards ask."""

from tests.config.url_matrix import Row, department

# Of those on the boards, one for each seat stands for all.
ON_BOARDS = ("chair", "member_one", "secretary", "observer")

GOVERNANCE: dict[str, Row] = {
    "board-list": Row(),
    "board-detail": department(pk=lambda world: world.board.pk),
}
