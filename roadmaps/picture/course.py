"""Where a milestone stands, where it came from and where it goes.

The approved month (baseline, captured at approval only) is a small hollow ghost, joined by a dashed way to the month
that holds now. What enters from another year or leaves for one has an arrow head instead of the end that is not in
this picture. A move to another year is a move, not a removal, so it stays visible in the year it leaves.
"""

from dataclasses import dataclass

from roadmaps.picture.grid import BEFORE, GHOST, RADIUS, WIDTH, mark_place
from roadmaps.picture.measure import measure
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureMilestone, PictureProject


@dataclass(frozen=True)
class Course:
    stand: float  # centre of the mark; of the number when the mark lies outside the year
    inside: bool = True  # the mark is in this year
    ghost: float | None = None
    way: tuple[float, float] | None = None  # from old to new
    head: int = 0  # arrow at the new end: 1 points right, -1 left, 0 none
    shift: str = ""
    shift_middle: float = 0.0

    @property
    def last(self) -> float:
        """Rightmost thing at the mark: the label begins beyond it."""
        return max(self.stand + (RADIUS if self.arrived else 0.0), self.ghost or 0.0)

    @property
    def arrived(self) -> bool:
        """From a later year: the head of its arrow touches the mark from the right."""
        return self.inside and self.head == -1

    @property
    def left(self) -> float:
        return min(self.stand, self.ghost or WIDTH, *(self.way or (WIDTH,)))

    @property
    def right(self) -> float:
        return max(self.last, *(self.way or (0.0,)))

    @property
    def tail(self) -> float:
        """Room the words at the right edge need: a title must end before them."""
        return measure("shift", self.shift) + 26 if self.right > WIDTH - 2 else 0.0


def course_of(milestone: PictureMilestone, words: PictureWords, show_baseline: bool = True) -> Course:
    """The course of one milestone; months out of the year become arrows."""
    month = _month_now(milestone)
    if month is None:
        return Course(stand=mark_place(0))
    shift = _shift(milestone, month, words) if show_baseline else ""
    if not 0 <= month < 12:
        return _leaving(milestone, month, shift)
    return _staying(milestone, month, shift, show_baseline)


def is_unscheduled(milestone: PictureMilestone) -> bool:
    return _month_now(milestone) is None


def _month_now(milestone: PictureMilestone) -> int | None:
    if milestone.carried_out and (milestone.month is None or milestone.month < 12):
        return 12
    return milestone.month


def _shift(milestone: PictureMilestone, month: int, words: PictureWords) -> str:
    if milestone.baseline is None or milestone.month is None or milestone.baseline == month:
        return ""
    moved = month - milestone.baseline
    return words.shift.format(shift=f"{'+' if moved > 0 else '−'}{abs(moved)}")


def _leaving(milestone: PictureMilestone, month: int, shift: str) -> Course:
    """The ghost stays even when approved months are hidden: it is all of this milestone that the year still shows."""
    half, later = measure("shift", shift) / 2, month >= 12
    ghost = None
    if milestone.baseline is not None and 0 <= milestone.baseline < 12:
        ghost = mark_place(milestone.baseline)
    stand = ghost if ghost is not None else mark_place(11 if later else 0)
    start = BEFORE if (milestone.baseline or 0) < 0 and later else stand
    end, middle = (WIDTH - 1, WIDTH - 14 - half) if later else (BEFORE - 4, BEFORE + 8 + half)
    return Course(stand, False, ghost, (start, end), 1 if later else -1, shift, middle)


def _staying(milestone: PictureMilestone, month: int, shift: str, show_baseline: bool) -> Course:
    stand, was, half = mark_place(month), milestone.baseline, measure("shift", shift) / 2
    if was is not None and was >= 12:
        return Course(stand, True, None, (WIDTH - 1, stand + RADIUS + 1), -1, shift, WIDTH - 4 - half)
    if milestone.carried_in or (was is not None and was < 0):
        return Course(stand, True, None, (BEFORE, stand - RADIUS - 1), 1, shift, BEFORE + 2 + half)
    if was is None or was == month or not show_baseline:
        return Course(stand)
    ghost = mark_place(was)
    reach = (GHOST, -RADIUS) if was < month else (-GHOST, RADIUS)
    middle = (ghost + reach[0] + stand + reach[1]) / 2
    return Course(stand, True, ghost, (ghost, stand), 0, shift, middle)


def project_course(project: PictureProject) -> Course:
    """A project's bar runs to the month it expects; a month beyond the year is an arrow."""
    start = project.start if project.start is not None else project.expected
    expected = project.expected
    if expected is None or start is None:
        return Course(stand=mark_place(0))
    if expected >= 12:
        return Course(mark_place(min(max(start, 0), 11)), False, None, (mark_place(max(start, 0)), WIDTH - 1), 1)
    if expected < 0:
        return Course(mark_place(0), False, None, (mark_place(0), BEFORE - 4), -1)
    way = (mark_place(max(start, 0)), mark_place(expected)) if start < expected else None
    return Course(mark_place(expected), True, None, way)
