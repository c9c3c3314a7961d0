"""Allowed moves between states, as data: a table {from: {to, …}} in each package's `states.py`."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from records.refusals import OutOfTurn

Moves = Mapping[str, AbstractSet[str]]


def check_move(moves: Moves, before: str, after: str) -> None:
    """Raise OutOfTurn unless the table allows `before` → `after`."""
    if after not in moves.get(before, frozenset()):
        raise OutOfTurn(_("This is %(before)s; it cannot become %(after)s.") % {"before": before, "after": after})
