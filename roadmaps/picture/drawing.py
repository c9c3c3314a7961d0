"""Draw one laid-out roadmap year as SVG: one string, the same bytes for the same year, on screen and on paper.

The picture is `role="img"` with a name that says what a table of contents would; nothing inside is a link, because
children of an image are not reachable. The table on the page gives every fact under the number the picture shows.
"""

from html import escape

from roadmaps.picture.canvas import Canvas, drawn_width
from roadmaps.picture.frame import draw_horizon, draw_key, draw_lanes, draw_months, draw_today, head_of, key_height
from roadmaps.picture.grid import GUTTER, LEAD, PAGE_ROOM, RADIUS, WIDTH
from roadmaps.picture.labels import Line
from roadmaps.picture.layout import Layout, Placed, lay_out
from roadmaps.picture.marks import draw_arrow, draw_ghost, draw_mark, draw_square, draw_warning
from roadmaps.picture.measure import measure
from roadmaps.picture.palette import FACE
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import PictureYear


def draw_year(year: PictureYear, words: PictureWords, prefix: str = "year", room: float = PAGE_ROOM["letter"]) -> str:
    """The whole picture as inline SVG.

    `prefix` makes its ids unique on a page. `room` is the height the page leaves for all of it (grid.PAGE_ROOM); when
    the year says more than fits, it is drawn at the next poorer level of detail, in the end with numbers alone.
    """
    canvas, head = Canvas(), head_of(year, words)
    layout = lay_out(year, words, head.top, room - head.top - key_height(year, words))
    draw_horizon(canvas, year, words, head)
    draw_months(canvas, year, words, head, layout.grid_bottom)
    draw_lanes(canvas, layout)
    draw_today(canvas, year, head.top, layout.grid_bottom)
    for laid in layout.bands:
        for placed in laid.placed:
            draw_placed(canvas, placed)
    if not year.milestones:
        canvas.text("soft", GUTTER + 5, layout.bands[0].top + 22, words.empty.format(year=year.label), knock=True)
    height = draw_key(canvas, year, words, layout.bottom)
    return _svg(canvas, year.summary, prefix, height, layout)


def _svg(canvas: Canvas, summary: str, prefix: str, height: float, layout: Layout) -> str:
    return (
        f'<svg class="year" role="img" aria-labelledby="{escape(prefix)}-title" data-level="{layout.level}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" xmlns="http://www.w3.org/2000/svg" font-family="{FACE}">\n'
        f'<title id="{escape(prefix)}-title">{escape(summary)}</title>\n{canvas.body()}</svg>\n'
    )


def draw_placed(canvas: Canvas, placed: Placed) -> None:
    if placed.radius == RADIUS:
        _draw_way(canvas, placed)
    _draw_mark(canvas, placed)
    left = placed.entry.course.last + placed.offset + 2 * RADIUS
    if placed.beside or not placed.lines:
        left = _draw_number_beside(canvas, placed) + 8
    elif placed.entry.number:
        canvas.text("number", placed.x, placed.y + RADIUS + 12.5, placed.entry.number, knock=True)
    _draw_label(canvas, placed.lines, left, placed.y + 4.5)


def _draw_label(canvas: Canvas, lines: tuple[Line, ...], left: float, top: float) -> None:
    for row, (kind, line) in enumerate(lines):
        baseline = top + row * LEAD
        if line:
            canvas.text(kind, left, baseline, line, knock=True)
        if kind == "off":  # drawn, because text decoration inside SVG is lost on paper
            canvas.line("strike", (left, baseline - 4), (left + 0.95 * drawn_width(kind, line), baseline - 4))


def _draw_way(canvas: Canvas, placed: Placed) -> None:
    course, y = placed.entry.course, placed.y
    if course.way is None:
        return
    start, end = course.way
    canvas.line("link" if placed.entry.number else "bar", (start, y), (end, y))
    if course.ghost is not None:
        draw_ghost(canvas, course.ghost, y)
    if course.head:
        draw_arrow(canvas, end, y, course.head)
    if course.shift:
        canvas.text("shift", course.shift_middle, y + 4.5, course.shift, knock=True)


def _draw_mark(canvas: Canvas, placed: Placed) -> None:
    x, y, radius, entry = placed.x, placed.y, placed.radius, placed.entry
    if entry.milestone is None:
        if entry.course.inside:
            draw_square(canvas, x, y)
    elif entry.course.inside:
        draw_mark(canvas, x, y, entry.milestone.state, entry.milestone.gate, radius)
    elif radius < RADIUS:
        draw_ghost(canvas, x, y, radius)
    if entry.warned:
        taken = entry.course.last > x and radius == RADIUS  # an arrow head or a shift stands right of the mark
        side = -1 if taken else 1
        draw_warning(canvas, x + side * (radius + 1), y - radius + 1)


def _draw_number_beside(canvas: Canvas, placed: Placed) -> float:
    """The number right of its mark; of the small ones, an arrow head after it says that it left the year."""
    entry, small = placed.entry, placed.radius < RADIUS
    left = placed.x if small else entry.course.last + placed.offset
    left += placed.radius + (3 if small else 5) + (6 if entry.warned else 0)
    canvas.text("count", left, placed.y + 4.5, entry.number, knock=True)
    end = left + measure("count", entry.number)
    if small and not entry.course.inside:
        draw_arrow(canvas, end + (10 if entry.course.head > 0 else 2), placed.y, entry.course.head)
    return end
