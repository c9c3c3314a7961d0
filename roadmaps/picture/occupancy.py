"""Which parts of a lane are taken: a set of whole numbers, one per column, whose bits are the rows.

A box is free at row r when its columns, laid over each other, leave `rows` bits clear from r on. Shifting and masking
finds the highest such row for a box in a few steps however much has been placed, which is what makes 120 milestones
at every width and every level a matter of milliseconds. Columns are 4 units wide and boxes are rounded outwards, so
two boxes that are both placed never touch.
"""

from collections.abc import Iterable
from functools import reduce
from math import ceil
from operator import or_

COLUMN = 4.0
Box = tuple[int, int, int]  # first column, column after the last, rows


def box(left: float, right: float, rows: int) -> Box:
    return max(0, int(left // COLUMN)), ceil(right / COLUMN), rows


class Occupancy:
    def __init__(self, width: float) -> None:
        self.columns = [0] * (ceil(width / COLUMN) + 1)
        self.rows = 0  # lowest row in use

    def copy(self) -> "Occupancy":
        """The same places taken; what is taken next stays here."""
        other = Occupancy(0)
        other.columns, other.rows = self.columns.copy(), self.rows
        return other

    def first_free(self, boxes: Iterable[Box]) -> int:
        """The highest row at which every box is free; the boxes hang from one line."""
        fits = -1
        for left, right, rows in boxes:
            fits &= _starts_of_runs(~reduce(or_, self.columns[left:right], 0), rows)
        return (fits & -fits).bit_length() - 1

    def take(self, boxes: Iterable[Box], row: int) -> None:
        for left, right, rows in boxes:
            taken = ((1 << rows) - 1) << row
            self.columns[left:right] = [column | taken for column in self.columns[left:right]]
            self.rows = max(self.rows, row + rows)


def _starts_of_runs(free: int, rows: int) -> int:
    """Bits where a run of `rows` set bits starts; below the lowest thing placed everything is free."""
    have = 1
    while have < rows:
        step = min(have, rows - have)
        free &= free >> step
        have += step
    return free
