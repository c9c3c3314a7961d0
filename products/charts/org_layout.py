"""Lay out the positions of a team so that they fit one page.

The ways of `org_ways` are tried at several widths of box, the most comfortable first, and at falling levels of detail.
The first level at which something fits is taken, and of its ways the tidiest. When nothing fits, the way that overruns
least is drawn whole; nothing is ever cut. Boxes in a row share one height per depth, so that levels are seen across
the picture.
"""

from dataclasses import dataclass, field

from products.charts.org_blocks import DROP, IN_LIST, INDENT, SPINE, Block, Column
from products.charts.org_box import LEVELS, Line, OrgChartWords, box_height, box_lines
from products.charts.org_tree import Node, Position
from products.charts.org_ways import Sheet

WIDTHS = {
    184.0: 0.0,
    200.0: 0.5,
    168.0: 1.0,
    216.0: 1.5,
    240.0: 2.5,
    152.0: 4.0,
    136.0: 8.0,
}  # of boxes, with their discomfort

Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placed:
    """A box on the page with its words."""

    position: Position
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass
class Layout:
    """Boxes and lines of the whole picture; `fits` tells whether it kept to its room."""

    width: float
    height: float
    level: str
    fits: bool
    boxes: list[Placed] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)


def lay_out(roots: list[Node], words: OrgChartWords, width: float, height: float) -> Layout:
    """Arrange the trees in `width` × `height` at the richest level of detail that fits."""
    overrunning: list[tuple[float, str, Sheet, Block]] = []
    for level in LEVELS:
        tried = [
            (way.hanging + WIDTHS[sheet.box_width], _overrun(way, width, height), sheet, way)
            for sheet in _sheets(roots, words, level, height)
            for way in [_best(sheet.page(roots), width, height)]
        ]
        if fitting := [attempt for attempt in tried if attempt[1] <= 1]:
            _, _, sheet, way = min(fitting, key=lambda attempt: attempt[0])
            return _placed(sheet, way, level, True)
        overrunning += [(overrun, level, sheet, way) for _, overrun, sheet, way in tried]
    _, level, sheet, way = min(overrunning, key=lambda attempt: attempt[0])
    return _placed(sheet, way, level, False)


def _sheets(roots: list[Node], words: OrgChartWords, level: str, room: float) -> list[Sheet]:
    """Every width of box, with rows before lists."""
    nodes = [node for root in roots for node in root.walk()]
    sheets = []
    for width in WIDTHS:
        lines = {node.position.id: box_lines(node.position, words, level, width) for node in nodes}
        groups = [roots, *(node.reports for node in nodes)]
        sheets += [Sheet(width, lines, _shared(groups, lines, rows), room, rows) for rows in (True, False)]
    return sheets


def _shared(groups: list[list[Node]], lines: dict[str, tuple[Line, ...]], rows_only: bool) -> dict[int, float]:
    """The height of boxes in a row, by depth; boxes that will stand in a list have no say."""
    shared: dict[int, float] = {}
    for group in groups:
        lone = sum(not node.reports for node in group) == 1
        for node in group:
            if rows_only or lone or node.reports:
                shared[node.depth] = max(box_height(lines[node.position.id]), shared.get(node.depth, 0.0))
    return shared


def _overrun(way: Block, width: float, height: float) -> float:
    """How many times the room a way takes; up to 1 it fits."""
    return max(way.width / width, way.height / height)


def _best(ways: list[Block], width: float, height: float) -> Block:
    """Among those that fit the tidiest, then the one that leaves most room; else the one that overruns least."""
    return min(ways, key=lambda way: (_overrun(way, width, height) > 1, way.hanging, _overrun(way, width, height)))


def _placed(sheet: Sheet, way: Block, level: str, fits: bool) -> Layout:
    layout = Layout(way.width, way.height, level, fits)
    _place(layout, sheet, way, 0.0, 0.0)
    return layout


def _place(layout: Layout, sheet: Sheet, block: Block, x: float, y: float) -> None:
    """Put a block with its corner at `x`, `y`, then all below it."""
    if block.node:
        left, width, height = block.box
        position = block.node.position
        layout.boxes.append(Placed(position, x + left, y, width, height, sheet.lines[position.id]))
        layout.lines += _drops(block, x, y)
    for start, part in zip(block.lefts, block.columns, strict=True):
        top = y + block.top
        for below in part.blocks:
            _place(layout, sheet, below, x + start + (INDENT if part.listed else 0.0), top)
            top += below.height + IN_LIST
        if block.node and part.listed:
            layout.lines += _spine(
                part, x + start, y + (block.box[2] if block.sole_list else block.top - DROP / 2), y + block.top
            )


def _drops(block: Block, x: float, y: float) -> list[Segment]:
    """From the box down to the rail, along it, and down to each box that has a column of its own."""
    if not block.columns or block.sole_list:
        return []
    rail, foot, middle = y + block.box[2] + DROP / 2, y + block.box[2], x + block.middle
    arrivals = [x + start + part.attachment for start, part in zip(block.lefts, block.columns, strict=True)]
    left, right = min(arrivals[0], middle), max(arrivals[-1], middle)
    lone = [arrival for arrival, part in zip(arrivals, block.columns, strict=True) if not part.listed]
    along = [(left, rail, right, rail)] if right > left else []
    return [(middle, foot, middle, rail), *along, *((at, rail, at, y + block.top) for at in lone)]


def _spine(part: Column, x: float, start: float, top: float) -> list[Segment]:
    """Down the left of a list, with a short line to each box."""
    ticks = []
    for block in part.blocks:
        ticks.append((x + SPINE, top + block.box[2] / 2, x + INDENT, top + block.box[2] / 2))
        top += block.height + IN_LIST
    return [(x + SPINE, start, x + SPINE, ticks[-1][1]), *ticks]
