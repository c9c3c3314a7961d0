"""The shapes that carry meaning, the same in the picture, in tables and in the agenda.

Shape is state, so everything survives black and white: hollow is planned, half full in progress, full with a check
released, grey with a stroke cancelled. A diamond is a milestone, an octagon a decision gate, a small grey diamond an
approved month, a grey square the month a parallel project expects, a triangle a risk, an arrow head another year.
"""

from roadmaps.picture.canvas import Canvas, Point
from roadmaps.picture.grid import GHOST, RADIUS


def draw_mark(canvas: Canvas, x: float, y: float, state: str, gate: bool = False, radius: float = RADIUS) -> None:
    """The mark of a milestone in `state` (see year.STATES), centred on x, y."""
    outline = _outline(gate, radius)
    canvas.polygon("ghost" if state == "cancelled" else "mark", [(x + a, y + b) for a, b in outline])
    if state == "in_progress":
        canvas.polygon("fill", [(x + min(0.0, a), y + b) for a, b in outline])
    if state == "released":
        canvas.polygon("fill", [(x + a, y + b) for a, b in outline])
        scale = radius / RADIUS
        canvas.path(
            "tick",
            f"M{x - 3.6 * scale:.1f} {y + 0.2:.1f}"
            f"l{2.6 * scale:.1f} {2.8 * scale:.1f}l{4.6 * scale:.1f} {-5.4 * scale:.1f}",
        )
    if state == "cancelled":
        canvas.line("strike", (x - radius, y + radius), (x + radius, y - radius))


def _outline(gate: bool, r: float) -> list[Point]:
    if not gate:
        return [(-r, 0), (0, -r), (r, 0), (0, r)]
    s = r * 0.414
    return [(-r, -s), (-s, -r), (s, -r), (r, -s), (r, s), (s, r), (-s, r), (-r, s)]


def draw_ghost(canvas: Canvas, x: float, y: float, radius: float = GHOST) -> None:
    canvas.polygon("ghost", [(x + a, y + b) for a, b in _outline(False, radius)])


def draw_square(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon("ghost", [(x - 5.5, y - 5.5), (x + 5.5, y - 5.5), (x + 5.5, y + 5.5), (x - 5.5, y + 5.5)])


def draw_warning(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon("warn", [(x - 6.5, y + 5), (x, y - 6.5), (x + 6.5, y + 5)])
    canvas.put("tick", f'<path d="M{x:.1f} {y - 2.5:.1f}v3.6M{x:.1f} {y + 2.4:.1f}v1.3" stroke-width="1.4"/>')


def draw_arrow(canvas: Canvas, x: float, y: float, head: int) -> None:
    """An arrow head with its point at x; `head` is 1 to the right, -1 to the left."""
    canvas.polygon("ink", [(x, y), (x - 8 * head, y - 4.5), (x - 8 * head, y + 4.5)])


def glyph(state: str, gate: bool = False, size: int = 20) -> str:
    """One mark as a small SVG for tables and the agenda; the word stands beside it, so it is hidden from readers.

    `state` is one of year.STATES or "moved", "at_risk", "project" for the other shapes of the key.
    """
    canvas, middle = Canvas(), 10.0
    if state == "moved":
        draw_ghost(canvas, middle, middle)
    elif state == "at_risk":
        draw_warning(canvas, middle, middle + 1)
    elif state == "project":
        draw_square(canvas, middle, middle)
    else:
        draw_mark(canvas, middle, middle, state, gate, 8.5)
    return (
        f'<svg class="glyph" viewBox="0 0 20 20" width="{size}" height="{size}" aria-hidden="true" focusable="false" '
        f'xmlns="http://www.w3.org/2000/svg">{canvas.body()}</svg>'
    ).replace("\n", "")
