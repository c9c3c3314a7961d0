"""The governance structure of a product as a picture (Product Team Brief, element 3).

Bands from the top: corporate bodies with the roles that face them, committees, product groups, working groups,
operations. A full line leads to the body one reports to, a dashed line to the one it escalates to.
"""

from dataclasses import dataclass
from functools import partial

from products.charts.governance_card import ABOVE, LEVELS, PAD, GovernanceWords
from products.charts.governance_layout import Card, Layout, Point, Structure, lay_out
from products.charts.governance_routes import merged
from products.charts.governance_structure import ESCALATES, REPORTS, Body, Facing, Relation
from products.charts.key import Entry, Key, lay_out_key
from products.charts.svg import ASCENT, LEAD, Canvas

MARGIN, KEY_ABOVE = 1.0, 22.0  # so that no outline is cut; white above the key
ROUTES = {REPORTS: "route", ESCALATES: "route dashed"}
ENGLISH = GovernanceWords()

__all__ = ["LEVELS", "Body", "Facing", "GovernanceDiagram", "GovernanceWords", "Relation", "draw_governance_diagram"]


@dataclass(frozen=True)
class GovernanceDiagram:
    """The picture, its size, and what had to be left to the table: one of LEVELS."""

    svg: str
    width: float
    height: float
    level: str
    fits: bool  # False when it is larger than the room: give it a larger page
    layout: Layout


def draw_governance_diagram(
    bodies: list[Body],
    relations: list[Relation],
    facings: list[Facing],
    *,
    summary: str,
    words: GovernanceWords = ENGLISH,
    max_width: float = 1200.0,
    max_height: float = 860.0,
    prefix: str = "governance",
) -> GovernanceDiagram:
    """Draw the bodies in bands, in units of which words are 12 high.

    `summary` becomes the accessible name; `prefix` keeps ids unique on the page. Raises ValueError, naming the ids, for
    ids used twice, unknown kinds, and relations that lead nowhere or back to where they began.
    """
    if not bodies and not facings:
        raise ValueError("No bodies to draw")
    structure, room = Structure(bodies, relations, facings, words), max_width - 2 * MARGIN
    widest_key = lay_out_key(_key_entries(structure, LEVELS[0]), room)
    layout = lay_out(structure, room, max_height - widest_key.height - KEY_ABOVE - 2 * MARGIN)
    key = lay_out_key(_key_entries(structure, layout.level), room)
    width = max(max_width, layout.width + 2 * MARGIN)
    height = layout.height + (KEY_ABOVE + key.height if key.places else 0.0) + 2 * MARGIN
    canvas = _drawn(layout, key, width)
    svg = canvas.finish(name="governance", prefix=prefix, summary=summary, width=width, height=height)
    return GovernanceDiagram(svg, width, height, layout.level, layout.fits, layout)


def _drawn(layout: Layout, key: Key, width: float) -> Canvas:
    canvas = Canvas()
    for top, name in layout.bands:
        canvas.line("band", MARGIN, top + MARGIN, width - MARGIN, top + MARGIN)
        for i, line in enumerate(name):
            canvas.text("head", MARGIN, top + MARGIN + 10 + ABOVE + i * LEAD + ASCENT, line)
    for card in layout.cards:
        _draw_card(canvas, card)
    for kind, layer in ROUTES.items():
        for (x1, y1), (x2, y2) in merged([corners for each, corners in layout.arrows if each == kind]):
            canvas.line(layer, x1 + MARGIN, y1 + MARGIN, x2 + MARGIN, y2 + MARGIN)
    ends = {corners[-1]: corners[-1][1] > corners[-2][1] for _, corners in layout.arrows}
    for (x, y), down in ends.items():  # arrows that join share one head
        _draw_head(canvas, (x + MARGIN, y + MARGIN), down)
    key.draw(canvas, MARGIN, MARGIN + layout.height + KEY_ABOVE)
    return canvas


def _draw_head(canvas: Canvas, tip: Point, down: bool) -> None:
    x, y = tip
    foot = y - 8 if down else y + 8
    canvas.polygon("arrow", [(x, y), (x - 4, foot), (x + 4, foot)])


def _draw_card(canvas: Canvas, card: Card) -> None:
    x, y = card.x + MARGIN, card.y + MARGIN
    canvas.rectangle("box", x, y, card.width, card.height)
    for i, (layer, indent, text) in enumerate(card.lines):
        foot = y + ABOVE + i * LEAD + ASCENT
        canvas.text(layer.removesuffix(" first"), x + PAD + indent, foot, text)
        if layer == "role first":
            _draw_decision_mark(canvas, x + PAD, foot - 4)
    _draw_facing(canvas, card, x + PAD, y + card.height)


def _draw_facing(canvas: Canvas, card: Card, x: float, y: float) -> None:
    """The roles under a corporate body, on a line that leads up to it."""
    last = y
    for i, (layer, indent, text) in enumerate(card.faced_by):
        foot = y + 8 + i * LEAD + ASCENT
        canvas.text("ink", x + indent + 2, foot, text)
        if layer == "ink first":
            canvas.line("route", x, foot - 4, x + indent - 2, foot - 4)
            last = foot - 4
    if card.faced_by:
        canvas.line("route", x, y, x, last)
        _draw_head(canvas, (x, y), False)


def _draw_decision_mark(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle("fill", x, y - 3, 6, 6)


def _key_entries(structure: Structure, level: str) -> list[Entry]:
    """Only what occurs."""
    kinds, words = {relation.kind for relation in structure.relations}, structure.words
    entries = [
        Entry(partial(_draw_sample, layer), meaning, sample=36.0)
        for kind, layer, meaning in (
            (REPORTS, "route", words.key_reports),
            (ESCALATES, "route dashed", words.key_escalates),
        )
        if kind in kinds
    ]
    if level in ("all", "close") and any(body.decisions for body in structure.bodies):
        entries.append(Entry(_draw_decision_mark, words.key_decision, sample=13.0))
    if structure.facings:
        entries.append(Entry(_draw_facing_sample, words.key_faces, sample=20.0))
    return entries


def _draw_sample(layer: str, canvas: Canvas, x: float, y: float) -> None:
    canvas.line(layer, x, y, x + 22, y)
    canvas.polygon("arrow", [(x + 29, y), (x + 21, y - 4), (x + 21, y + 4)])


def _draw_facing_sample(canvas: Canvas, x: float, y: float) -> None:
    canvas.polyline("route", [(x + 4, y - 7), (x + 4, y + 4), (x + 14, y + 4)])
    _draw_head(canvas, (x + 4, y - 8), False)
