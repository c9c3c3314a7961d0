"""Ways for the arrows between bodies: only through the white between the boxes, and never one along another.

Boxes stand in rows and columns. Over each row runs a channel, beside each column a shaft. An arrow leaves its box
upwards, follows channels and shafts, and enters the box it leads to from below (from above when that box does not
stand higher). Arrows with the same end join; all others get tracks of their own, so that each can be followed.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from products.charts.governance_structure import ESCALATES, Relation

TRACK = 7.0  # between two tracks
# Distance of arrow ends from the middle of a box: an arrow that comes and one that goes never share a line,
# nor do those that report and those that escalate, which end beside.
ENTER, LEAVE, ENTER_ABOVE, LEAVE_BELOW, BESIDE = 0.0, -14.0, -60.0, -46.0, 26.0

Point = tuple[float, float]
Cell = tuple[int, int]  # row, column
Net = tuple[str, str]  # target and kind of relation: what may join


@dataclass
class Route:
    """One arrow: the channels it follows, the shaft between them, and where it leaves and arrives."""

    net: Net
    start: Cell
    end: Cell
    leaves: float  # distance from the middle of the box
    arrives: float
    upward: bool  # leaves from the top of its box
    from_below: bool  # arrives from below
    shaft: int | None = None

    @property
    def straight(self) -> bool:
        return self.leaves == self.arrives

    @property
    def channels(self) -> list[int]:
        first = self.start[0] if self.upward else self.start[0] + 1
        last = self.end[0] + 1 if self.from_below else self.end[0]
        return [first] if first == last else [first, last]


@dataclass
class Tracks:
    """Which track each net has in each channel or shaft, counted from 0."""

    given: dict[tuple[int, Net], int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


def plan(relations: list[Relation], cells: dict[str, Cell], columns: int) -> list[Route]:
    """Choose sides and shafts."""
    routes = []
    for relation in dict.fromkeys(relations):
        start, end = cells[relation.source], cells[relation.target]
        upward, from_below = start[0] >= end[0], start[0] > end[0]
        aside = BESIDE if relation.kind == ESCALATES else 0.0
        above = start == (end[0] + 1, end[1])
        arrives = (ENTER if from_below else ENTER_ABOVE) + aside
        leaves = arrives if above else (LEAVE if upward else LEAVE_BELOW) + aside
        route = Route((relation.target, relation.kind), start, end, leaves, arrives, upward, from_below)
        if len(route.channels) > 1:
            route.shaft = _shaft(start[1], end[1], columns)
        routes.append(route)
    return routes


def _shaft(start: int, end: int, columns: int) -> int:
    """Shaft k runs left of column k: the nearest to both ends, and of equals the one nearest the middle."""
    return min(
        range(columns + 1),
        key=lambda k: (abs(k - 0.5 - start) + abs(k - 0.5 - end), abs(k - columns / 2), k),
    )


def shaft_tracks(routes: list[Route]) -> Tracks:
    """Tracks in the shafts; two nets may share one when their rows lie apart."""
    spans: dict[int, dict[Net, list[tuple[float, float]]]] = {}
    for route in routes:
        if route.shaft is not None:
            low, high = sorted(route.channels)
            spans.setdefault(route.shaft, {}).setdefault(route.net, []).append((low - 0.4, high + 0.4))
    return _tracks(spans)


def channel_tracks(routes: list[Route], middles: list[float], shafts: dict[tuple[int, Net], float]) -> Tracks:
    """Tracks in the channels; two nets may share one when they lie apart."""
    spans: dict[int, dict[Net, list[tuple[float, float]]]] = {}
    for route in routes:
        for channel, ends in zip(route.channels, horizontals(route, middles, shafts), strict=True):
            if not route.straight:
                low, high = sorted(ends)
                spans.setdefault(channel, {}).setdefault(route.net, []).append((low - 4, high + 4))
    return _tracks(spans)


def horizontals(route: Route, middles: list[float], shafts: dict[tuple[int, Net], float]) -> list[tuple[float, float]]:
    """From where to where the route runs in each of its channels."""
    first, last = middles[route.start[1]] + route.leaves, middles[route.end[1]] + route.arrives
    if route.shaft is None:
        return [(first, last)]
    between = shafts[route.shaft, route.net]
    return [(first, between), (between, last)]


def _tracks(spans: dict[int, dict[Net, list[tuple[float, float]]]]) -> Tracks:
    """Give each net the first track that is free over its whole span, the longest span first."""
    tracks = Tracks()
    for place, nets in spans.items():
        taken: list[list[tuple[float, float]]] = []
        whole = {net: (min(low for low, _ in ends), max(high for _, high in ends)) for net, ends in nets.items()}
        for net, (low, high) in sorted(whole.items(), key=lambda each: (each[1][0] - each[1][1], each[0])):
            free = (i for i, used in enumerate(taken) if all(high <= a or low >= b for a, b in used))
            track = next(free, len(taken))
            if track == len(taken):
                taken.append([])
            taken[track].append((low, high))
            tracks.given[place, net] = track
        tracks.counts[place] = len(taken)
    return tracks


def merged(lines: list[list[Point]]) -> list[tuple[Point, Point]]:
    """The lines as straight pieces, each piece of way once: dashes drawn twice would close their gaps."""
    spans: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for corners in lines:
        for (x1, y1), (x2, y2) in pairwise(corners):
            upright = abs(x1 - x2) < 0.01
            place, ends = (x1, sorted((y1, y2))) if upright else (y1, sorted((x1, x2)))
            spans.setdefault((upright, round(place, 2)), []).append((ends[0], ends[1]))
    pieces = []
    for (upright, place), parts in spans.items():
        pieces += [((place, a), (place, b)) if upright else ((a, place), (b, place)) for a, b in _joined(parts)]
    return pieces


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined
