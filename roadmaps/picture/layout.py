"""Lay out one roadmap year so that no two things meet and nothing is cut.

Each lane takes its milestones by date. The place of one runs from its ghost or mark to the end of its label (to the
edge when it leaves the year). Every shape of its label is tried at the highest free row; the one that ends highest
wins, the narrowest among equals. The whole lane is tried with every widest label in CAPS, the lowest lane wins, and
then its labels are given their other shapes one by one where that makes the lane lower still or its words easier.
When the lanes together are higher than the page has room for, the next poorer level is taken for all of them, so
that one picture speaks one way. The poorest level is kept even when it does not fit: a number is never left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from roadmaps.picture.grid import BEFORE, FIRST_LINE, GUTTER, LEAD, RADIUS, ROW, WIDTH
from roadmaps.picture.labels import (
    CAPS,
    LEVELS,
    SMALL,
    Entry,
    Line,
    Shape,
    milestone_entry,
    project_entry,
    shapes,
)
from roadmaps.picture.measure import measure, wrap
from roadmaps.picture.occupancy import Occupancy, box
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureYear

NAME_LEAD = 16.0
NAMES_SHARE = 2 / 3  # of the room: when names alone take more, counts under them give way to milestones
NEARLY = 1.25  # a level this much too high is not worth improving
IMPROVABLE = 24  # entries of a lane, beyond which trying every shape costs more than it brings


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


@dataclass(frozen=True)
class Placed:
    entry: Entry
    x: float  # centre of the mark
    y: float
    radius: float
    offset: float
    lines: tuple[Line, ...]
    beside: bool  # its number stands before its title, not under its mark


@dataclass(frozen=True)
class LaidBand:
    band: Band
    top: float
    bottom: float
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Layout:
    level: str
    bands: tuple[LaidBand, ...]
    bottom: float

    @property
    def grid_bottom(self) -> float:
        """Where months end: what has no month has no grid behind it."""
        dated = [laid.bottom for laid in self.bands if laid.band.kind != "unscheduled"]
        return max(dated, default=self.bottom)


Choice = list[tuple[Entry, Shape, int]]  # entry, shape, row
Options = list[tuple[Entry, list[Shape]]]


@dataclass(frozen=True)
class Packing:
    choice: Choice
    rows: int

    @property
    def score(self) -> tuple[int, int]:
        """A low lane first, then few lines of words, then little stairs."""
        return self.rows, sum(shape.rows + row for _, shape, row in self.choice)


def lay_out(year: PictureYear, words: PictureWords, top: float, room: float) -> Layout:
    """Place everything below `top` at the richest level that fits in `room` units."""
    bands = bands_of(year, words)
    if sum(band.name_rows for band in bands) * ROW > room * NAMES_SHARE:
        bands = [replace(band, note=()) for band in bands]
    for level in LEVELS:
        packed = None if hopeless(bands, level, room) else pack_bands(bands, level, int(room / ROW))
        if packed is not None:
            return _settle(packed, level, bands, top, room)
    level, packed = _least_bad(bands)
    return _settle(packed, level, bands, top, room)


def _least_bad(bands: list[Band]) -> tuple[str, list[Packing]]:
    """Nothing fits: the lowest picture there is, and among equals the one that says most."""
    tried = [(level, pack_bands(bands, level, None) or []) for level in LEVELS[-3:]]
    return min(tried, key=lambda each: sum(packing.rows for packing in each[1]))


def hopeless(bands: list[Band], level: str, room: float) -> bool:
    """Words alone would cover more than there is: packing cannot help."""
    words = sum(measure(*line) for band in bands for entry in band.entries for line in entry.lines_at(level))
    return words * LEAD > (WIDTH - BEFORE) * room


def pack_bands(bands: list[Band], level: str, rows: int | None) -> list[Packing] | None:
    """Pack every lane; None when they do not fit in `rows` even after every lane was improved."""
    options = [_options(band, level) for band in bands]
    packed = [pack_lane(band, own) for band, own in zip(bands, options, strict=True)]
    if rows is not None and sum(each.rows for each in packed) > NEARLY * rows:
        return None
    better = [_improved(band, own, each) for band, own, each in zip(bands, options, packed, strict=True)]
    if rows is not None and sum(each.rows for each in better) > rows:
        return None
    return better


def _options(band: Band, level: str) -> Options:
    return [(entry, shapes(entry, level)) for entry in sorted(band.entries, key=lambda entry: entry.order)]


def pack_lane(band: Band, options: Options) -> Packing:
    """The lowest packing of one lane when all its labels are at most so wide, over every width in CAPS."""
    caps = CAPS if any(len(ways) > 1 for _, ways in options) else CAPS[-1:]
    return min((_pack(band, _narrowed(options, cap)) for cap in caps), key=lambda packing: packing.score)


def _narrowed(options: Options, cap: float) -> Options:
    return [
        (entry, [shape for shape in ways if _label_width(entry, shape) <= cap] or ways[:1]) for entry, ways in options
    ]


def _improved(band: Band, options: Options, packing: Packing) -> Packing:
    """Give one label after another each of its other shapes and keep what makes the lane lower or words fewer."""
    if len(options) > IMPROVABLE:
        return packing
    chosen = [(entry, [shape]) for entry, shape, _ in packing.choice]
    for position, (entry, ways) in enumerate(options):
        for shape in ways if len(ways) > 1 else ():
            tried = _pack(band, [*chosen[:position], (entry, [shape]), *chosen[position + 1 :]])
            if tried.score < packing.score:
                packing = tried
                chosen[position] = (entry, [shape])
    return packing


def _pack(band: Band, options: Options) -> Packing:
    taken = Occupancy(WIDTH)
    taken.take([box(0, _name_right(band), band.name_rows)], 0)
    choice: Choice = []
    for entry, ways in options:
        places = [(taken.first_free(shape.boxes), shape) for shape in ways]
        row, shape = min(places, key=lambda place: _preference(entry, *place))
        taken.take(shape.boxes, row)
        choice.append((entry, shape, row))
    return Packing(choice, max(band.name_rows, taken.rows + 1 if choice else 0))


def _preference(entry: Entry, row: int, shape: Shape) -> tuple[float, float, float, float]:
    """Ending high is best; what has no month fills its lane from left to right."""
    if entry.slots:
        return row, shape.offset, shape.rows, shape.end
    return row + shape.rows, shape.offset, shape.end, 0


def _label_width(entry: Entry, shape: Shape) -> float:
    return shape.end - entry.course.last - shape.offset - 2 * RADIUS


def _name_right(band: Band) -> float:
    lines = [("head", line) for line in band.name] + [("flag", line) for line in band.note]
    return band.name_left + max((measure(*line) for line in lines), default=0.0) + 4


def _settle(packed: list[Packing], level: str, bands: list[Band], top: float, room: float) -> Layout:
    """Give rows their place in the picture; room that is left over lets lanes breathe, a little."""
    spare = room - sum(packing.rows for packing in packed) * ROW
    air = max(0, min(3, int(spare / ROW / (3 * max(1, len(bands))))))
    laid, edge = [], top
    for band, packing in zip(bands, packed, strict=True):
        radius = SMALL if level == "small" and band.kind != "projects" else RADIUS
        placed = tuple(
            Placed(
                entry,
                entry.course.stand + shape.offset,
                edge + row * ROW + FIRST_LINE,
                radius,
                shape.offset,
                shape.lines,
                shape.beside,
            )
            for entry, shape, row in packing.choice
        )
        bottom = edge + (packing.rows + air) * ROW
        laid.append(LaidBand(band, edge, bottom, placed))
        edge = bottom
    return Layout(level, tuple(laid), edge)


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
