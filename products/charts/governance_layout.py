"""Lay out the governance of a product in bands that fit one page, arrows in the white between the boxes.

Columns are shared by all bands, so that shafts for the arrows run straight through, and fill the width. Numbers of
columns are tried at falling levels of detail; at the first level where one fits, the lowest picture is taken. When
nothing fits, the one that overruns least is drawn whole.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from products.charts.governance_card import LEVELS, PAD, GovernanceWords, Line, card_height, card_lines
from products.charts.governance_routes import (
    TRACK,
    Cell,
    Net,
    Point,
    Route,
    channel_tracks,
    horizontals,
    plan,
    shaft_tracks,
)
from products.charts.governance_structure import Body, Facing, Relation, columns_of, refuse_unclear, rows_of
from products.charts.svg import LEAD, SIZE
from records.typeset import wrap

NAMES, SHAFT, CHANNEL, ARROW, BAND = 118.0, 22.0, 14.0, 12.0, 10.0  # least sizes; white above a band's first boxes
FACING = 14.0  # from the line of the roles to their words
NARROWEST, WIDEST = 136.0, 300.0  # of boxes


@dataclass(frozen=True)
class Card:
    """A box on the page; `faced_by` are lines hanging beneath the box of a corporate body."""

    name: str
    x: float
    y: float
    width: float
    height: float
    lines: list[Line]
    faced_by: list[Line] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.y + self.height + (LEAD * len(self.faced_by) + 10 if self.faced_by else 0.0)


@dataclass
class Layout:
    """The whole picture; `fits` tells whether it kept to its room."""

    level: str
    width: float
    height: float = 0.0
    fits: bool = True
    cards: list[Card] = field(default_factory=list)
    bands: list[tuple[float, list[str]]] = field(default_factory=list)  # top, name in lines
    arrows: list[tuple[str, list[Point]]] = field(default_factory=list)  # kind of relation, corners


@dataclass(frozen=True)
class Structure:
    """What is to be drawn, and in which words."""

    bodies: list[Body]
    relations: list[Relation]
    facings: list[Facing]
    words: GovernanceWords

    @property
    def corporate(self) -> dict[str, list[str]]:
        """Corporate bodies in the order given, each with the roles that face it."""
        faced: dict[str, list[str]] = {}
        for facing in self.facings:
            roles = faced.setdefault(facing.corporate_body, [])
            if facing.role not in roles:
                roles.append(facing.role)
        return faced


def lay_out(structure: Structure, width: float, height: float) -> Layout:
    """Arrange the structure in `width` × `height` at the richest level of detail that fits."""
    refuse_unclear(structure.bodies, structure.relations)
    most = max([1, *Counter(body.kind for body in structure.bodies).values()])
    tried = []
    for level in LEVELS:
        pages = [_Page(structure, level, columns, width) for columns in range(1, most + 1)]
        layouts = [page.laid_out() for page in pages if page.box_width >= NARROWEST] or [pages[0].laid_out()]
        if fitting := [layout for layout in layouts if layout.width <= width and layout.height <= height]:
            return min(fitting, key=lambda layout: layout.height)
        tried += layouts
    least = min(tried, key=lambda layout: max(layout.width / width, layout.height / height))
    least.fits = False
    return least


class _Page:
    """One attempt: a level of detail and a number of columns."""

    def __init__(self, structure: Structure, level: str, columns: int, width: float) -> None:
        self.structure, self.level, self.columns, self.width = structure, level, columns, width
        bodies, relations = structure.bodies, structure.relations
        self.rows = rows_of(bodies, relations, columns)
        column = columns_of(self.rows, relations, columns)
        self.cells = {body.id: (i, column[body.id]) for i, row in enumerate(self.rows) for body in row}
        self.routes = plan(relations, self.cells, columns)
        self.lefts, self.shafts = self._across()

    def _across(self) -> tuple[list[float], dict[tuple[int, Net], float]]:
        """Share the width between boxes and shafts; a shaft is as wide as its tracks need."""
        tracks = shaft_tracks(self.routes)
        needs = [9 + TRACK * tracks.counts.get(shaft, 0) for shaft in range(self.columns + 1)]
        shafts = [max(SHAFT, need) for need in needs[:-1]] + [needs[-1] if needs[-1] > 9 else 0.0]
        room = self.width - NAMES - sum(shafts)
        self.box_width = min(WIDEST, room / self.columns)
        more = (room - self.box_width * self.columns) / self.columns
        lefts: list[float] = []
        places: dict[tuple[int, Net], float] = {}
        x = NAMES
        for shaft, (own, need) in enumerate(zip(shafts, needs, strict=True)):
            wide = own + (more if shaft < self.columns else 0.0)
            first = x + (wide - need) / 2 + 8
            places |= {key: first + TRACK * track for key, track in tracks.given.items() if key[0] == shaft}
            x += wide
            if shaft < self.columns:
                lefts.append(x)
                x += self.box_width
        return lefts, places

    def laid_out(self) -> Layout:
        layout = Layout(self.level, self.width)
        below = self._corporate(layout)
        tops = self._bodies(layout, below)
        self._arrows(layout, tops)
        layout.height = max((card.bottom for card in layout.cards), default=0.0)
        return layout

    def _corporate(self, layout: Layout) -> float:
        """The band on top, in columns of its own because no arrow passes it; gives back where it ends."""
        top, corporate = BAND, list(self.structure.corporate.items())
        if not corporate:
            return 0.0
        layout.bands.append((0.0, wrap(self.structure.words.corporate_bodies, SIZE, NAMES - 8)))
        rows = -(-len(corporate) // max(1, int((self.width - NAMES) / (NARROWEST + SHAFT))))
        size = -(-len(corporate) // rows)
        step = (self.width - NAMES) / size
        width = min(WIDEST, step - SHAFT)
        for start in range(0, len(corporate), size):
            faced = corporate[start : start + size]
            row = [
                self._corporate_card(*each, NAMES + step * (i + 1) - width, top, width) for i, each in enumerate(faced)
            ]
            row = _levelled(row)
            layout.cards += row
            top = max(card.bottom for card in row) + BAND + 4
        return top

    def _corporate_card(self, name: str, roles: list[str], x: float, y: float, width: float) -> Card:
        room = width - 2 * PAD
        lines = [("title", 0.0, text) for text in wrap(name, SIZE, room)]
        faced_by = [
            ("ink" if i else "ink first", FACING, text)
            for role in roles
            for i, text in enumerate(wrap(role, SIZE, room - FACING))
        ]
        return Card(name, x, y, width, card_height(lines), lines, faced_by)

    def _bodies(self, layout: Layout, y: float) -> list[float]:
        """The other bands; gives back the top of each channel, and of the foot."""
        self.tracks = channel_tracks(self.routes, [left + self.box_width / 2 for left in self.lefts], self.shafts)
        tops = []
        for i, row in enumerate(self.rows):
            tops.append(y)
            new_band = not i or self.rows[i - 1][0].kind != row[0].kind
            y += CHANNEL + TRACK * self.tracks.counts.get(i, 0) + (ARROW if i else 0.0)
            if new_band:
                layout.bands.append((y, wrap(self.structure.words.band(row[0].kind), SIZE, NAMES - 8)))
                y += BAND
            cards = _levelled([self._card(body, y) for body in row])
            layout.cards += cards
            y = max(card.y + card.height for card in cards)
        return [*tops, y]

    def _card(self, body: Body, y: float) -> Card:
        lines = card_lines(body, self.structure.words, self.level, self.box_width)
        return Card(body.id, self.lefts[self.cells[body.id][1]], y, self.box_width, card_height(lines), lines)

    def _arrows(self, layout: Layout, tops: list[float]) -> None:
        cards = {card.name: card for card in layout.cards[len(self.structure.corporate) :]}
        at = {cell: cards[name] for name, cell in self.cells.items()}
        layout.arrows = [(route.net[1], self._corners(route, at, tops)) for route in self.routes]

    def _corners(self, route: Route, at: dict[Cell, Card], tops: list[float]) -> list[Point]:
        """The corners of an arrow, from the box it leaves to the one it enters."""
        start, end = at[route.start], at[route.end]
        middles = [left + self.box_width / 2 for left in self.lefts]
        corners = [(start.x + self.box_width / 2 + route.leaves, start.y if route.upward else start.y + start.height)]
        if not route.straight:
            for channel, (first, last) in zip(route.channels, horizontals(route, middles, self.shafts), strict=True):
                y = self._track(channel, route.net, tops)
                corners += [(first, y), (last, y)]
        arrival = end.y + end.height if route.from_below else end.y
        return [*corners, (end.x + self.box_width / 2 + route.arrives, arrival)]

    def _track(self, channel: int, net: Net, tops: list[float]) -> float:
        return tops[channel] + ARROW + 4 + TRACK * self.tracks.given[channel, net]


def _levelled(row: list[Card]) -> list[Card]:
    """Boxes in a row are as high as the highest."""
    height = max(card.height for card in row)
    return [replace(card, height=height) for card in row]
