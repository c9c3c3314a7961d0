"""The governance diagram: every body once, nothing touching, arrows only in the white between the boxes."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from products.charts.governance_card import PAD
from products.charts.governance_diagram import Body, Facing, Relation, draw_governance_diagram
from products.charts.governance_routes import merged
from products.charts.governance_structure import KINDS
from products.charts.svg import LEAD, SIZE
from records.typeset import measure

ROOMS = [{"max_width": 1200.0, "max_height": 860.0}, {"max_width": 900.0, "max_height": 1150.0}]
MEMBERS = ("Head of Product", "Directrice, Gestion des produits numériques (présidence)", "Idris Valcourt")
DECISIONS = ("Orders the backlog within a quarter", "Déplace jusqu’à 250\u00a0000\u00a0$ entre les résultats")


def a_body(i, kind):
    name = ["Product Steering Committee", "Groupe de travail sur l’expérience client", "Service desk"][i % 3]
    return Body(f"b{i}", kind, f"{name} {i}", MEMBERS[: i % 4], DECISIONS[: i % 3], "https://example.org" * (i % 2))


def facings(count):
    bodies = ["Investment Management Committee", "Comité ministériel de vérification", "Change Advisory Board"]
    return [Facing(["Head of Product", "Product Owner"][i % 2], f"{bodies[i % 3]} {i // 2}") for i in range(count)]


def twenty():
    kinds = ["committee"] * 3 + ["product group"] * 4 + ["working group"] * 8 + ["operations"] * 5
    bodies = [a_body(i, kind) for i, kind in enumerate(kinds)]
    relations = [Relation(f"b{i}", f"b{i // 3}") for i in range(1, 20)]
    return bodies, [*relations, Relation("b19", "b0", "escalates"), Relation("b12", "b1", "escalates")], facings(5)


def draw(bodies, relations, faced, **more):
    return draw_governance_diagram(bodies, relations, faced, summary="Who decides", **more)


def boxes_of(diagram):
    return [(card.x, card.y, card.x + card.width, card.bottom) for card in diagram.layout.cards]


def meet(first, second, slack=0.0):
    return (
        first[0] < second[2] - slack
        and second[0] < first[2] - slack
        and first[1] < second[3] - slack
        and second[1] < first[3] - slack
    )


def assert_sound(diagram, bodies):
    """Each body once; boxes apart and inside; words within their boxes; arrows around the boxes."""
    names = [card.name for card in diagram.layout.cards]
    assert sorted(name for name in names if name.startswith("b")) == sorted(body.id for body in bodies)
    boxes = boxes_of(diagram)
    assert not any(meet(first, second) for first, second in combinations(boxes, 2))
    assert all(box[0] >= 118 and box[2] <= diagram.width and box[3] < diagram.height for box in boxes)
    for card in diagram.layout.cards:
        assert len(card.lines) * LEAD < card.height
        words = [*card.lines, *card.faced_by]
        assert all(PAD + indent + measure(text, SIZE) <= card.width for _, indent, text in words)
    for (x1, y1), (x2, y2) in merged([corners for _, corners in diagram.layout.arrows]):
        line = (min(x1, x2) - 0.2, min(y1, y2) - 0.2, max(x1, x2) + 0.2, max(y1, y2) + 0.2)
        assert line[0] + 0.3 >= 118
        assert line[2] <= diagram.width
        assert not any(meet(line, box, slack=0.3) for box in boxes)


def assert_lines_apart(layout):
    """Pieces of two arrows lie on one another only when they begin or end at the same place."""
    pieces = [({corners[0], corners[-1]}, piece) for _, corners in layout.arrows for piece in merged([corners])]
    for (ends, first), (other_ends, second) in combinations(pieces, 2):
        if not ends & other_ends:
            assert not lie_along(first, second), (first, second)


def lie_along(first, second):
    for axis in (0, 1):
        (a, b), (c, d) = first, second
        same_line = abs(a[axis] - b[axis]) < 0.01 > abs(c[axis] - d[axis]) and abs(a[axis] - c[axis]) < 1
        if same_line and max(a[1 - axis], c[1 - axis]) < min(b[1 - axis], d[1 - axis]) - 0.01:
            return True
    return False


@st.composite
def structures(draw_from):
    kinds = draw_from(st.lists(st.sampled_from(KINDS), min_size=1, max_size=20))
    bodies = [a_body(i, kind) for i, kind in enumerate(kinds)]
    numbers = st.integers(0, len(kinds) - 1)
    kind = st.sampled_from(["reports", "escalates"])
    links = draw_from(st.lists(st.tuples(numbers, numbers, kind), max_size=30))
    return bodies, [Relation(f"b{a}", f"b{b}", c) for a, b, c in links if a != b], facings(draw_from(st.integers(0, 6)))


@settings(max_examples=100, deadline=None)
@given(structures(), st.sampled_from(ROOMS))
def test_any_structure_is_drawn_whole_and_apart(structure, room):
    diagram = draw(*structure, **room)
    assert_sound(diagram, structure[0])
    assert_lines_apart(diagram.layout)
    assert len(diagram.layout.arrows) == len(set(structure[1]))


@pytest.mark.parametrize("room", ROOMS)
def test_twenty_bodies_fit_one_page(room):
    bodies, relations, faced = twenty()
    diagram = draw(bodies, relations, faced, **room)
    assert_sound(diagram, bodies)
    assert diagram.fits
    assert diagram.width <= room["max_width"]
    assert diagram.height <= room["max_height"]


def test_bands_stand_from_corporate_bodies_to_operations():
    diagram = draw(*twenty())
    assert [" ".join(name) for _, name in sorted(diagram.layout.bands)] == [
        "Corporate bodies",
        "Committees",
        "Product groups",
        "Working groups",
        "Operations",
    ]


def test_roles_hang_under_the_corporate_body_they_face():
    faced = [Facing("Head of Product", "Audit"), Facing("Product Owner", "Audit"), Facing("Head of Product", "Audit")]
    diagram = draw([], [], faced)
    (card,) = diagram.layout.cards
    assert [text for _, _, text in card.faced_by] == ["Head of Product", "Product Owner"]


@pytest.mark.parametrize(
    ("bodies", "relations", "named"),
    [
        ([a_body(0, "committee")] * 2, [], "twice: b0"),
        ([a_body(0, "club")], [], "kind: b0"),
        ([a_body(0, "committee")], [Relation("b0", "b7")], "not given: b7"),
        ([a_body(0, "committee")], [Relation("b0", "b0")], "themselves: b0"),
        ([a_body(0, "committee"), a_body(1, "committee")], [Relation("b0", "b1", "likes")], "kind: b0 → b1"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(bodies, relations, named):
    with pytest.raises(ValueError, match=named):
        draw(bodies, relations, [])


def test_the_picture_has_a_name_no_style_and_equal_bytes():
    svg = draw(*twenty(), prefix="who").svg
    assert ElementTree.fromstring(svg).get("aria-labelledby") == "who-title"  # noqa: S314, our own output
    assert "style" not in svg
    assert svg == draw(*twenty(), prefix="who").svg
