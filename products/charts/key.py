"""The key beneath a picture: samples with their words, flowing over as many rows as they need."""

from collections.abc import Callable
from dataclasses import dataclass

from products.charts.svg import LEAD, SIZE, Canvas
from records.typeset import measure, wrap

SAMPLE, GAP, ROW = 24.0, 28.0, 7.0  # width kept for a sample, white between entries and between rows

Draw = Callable[[Canvas, float, float], None]  # draws a sample from its left end, in the middle of its line


@dataclass(frozen=True)
class Entry:
    """A sample and what it means; `short` is set bold before the meaning."""

    draw: Draw
    meaning: str
    short: str = ""
    sample: float = SAMPLE

    @property
    def lead_in(self) -> float:
        return self.sample + (measure(self.short, SIZE) + 6 if self.short else 0.0)


@dataclass(frozen=True)
class Key:
    """Entries with their places, counted from the top left of the key."""

    places: list[tuple[Entry, float, float, list[str]]]
    height: float

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        for entry, left, top, lines in self.places:
            foot = y + top + 11
            entry.draw(canvas, x + left, foot - 4)
            if entry.short:
                canvas.text("mark", x + left + entry.sample, foot, entry.short)
            for i, line in enumerate(lines):
                canvas.text("soft", x + left + entry.lead_in, foot + i * LEAD, line)


def lay_out_key(entries: list[Entry], width: float) -> Key:
    """Set the entries one after the other; one that does not fit any more begins a new row."""
    places, x, y, row = [], 0.0, 0.0, 0.0
    for entry in entries:
        lines = wrap(entry.meaning, SIZE, max(60.0, width - entry.lead_in))
        own = entry.lead_in + max((measure(line, SIZE) for line in lines), default=0.0)
        if x and x + own > width:
            x, y, row = 0.0, y + row + ROW, 0.0
        places.append((entry, x, y, lines))
        x, row = x + own + GAP, max(row, LEAD * max(1, len(lines)))
    return Key(places, y + row)
