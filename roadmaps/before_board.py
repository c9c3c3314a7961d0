"""Whether a board has an outcome before it: what the floors above know of it, and the team's own gate asks (domain.md §4)."""

from collections.abc import Callable

from roadmaps.models import Outcome

BEFORE_BOARD: list[Callable[[Outcome], bool]] = []


def is_before_board(outcome: Outcome) -> bool:
    """A board was asked about it and has not decided. One query for each floor that registered."""
    return any(says(outcome) for says in BEFORE_BOARD)
