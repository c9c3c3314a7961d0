"""An SVG in layers, so that the order things are drawn in is not the order they are thought of in.

Layers run from the grid at the back to the words in front (palette.LAYERS). White stands behind words, so the grid, the
today line and dashed ways pass behind labels. Looks are presentation attributes, never a style attribute: the content
security policy refuses those on screen and the PDF engine does not read the page's style sheet here. Each layer has
its name as class, so on screen the style sheet can still win.
"""

from collections.abc import Iterable
from html import escape

from roadmaps.picture.measure import measure
from roadmaps.picture.palette import BOLD, CENTRED, LAYERS, layer_attributes

Point = tuple[float, float]
REGULAR = 0.94  # regular type against the bold that was measured, for white and for strokes through words


class Canvas:
    def __init__(self) -> None:
        self.layers: dict[str, list[str]] = {name: [] for name in LAYERS}

    def put(self, layer: str, element: str) -> None:
        self.layers[layer].append(element)

    def line(self, layer: str, start: Point, end: Point) -> None:
        (x1, y1), (x2, y2) = start, end
        self.put(layer, f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')

    def rect(self, layer: str, left: float, top: float, width: float, height: float) -> None:
        self.put(layer, f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>')

    def polygon(self, layer: str, points: Iterable[Point]) -> None:
        self.put(layer, '<polygon points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>')

    def path(self, layer: str, data: str) -> None:
        self.put(layer, f'<path d="{data}"/>')

    def text(self, kind: str, x: float, y: float, words: str, knock: bool = False) -> None:
        """Words at a baseline; `knock` puts white behind them so that no line runs through."""
        self.put(kind, f'<text x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>')
        if knock:
            width = drawn_width(kind, words)
            left = x - width / 2 if kind in CENTRED else x
            self.rect("knock", left - 3, y - 11.5, width + 6, 13 if kind == "number" else 15.5)

    def body(self) -> str:
        return "".join(
            f'<g class="{name}" {_written(layer_attributes(name))}>{"".join(elements)}</g>\n'
            for name, elements in self.layers.items()
            if elements
        )


def drawn_width(kind: str, words: str) -> float:
    return measure(kind, words) * (1 if kind in BOLD else REGULAR)


def _written(attributes: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())
