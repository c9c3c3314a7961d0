"""What stands around the milestones: horizon, quarters, months, lane names, today and the key.

The horizon in years is a strip of bars; two hairlines open the current year into the grid. Quarter notes say what the
quarter brings, because every quarter should bring an outcome and a gap should show.
"""

from dataclasses import dataclass

from roadmaps.picture.bands import NAME_LEAD
from roadmaps.picture.canvas import Canvas, drawn_width
from roadmaps.picture.grid import END, GHOST, GUTTER, LEAD, MONTH, RADIUS, WIDTH, month_edge
from roadmaps.picture.layout import LaidBand, Layout
from roadmaps.picture.marks import draw_arrow, draw_ghost, draw_mark, draw_square, draw_warning
from roadmaps.picture.measure import measure, wrap
from roadmaps.picture.words import PictureWords
from roadmaps.picture.year import HorizonYear, PictureYear

LENS = 14.0  # height of the two hairlines that open the current year


@dataclass(frozen=True)
class Head:
    """Heights above the lanes; they grow with the words of the horizon and of the quarters."""

    strip: float
    quarter: float
    names: tuple[tuple[str, ...], ...]
    themes: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, ...], ...]

    @property
    def months(self) -> float:
        """Baseline of the month names."""
        return self.strip + self.quarter + 19

    @property
    def top(self) -> float:
        return self.months + 26


def head_of(year: PictureYear, words: PictureWords) -> Head:
    span = (END - GUTTER) / max(1, len(year.horizon)) - 12
    names = tuple(wrap("head", each.label, span) for each in year.horizon)
    themes = tuple(wrap("summary", each.theme, span) for each in year.horizon)
    notes = tuple(
        wrap("flag", note, 3 * MONTH - _note_left(name) - 8)
        for name, note in zip(words.quarters, year.quarter_notes, strict=False)
    )
    lines = max((len(name) + len(theme) for name, theme in zip(names, themes, strict=True)), default=0)
    current = any(each.current for each in year.horizon)
    strip = 9 + LEAD * lines + (LENS if current else 10) if lines else 0.0
    return Head(strip, 17 + LEAD * (max(1, *map(len, notes)) - 1), names, themes, notes)


def _note_left(name: str) -> float:
    return 5 + measure("head", name) + 7


def draw_horizon(canvas: Canvas, year: PictureYear, words: PictureWords, head: Head) -> None:
    if not year.horizon:
        return
    span = (END - GUTTER) / len(year.horizon)
    canvas.text("head", 0, 18, words.horizon)
    for position, each in enumerate(year.horizon):
        left = GUTTER + position * span
        right = left + span - (6 if position < len(year.horizon) - 1 else 0)
        canvas.rect("fill" if each.current else "pale", left, 0, right - left, 4)
        _horizon_words(canvas, each, left, head.names[position], head.themes[position])
        if each.current:
            canvas.line("month", (left, head.strip - LENS), (GUTTER, head.strip + 4))
            canvas.line("month", (right, head.strip - LENS), (END, head.strip + 4))


def _horizon_words(
    canvas: Canvas, each: HorizonYear, left: float, names: tuple[str, ...], themes: tuple[str, ...]
) -> None:
    for row, line in enumerate(names):
        canvas.text("head" if each.current else "soft", left, 18 + LEAD * row, line)
    for row, line in enumerate(themes, start=len(names)):
        canvas.text("summary" if each.current else "flag", left, 18.5 + LEAD * row, line)


def draw_months(canvas: Canvas, year: PictureYear, words: PictureWords, head: Head, bottom: float) -> None:
    for quarter, name in enumerate(words.quarters):
        left = month_edge(3 * quarter)
        canvas.text("head", left + 5, head.strip + 17, name)
        for row, line in enumerate(head.notes[quarter]):
            canvas.text("flag", left + _note_left(name), head.strip + 17 + LEAD * row, line)
    for month in range(12):
        canvas.text("summary", month_edge(month) + 5, head.months, month_name(year, words, month))
    for month in range(13):
        start = head.strip + 4 if month % 3 == 0 else head.months - 10
        canvas.line("month" if month % 3 else "quarter", (month_edge(month), start), (month_edge(month), bottom))
    canvas.text("flag", END + 5, head.months, year.after)
    canvas.text("flag", GUTTER - 8 - measure("flag", year.before), head.months, year.before)


