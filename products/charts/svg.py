"""Write an SVG picture in layers, so that lines lie under boxes and boxes under words.

Colours and type stand as presentation attributes, because the PDF engine ignores page CSS inside SVG and the content
security policy forbids style attributes. The class of a layer lets the style sheet win on screen. Nothing depends on
the order of a set or on the time, so equal input gives equal bytes.
"""

import re
from html import escape

INK, SOFT, ACCENT, RULE, HAIR, PAPER = "#1B2733", "#56616D", "#12436D", "#9AA4AF", "#DDE2E7", "#FFFFFF"
SIZE, LEAD = 12.0, 14.5  # of all words in the picture, and from line to line; 7.2 points on a letter page
ASCENT = 11.0  # from the top of a line to its foot
PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = f'font-size="{SIZE:g}"'

PAINT = {
    "band": f'stroke="{HAIR}"',
    "line": f'fill="none" stroke="{RULE}" stroke-width="1.2"',
    "route": f'fill="none" stroke="{SOFT}" stroke-width="1.2" stroke-linecap="square"',
    "route dashed": f'fill="none" stroke="{SOFT}" stroke-width="1.2" stroke-dasharray="5 3"',
    "box": f'fill="{PAPER}" stroke="{RULE}"',
    "box vacant": f'fill="{PAPER}" stroke="{SOFT}" stroke-width="1.2" stroke-dasharray="4 3"',
    "edge": f'fill="none" stroke="{ACCENT}"',
    "fill": f'fill="{ACCENT}"',
    "arrow": f'fill="{SOFT}"',
    "head": f'{_WORDS} font-weight="700" fill="{INK}"',
    "title": f'{_WORDS} font-weight="700" fill="{INK}"',
    "mark": f'{_WORDS} font-weight="700" fill="{ACCENT}"',
    "ink": f'{_WORDS} fill="{INK}"',
    "role": f'{_WORDS} fill="{ACCENT}"',
    "soft": f'{_WORDS} fill="{SOFT}"',
}


def number(value: float) -> str:
    """Write a length with one decimal at most: nobody sees more, and every renderer reads it alike."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")  # adding 0 turns a negative zero into zero


class Canvas:
    """Collects shapes and words by layer; `finish` writes them in the order of PAINT."""

    def __init__(self) -> None:
        self.layers: dict[str, list[str]] = {name: [] for name in PAINT}

    def line(self, layer: str, x1: float, y1: float, x2: float, y2: float, extra: str = "") -> None:
        ends = (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2))
        self._put(layer, "<line " + " ".join(f'{name}="{number(value)}"' for name, value in ends) + f"{extra}/>")

    def rectangle(self, layer: str, x: float, y: float, width: float, height: float, extra: str = "") -> None:
        sides = (("x", x), ("y", y), ("width", width), ("height", height))
        self._put(layer, "<rect " + " ".join(f'{name}="{number(value)}"' for name, value in sides) + f"{extra}/>")

    def polygon(self, layer: str, points: list[tuple[float, float]]) -> None:
        self._put(layer, f'<polygon points="{_points(points)}"/>')

    def polyline(self, layer: str, points: list[tuple[float, float]]) -> None:
        self._put(layer, f'<polyline points="{_points(points)}"/>')

    def text(self, layer: str, x: float, y: float, words: str) -> None:
        """Write one line of words, `y` at its foot."""
        self._put(layer, f'<text x="{number(x)}" y="{number(y)}">{escape(words)}</text>')

    def finish(self, *, name: str, prefix: str, summary: str, width: float, height: float) -> str:
        """Close the picture under its accessible name; `prefix` keeps ids unique on a page with several pictures."""
        if not PREFIX.fullmatch(prefix):
            raise ValueError(f"Not usable as an id: {prefix!r}")
        body = "".join(
            f'<g class="{layer}" {paint}>{"".join(self.layers[layer])}</g>\n'
            for layer, paint in PAINT.items()
            if self.layers[layer]
        )
        return (
            f'<svg class="{name}" role="img" aria-labelledby="{prefix}-title" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, sans-serif">\n'
            f'<title id="{prefix}-title">{escape(summary)}</title>\n{body}</svg>\n'
        )

    def _put(self, layer: str, shape: str) -> None:
        self.layers[layer].append(shape)


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
