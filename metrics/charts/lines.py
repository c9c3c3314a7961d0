"""Draw one measure over twelve months: the line, gaps as gaps, declared months apart, the target, direct labels.

Computed months are joined dots; a declared month is a hollow square and the running month a hollow dot, joined to
nothing. Colours and type come from the style sheet (`.measure .chart`). One picture is wide, one narrow; the style sheet
shows one of them, and both carry the whole summary as their title.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from metrics.charts.placing import Words, apart, inside, without_clashes
from people.wording import month_short

QUARTERS = (1, 4, 7, 10)
COMPUTED, DECLARED, RUNNING = "computed", "declared", "running"
HEADROOM = 1.06  # of the greatest value


@dataclass(frozen=True)
class Point:
    """A month: its value, how it came to be, what the chart says beside it; `gap` stands under it: why there is no value."""

    month: date
    value: Decimal | None
    kind: str = COMPUTED
    label: str = ""
    gap: str = ""


@dataclass(frozen=True)
class LineChart:
    """What is drawn. `name` makes the ids unique on the page."""

    name: str
    title: str
    points: tuple[Point, ...]
    target: Decimal | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Frame:
    """A size to draw in. `room` is kept free at the right for the last value and the target."""

    css: str
    width: float
    room: float
    left: float
    top: float
    base: float
    size: float
    step: int  # every how many months the axis names one; 0 for no axis
    names_target: bool

    @property
    def right(self) -> float:
        return self.width - self.room - 10

    def x(self, place: int, count: int) -> float:
        return self.left + (self.right - self.left) * place / max(1, count - 1)


def wide(room: float, *, months: bool) -> Frame:
    return Frame("wide-only", 690, max(room, 74), 14, 22, 90, 14, 1 if months else 0, True)


def narrow(room: float) -> Frame:
    return Frame("narrow-only", 288, max(room, 44), 6, 24, 96, 16, 3, False)


def room_for(charts: list[LineChart], size: float, *, targets: bool) -> float:
    """The width of the longest label at the right of these charts, so that their months stand under each other."""
    labels = [Words(chart.points[-1].label, 0, 0, "t-last", size=size) for chart in charts]
    if targets:
        labels += [Words(chart.target_label, 0, 0, "t-target", size=size) for chart in charts]
    return max((words.width for words in labels), default=0) + 2


def draw(chart: LineChart, frame: Frame) -> str:
    """The chart as inline SVG."""
    scale = _Scale(chart, frame)
    words, height = place_words(chart, frame)
    parts = [
        *_ground(chart, frame, scale, height),
        *_lines(chart, scale),
        *_marks(chart, scale),
        *(_text(each) for each in words),
    ]
    ident = f"{chart.name}-{frame.css}"
    return (
        f'<svg class="{frame.css}" viewBox="0 0 {frame.width:g} {height:g}" role="img" aria-labelledby="{ident}">'
        f'<title id="{ident}">{escape(chart.title)}</title>{"".join(parts)}</svg>'
    )


class _Scale:
    """From months and values to places in the picture. The axis begins at zero."""

    def __init__(self, chart: LineChart, frame: Frame) -> None:
        values = [point.value for point in chart.points if point.value is not None]
        self.top = float(max([*values, chart.target or Decimal(0)], default=Decimal(0))) * HEADROOM or 1.0
        self.frame, self.count = frame, len(chart.points)

    def y(self, value: Decimal) -> float:
        return self.frame.base - (self.frame.base - self.frame.top) * float(value) / self.top

    def x(self, place: int) -> float:
        return self.frame.x(place, self.count)


def place_words(chart: LineChart, frame: Frame) -> tuple[list[Words], float]:
    """The words of the chart, none on another, and the height the picture needs for them."""
    scale = _Scale(chart, frame)
    kept = _at_the_right(chart, frame, scale) + _highest(chart, frame, scale)
    notes = without_clashes(_notes(chart, frame, scale))
    bottom = frame.base + 1.25 * frame.size if notes else frame.base
    axis = _axis(chart, frame, scale, bottom + 1.25 * frame.size) if frame.step else []
    height = bottom + (1.25 * frame.size if axis else 0) + 6
    return without_clashes(kept + notes + axis), round(height, 1)


def _at_the_right(chart: LineChart, frame: Frame, scale: _Scale) -> list[Words]:
    last, found = chart.points[-1], []
    x = frame.right + 10
    if last.value is not None:
        found.append(Words(last.label, x, scale.y(last.value) + 5, "t-last", size=frame.size))
    if chart.target is not None and frame.names_target:
        target = Words(chart.target_label, x, scale.y(chart.target) + 5, "t-target", size=frame.size)
        found.append(apart(found[0], target, 0, frame.base + 8) if found else target)
    return found


def _highest(chart: LineChart, frame: Frame, scale: _Scale) -> list[Words]:
    """The greatest computed value, where it is not the last one."""
    known = [(point.value, place) for place, point in enumerate(chart.points) if point.value and point.kind == COMPUTED]
    if not known:
        return []
    value, place = max(known)
    if place == len(chart.points) - 1 or value == chart.points[-1].value:
        return []
    words = Words(chart.points[place].label, scale.x(place), scale.y(value) - 8, "t-soft", "middle", frame.size)
    return [inside(words, frame.right + 8)]


def _notes(chart: LineChart, frame: Frame, scale: _Scale) -> list[Words]:
    """Under the line: why months are missing, one note for months of one reason that follow each other."""
    runs: list[tuple[str, int, int]] = []
    for place, point in enumerate(chart.points):
        if not point.gap:
            continue
        if runs and runs[-1][0] == point.gap and runs[-1][2] == place - 1:
            runs[-1] = (point.gap, runs[-1][1], place)
        else:
            runs.append((point.gap, place, place))
    y = frame.base + 1.15 * frame.size
    return [
        inside(Words(text, (scale.x(a) + scale.x(b)) / 2, y, "t-soft", "middle", frame.size), frame.width)
        for text, a, b in runs
    ]


def _axis(chart: LineChart, frame: Frame, scale: _Scale, y: float) -> list[Words]:
    """Month names; every third one begins a quarter where there is no room for all."""
    found = []
    for place, point in enumerate(chart.points):
        if frame.step == 1 or point.month.month in QUARTERS:
            name = month_short(point.month)
            text = f"{name} {point.month.year}" if point.month.month == 1 and frame.step == 1 else name
            words = Words(text, scale.x(place), y, "t-soft", "middle", frame.size)
            found.append(inside(words, frame.width))
    return found


def _ground(chart: LineChart, frame: Frame, scale: _Scale, height: float) -> list[str]:
    parts = [
        f'<line class="grid" x1="{scale.x(i):.1f}" x2="{scale.x(i):.1f}" y1="{frame.top - 10:g}" y2="{frame.base:g}"/>'
        for i, point in enumerate(chart.points)
        if point.month.month in QUARTERS
    ]
    parts.append(_across("base", frame, frame.base))
    if chart.target is not None:
        parts.append(_across("target", frame, scale.y(chart.target)))
    return parts


def _across(css: str, frame: Frame, y: float) -> str:
    return f'<line class="{css}" x1="{frame.left:g}" x2="{frame.right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _lines(chart: LineChart, scale: _Scale) -> list[str]:
    """Polylines through computed months that follow each other."""
    runs: list[list[str]] = [[]]
    for place, point in enumerate(chart.points):
        if point.value is None or point.kind != COMPUTED:
            runs.append([])
        else:
            runs[-1].append(f"{scale.x(place):.1f},{scale.y(point.value):.1f}")
    return [f'<polyline class="series" points="{" ".join(run)}"/>' for run in runs if len(run) > 1]


def _marks(chart: LineChart, scale: _Scale) -> list[str]:
    parts = []
    for place, point in enumerate(chart.points):
        if point.value is None:
            continue
        x, y = scale.x(place), scale.y(point.value)
        if point.kind == DECLARED:
            parts.append(f'<rect class="declared" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>')
        else:
            css = "declared" if point.kind == RUNNING else "dot"
            radius = "4.5" if place == len(chart.points) - 1 else "3"
            parts.append(f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>')
    return parts


def _text(words: Words) -> str:
    anchor = ' text-anchor="middle"' if words.anchor == "middle" else ""
    return f'<text class="{words.kind}"{anchor} x="{words.x:.1f}" y="{words.y:.1f}">{escape(words.text)}</text>'