def month_name(year: PictureYear, words: PictureWords, month: int) -> str:
    """The full name where it fits its column, with a capital as a heading has."""
    calendar_month, _ = year.calendar(month)
    name = words.months[calendar_month - 1]
    if measure("summary", name) > MONTH - 7:
        name = words.short_months[calendar_month - 1]
    return name[:1].upper() + name[1:]


def draw_lane(canvas: Canvas, laid: LaidBand, rule: str) -> None:
    band, left = laid.band, laid.band.name_left
    canvas.line(rule, (0, laid.top), (WIDTH, laid.top))
    if band.letter:
        canvas.text("letter", max(20.0, measure("letter", band.letter)) / 2, laid.top + 31, band.letter)
    for row, line in enumerate(band.name):
        canvas.text("head", left, laid.top + 22 + NAME_LEAD * row, line)
    for row, line in enumerate(band.note):
        canvas.text("flag", left, laid.top + 22 + NAME_LEAD * len(band.name) + LEAD * row, line)


def draw_lanes(canvas: Canvas, layout: Layout) -> None:
    """A dark rule where dated lanes begin and where they end, a lighter one from lane to lane."""
    for position, laid in enumerate(layout.bands):
        strong = position == 0 or laid.band.kind == "unscheduled"
        draw_lane(canvas, laid, "rule" if strong else "quarter")
    canvas.line("rule", (0, layout.bottom), (WIDTH, layout.bottom))


def draw_today(canvas: Canvas, year: PictureYear, top: float, bottom: float) -> None:
    if year.today is None:
        return
    x, width = month_edge(year.today), measure("white", year.today_label) + 12
    canvas.line("today", (x, top - 2), (x, bottom))
    if year.today_label:
        left = min(max(x - width / 2, 0), WIDTH - width)
        canvas.rect("ink", left, top - 19, width, 17)
        canvas.text("white", left + width / 2, top - 6.3, year.today_label)


def draw_key(canvas: Canvas, year: PictureYear, words: PictureWords, top: float) -> float:
    """The key as a row of shapes with their words, broken where the row is full; gives back its lower edge.

    A picture without shapes needs no key.
    """
    if not year.milestones and not year.projects:
        return top + 2
    x, y = 2.0, top + 22  # the stroke of the first mark needs its room
    for shape, word in _key(year, words):
        width = _KEY_WIDTHS.get(shape, 2 * RADIUS) + 6 + drawn_width("flag", word)
        if x + width > WIDTH:
            x, y = 2.0, y + 26
        _draw_key_shape(canvas, shape, x, y)
        canvas.text("flag", x + width - drawn_width("flag", word), y + 4.5, word)
        x += width + 19
    return y + 14


_KEY_WIDTHS = {"moved": 61.0, "carried": 30.0, "risk": 16.0, "project": 14.0}


def _key(year: PictureYear, words: PictureWords) -> list[tuple[str, str]]:
    """The shapes that need a word: states always, the rest where the picture can show it."""
    key = [(state, getattr(words, state)) for state in ("planned", "in_progress", "released", "cancelled")]
    key += [("gate", words.gate), ("risk", words.risk)]
    key += [("moved", words.moved)] if year.show_baseline else []
    key += [("carried", words.carried)]
    return key + ([("project", words.project)] if year.projects else [])


def _draw_key_shape(canvas: Canvas, shape: str, x: float, y: float) -> None:
    if shape == "risk":
        draw_warning(canvas, x + 8, y + 0.5)
    elif shape == "project":
        draw_square(canvas, x + 7, y)
    elif shape == "moved":
        canvas.line("link", (x + GHOST, y), (x + 52, y))
        draw_ghost(canvas, x + GHOST, y)
        draw_mark(canvas, x + 52, y, "planned")
    elif shape == "carried":
        canvas.line("link", (x, y), (x + 28, y))
        draw_arrow(canvas, x + 30, y, 1)
    else:
        draw_mark(canvas, x + RADIUS, y, "planned" if shape == "gate" else shape, shape == "gate")


def key_height(year: PictureYear, words: PictureWords) -> float:
    return draw_key(Canvas(), year, words, 0.0)
