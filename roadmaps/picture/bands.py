"""The lanes of one picture before anything is placed: their names in lines, and who belongs where.

Lanes by goal have a letter; lanes by program, product or state have none. Milestones of no known lane get a lane of their
own, parallel projects follow, and what has no month comes last, under a rule and without the grid behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from roadmaps.picture.grid import BEFORE, GUTTER, LEAD, ROW
from roadmaps.picture.labels import Entry, milestone_entry, project_entry
from roadmaps.picture.measure import measure, wrap
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureYear

NAME_LEAD = 16.0


def name_left(letter: str) -> float:
    return max(24.0, measure("letter", letter) + 4) if letter else 0.0


@dataclass(frozen=True)
class Band:
    """One lane before it is packed: its name in lines, its entries and what sets it apart."""

    kind: str  # goal, projects or unscheduled
    letter: str
    name: tuple[str, ...]
    note: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def name_left(self) -> float:
        return name_left(self.letter)

    @property
    def name_rows(self) -> int:
        least = 38.0 if self.letter or not self.name else 0.0
        return ceil(max(least, 8 + NAME_LEAD * len(self.name) + LEAD * len(self.note) + 8) / ROW)


def name_right(band: Band) -> float:
    lines = [("head", line) for line in band.name] + [("flag", line) for line in band.note]
    return band.name_left + max((measure(*line) for line in lines), default=0.0) + 4


def bands_of(year: PictureYear, words: PictureWords) -> list[Band]:
    """The lanes from top to bottom: the year's own, strays, parallel projects, what has no month."""
    entries = [(milestone.lane, milestone_entry(milestone, year, words)) for milestone in year.milestones]
    known = {lane.key for lane in year.lanes}
    bands = []
    for lane in year.lanes:
        own = (entry for key, entry in entries if key == lane.key and not entry.slots)
        bands.append(_band("goal", lane.name, lane.note, own, lane.letter))
    strays = [entry for key, entry in entries if key not in known and not entry.slots]
    if strays:
        bands.append(_band("goal", words.other_lane, "", strays))
    if year.projects:
        projects = (project_entry(project, position) for position, project in enumerate(year.projects))
        bands.append(_band("projects", words.projects, words.projects_note, projects))
    undated = [entry for _, entry in entries if entry.slots]
    if undated:
        bands.append(_band("unscheduled", words.unscheduled, year.unscheduled_note, undated))
    if not year.milestones and not year.lanes:
        bands.insert(0, _band("goal", "", "", ()))  # where the picture says that there are none
    return bands


def _band(kind: str, name: str, note: str, entries: Iterable[Entry], letter: str = "") -> Band:
    """A name is narrow where something comes in from an earlier year, so that both can stand side by side."""
    own = tuple(entries)
    left = name_left(letter)
    crowded = any(entry.course.left < GUTTER for entry in own)
    width = (BEFORE - 10 if crowded else GUTTER - 10) - left
    if crowded and any(measure("head", word) > width for word in name.split(" ")):
        width = GUTTER - 10 - left  # a long word keeps its line; what comes in stands below the name
    return Band(kind, letter, wrap("head", name, width), wrap("flag", note, width), own)
