"""Reads a drawn picture back as boxes, so that tests can ask whether anything meets or leaves the picture."""

from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from roadmaps.picture.measure import measure
from roadmaps.picture.palette import CENTRED, TYPE_SIZES

MARKS = ("mark", "ghost", "warn", "ink")


class Drawn(NamedTuple):
    layer: str
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Drawn") -> bool:
        apart = 0.05  # coordinates are written with one decimal
        return (
            self.left < other.right - apart
            and other.left < self.right - apart
            and self.top < other.bottom - apart
            and other.top < self.bottom - apart
        )


def view_box(svg: str) -> tuple[float, float]:
    _, _, width, height = (float(number) for number in ElementTree.fromstring(svg).attrib["viewBox"].split())  # noqa: S314
    return width, height


def drawn(svg: str) -> list[Drawn]:
    """Every text and every mark of the picture with the room it takes."""
    found = []
    for group in ElementTree.fromstring(svg):  # noqa: S314
        layer = group.attrib.get("class", "")
        for element in group:
            kind = element.tag.rpartition("}")[2]
            if kind == "text":
                found.append(text_box(layer, element))
            elif kind == "polygon" and layer in MARKS:
                found.append(polygon_box(layer, element.attrib["points"]))
    return found


def text_box(layer: str, element: ElementTree.Element) -> Drawn:
    """From the top of capitals to the foot of descenders, as wide as the widest face makes it."""
    words, size = element.text or "", TYPE_SIZES[layer]
    x, y, width = float(element.attrib["x"]), float(element.attrib["y"]), measure(layer, words)
    left = x - width / 2 if layer in CENTRED else x
    return Drawn(layer, words, left, y - 0.76 * size, left + width, y + 0.22 * size)


def polygon_box(layer: str, points: str) -> Drawn:
    pairs = [tuple(map(float, point.split(","))) for point in points.split()]
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    return Drawn(layer, "", min(xs), min(ys), max(xs), max(ys))


def meetings(things: list[Drawn]) -> list[tuple[Drawn, Drawn]]:
    """Pairs that overlap; a triangle stands on the corner of its own mark and is not counted against marks."""
    return [
        (one, other)
        for one, other in combinations(sorted(things, key=lambda each: each.top), 2)
        if one.meets(other) and {one.layer, other.layer} not in ({"warn", "mark"}, {"warn", "ghost"})
    ]


def outside(things: list[Drawn], width: float, height: float) -> list[Drawn]:
    """What is cut; a browser rounds what it measures to whole units, outwards."""
    return [each for each in things if each.left < -1 or each.top < 0 or each.right > width + 1 or each.bottom > height]
