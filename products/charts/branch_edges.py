"""How a home branch is shown: by its acronym in words, and by the pattern of the box's left edge.

The patterns differ in shape, not in colour, so they survive black-and-white print and every eye. After the last the
first comes back; the acronym beside it still tells the branches apart.
"""

from products.charts.org_box import EDGE
from products.charts.org_tree import Branch, Node
from products.charts.svg import Canvas

Stroke = tuple[float, float, str]  # distance of the stroke from the edge, its width, its dashes
WHOLE, MIDDLE = EDGE, EDGE / 2
PATTERNS: tuple[tuple[Stroke, ...], ...] = (
    ((MIDDLE, WHOLE, ""),),  # solid
    ((0.7, 1.4, ""), (EDGE - 0.7, 1.4, "")),  # double rule
    ((MIDDLE, WHOLE, "11 4"),),  # blocks
    ((MIDDLE, WHOLE, "1.5 3"),),  # rungs
    ((0.7, 1.4, ""), (MIDDLE + 0.7, EDGE - 1.4, "4 4")),  # battlement
    ((MIDDLE, WHOLE, "11 3 2 3"),),  # block and rung
    ((0.7, 1.4, ""), (MIDDLE, 1.6, "4 4"), (EDGE - 0.7, 1.4, "")),  # road
    ((MIDDLE, WHOLE, "2 9"),),  # far rungs
)


def branches_in_order(roots: list[Node]) -> list[Branch]:
    """Each branch once, in the order met from the top of the trees."""
    return list(dict.fromkeys(node.position.branch for root in roots for node in root.walk()))


def draw_edge(canvas: Canvas, place: int, x: float, y: float, height: float) -> None:
    """Draw the edge of the branch at `place` in the key, down from `x`, `y`."""
    for offset, width, dashes in PATTERNS[place % len(PATTERNS)]:
        extra = f' stroke-width="{width:g}"' + (f' stroke-dasharray="{dashes}"' if dashes else "")
        canvas.line("edge", x + offset, y, x + offset, y + height, extra)
