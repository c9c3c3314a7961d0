"""Lay out one roadmap year so that no two things meet and nothing is cut.

Each lane takes its milestones by date. The place of one runs from its ghost or mark to the end of its label (to the
edge when it leaves the year). Every shape of its label is tried at the highest free row; the one that ends highest
wins, the narrowest among equals. The whole lane is tried with every widest label in CAPS, the lowest lane wins, and
then its labels are given their other shapes one by one where that makes the lane lower still or its words easier.
When the lanes together are higher than the page has room for, the next poorer level is taken for all of them, so
that one picture speaks one way. The poorest level is kept even when it does not fit: a number is never left out.
"""

from dataclasses import dataclass, replace

from roadmaps.picture.bands import Band, bands_of, name_right
from roadmaps.picture.grid import BEFORE, FIRST_LINE, LEAD, RADIUS, ROW, WIDTH
from roadmaps.picture.labels import (
    CAPS,
    LEVELS,
    SMALL,
    Entry,
    Line,
    Shape,
    shapes,
)
from roadmaps.picture.measure import measure
from roadmaps.picture.occupancy import Occupancy, box
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureYear

NAMES_SHARE = 2 / 3  # of the room: when names alone take more, counts under them give way to milestones
NEARLY = 1.25  # a level this much too high is not worth improving
IMPROVABLE = 24  # entries of a lane, beyond which trying every shape costs more than it brings


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
    before = _empty(band)
    for position, (entry, ways) in enumerate(options):
        for shape in ways if len(ways) > 1 else ():
            if shape is chosen[position][1][0]:
                continue
            later = [(entry, [shape]), *chosen[position + 1 :]]
            tried = _pack(band, later, before.copy(), packing.choice[:position])
            if tried.score < packing.score:
                packing = tried
                chosen[position] = (entry, [shape])
        _, shape, row = packing.choice[position]
        before.take(shape.boxes, row)
    return packing


def _empty(band: Band) -> Occupancy:
    """A lane in which only its name stands."""
    taken = Occupancy(WIDTH)
    taken.take([box(0, name_right(band), band.name_rows)], 0)
    return taken


def _pack(band: Band, options: Options, taken: Occupancy | None = None, before: Choice | None = None) -> Packing:
    """Place one entry after another; `before` are those that stand in `taken` already."""
    taken = taken or _empty(band)
    choice: Choice = list(before or [])
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
