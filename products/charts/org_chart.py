"""The cross-organisational structure of a product team as a picture (Product Team Brief, element 2).

Every position shows its home branch in a word and in the pattern of its left edge, because a team across branches is
what the picture is about; a vacant position has a dashed outline and says so. The picture keeps to the room the caller
gives, which at 1200 units across a landscape letter page, or 900 across an upright one, prints words at 7 points.
"""

from dataclasses import dataclass
from functools import partial

from products.charts.branch_edges import branches_in_order, draw_edge
from products.charts.key import Entry, Key, lay_out_key
from products.charts.org_box import ABOVE, LEFT, OrgChartWords
from products.charts.org_layout import Layout, Placed, lay_out
from products.charts.org_tree import Branch, Position, grow
from products.charts.svg import ASCENT, LEAD, Canvas

MARGIN, KEY_ABOVE = 1.0, 22.0  # half a line's width and more, so that no outline is cut; white above the key
ENGLISH = OrgChartWords()

__all__ = ["Branch", "OrgChart", "OrgChartWords", "Position", "draw_org_chart"]


@dataclass(frozen=True)
class OrgChart:
    """The picture, its size, and what had to be left to the table: see `products.charts.org_box.LEVELS`."""

    svg: str
    width: float
    height: float
    level: str
    fits: bool  # False when it is larger than the room: give it a larger page
    layout: Layout


def draw_org_chart(
    positions: list[Position],
    *,
    summary: str,
    words: OrgChartWords = ENGLISH,
    max_width: float = 1200.0,
    max_height: float = 860.0,
    prefix: str = "org-chart",
) -> OrgChart:
    """Draw the positions, in units of which words are 12 high.

    `summary` becomes the accessible name, so it tells what the picture shows; `prefix` keeps ids unique on the page.
    Raises ValueError, naming the ids, for ids used twice, superiors not given, and positions reporting in a circle.
    """
    if not positions:
        raise ValueError("No positions to draw")
    roots = grow(positions)
    branches = branches_in_order(roots)
    key = lay_out_key(_key_entries(positions, branches, words), max_width - 2 * MARGIN)
    room = max_height - key.height - KEY_ABOVE - 2 * MARGIN
    layout = lay_out(roots, words, max_width - 2 * MARGIN, room)
    width, height = max(max_width, layout.width + 2 * MARGIN), layout.height + KEY_ABOVE + key.height + 2 * MARGIN
    canvas = _drawn(layout, key, branches, (width - layout.width) / 2)
    svg = canvas.finish(name="org-chart", prefix=prefix, summary=summary, width=width, height=height)
    return OrgChart(svg, width, height, layout.level, layout.fits, layout)


def _drawn(layout: Layout, key: Key, branches: list[Branch], left: float) -> Canvas:
    canvas = Canvas()
    for x1, y1, x2, y2 in layout.lines:
        canvas.line("line", left + x1, MARGIN + y1, left + x2, MARGIN + y2)
    for box in layout.boxes:
        _draw_box(canvas, box, branches.index(box.position.branch), left + box.x, MARGIN + box.y)
    key.draw(canvas, MARGIN, MARGIN + layout.height + KEY_ABOVE)
    return canvas


def _draw_box(canvas: Canvas, box: Placed, branch: int, x: float, y: float) -> None:
    canvas.rectangle("box" if box.position.holder else "box vacant", x, y, box.width, box.height)
    draw_edge(canvas, branch, x, y, box.height)
    for i, line in enumerate(box.lines):
        foot = y + ABOVE + i * LEAD + ASCENT
        for layer, indent, text in line:
            canvas.text(layer.removesuffix(" first"), x + LEFT + indent, foot, text)
        if line[0][0] == "role first":
            _draw_role_mark(canvas, x + LEFT, foot - 4)


def _draw_role_mark(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon("fill", [(x, y), (x + 3.5, y - 3.5), (x + 7, y), (x + 3.5, y + 3.5)])


def _key_entries(positions: list[Position], branches: list[Branch], words: OrgChartWords) -> list[Entry]:
    """Every branch; then the marks that occur."""
    entries = [
        Entry(partial(_draw_edge_sample, i), branch.name, branch.acronym, 13.0) for i, branch in enumerate(branches)
    ]
    if any(position.roles for position in positions):
        entries.append(Entry(_draw_role_mark, words.key_role, sample=13.0))
    if not all(position.holder for position in positions):
        entries.append(Entry(_draw_vacant_sample, words.key_vacant))
    return entries


def _draw_edge_sample(place: int, canvas: Canvas, x: float, y: float) -> None:
    draw_edge(canvas, place, x, y - 7.5, 15)


def _draw_vacant_sample(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle("box vacant", x, y - 6, 18, 12)
