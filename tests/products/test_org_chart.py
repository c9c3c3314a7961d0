"""The organisation chart: every position once, nothing touching, nothing cut, one page."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from products.charts.org_box import LEFT
from products.charts.org_chart import Branch, OrgChartWords, Position, draw_org_chart
from products.charts.svg import LEAD, SIZE
from records.typeset import measure

LANDSCAPE = {"max_width": 1200.0, "max_height": 860.0}
UPRIGHT = {"max_width": 900.0, "max_height": 1150.0}
BRANCHES = {
    "en": [
        Branch("IITB", "Innovation, Information and Technology Branch"),
        Branch("WSB", "Workforce Services Branch"),
        Branch("BDB", "Benefits Delivery Branch"),
        Branch("CFOB", "Chief Financial Officer Branch"),
    ],
    "fr": [
        Branch("DGIIT", "Direction générale de l’innovation, de l’information et de la technologie"),
        Branch("DGSMO", "Direction générale des services de main-d’œuvre"),
        Branch("DGPP", "Direction générale de la prestation des prestations"),
        Branch("DGDPF", "Direction générale du dirigeant principal des finances"),
    ],
}
TITLES = {
    "en": ["Director, Digital Products", "Manager, Client Experience and Service Design", "Senior Policy Analyst"],
    "fr": ["Directrice, Produits numériques", "Gestionnaire, Expérience client et conception des services", "Analyste"],
}
PEOPLE = ["Maren Achterberg", "Amélie Lévesque-Fontaine", "", "Idris Valcourt", "Jean-François Desrochers"]
FRENCH = OrgChartWords(
    vacant="Vacant",
    vacant_since="Vacant depuis {since}",
    share="{percent}\u00a0% du temps",
    key_role="Rôle dans l’équipe du produit",
    key_vacant="Poste vacant",
)


def a_position(i, superior, language="en"):
    return Position(
        id=f"p{i}",
        title=TITLES[language][i % 3],
        branch=BRANCHES[language][(i * 7 // 4) % 4],
        number=f"{45210 + 37 * i}",
        holder=PEOPLE[i % 5],
        vacant_since="2026-03-01" if i % 2 else "",
        reports_to=None if superior is None else f"p{superior}",
        share_of_time=[None, 50, None][i % 3],
        roles=("Product Owner", "IT Security Champion")[: i % 3] if i < 6 else (),
    )


def a_team(count, language="en"):
    """A head, six managers, and the others below those or one level further down."""
    superiors = [None, *([0] * 6), *(1 + i * 5 % 9 for i in range(count - 7))]
    return [a_position(i, superior, language) for i, superior in enumerate(superiors[:count])]


def draw(positions, **more):
    return draw_org_chart(positions, summary="The team", **more)


def boxes_of(chart):
    return [(box.x, box.y, box.x + box.width, box.y + box.height) for box in chart.layout.boxes]


def meet(first, second):
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def assert_sound(chart, positions):
    """Each position once; boxes apart, inside the picture, and wide and high enough for their words."""
    assert sorted(box.position.id for box in chart.layout.boxes) == sorted(position.id for position in positions)
    assert not any(meet(first, second) for first, second in combinations(boxes_of(chart), 2))
    for box in chart.layout.boxes:
        assert box.x >= 0
        assert box.x + box.width <= chart.layout.width + 0.01 <= chart.width
        assert box.y + box.height <= chart.layout.height + 0.01 < chart.height
        assert len(box.lines) * LEAD < box.height
        for layer, left, text in (word for line in box.lines for word in line):
            assert LEFT + left + measure(text, SIZE) <= box.width, (layer, text)


def crosses(line, box):
    """Whether a line runs through the inside of a box."""
    x1, y1, x2, y2 = line
    return (
        min(x1, x2) < box[2] - 0.1
        and max(x1, x2) > box[0] + 0.1
        and min(y1, y2) < box[3] - 0.1
        and max(y1, y2) > box[1] + 0.1
    )


forests = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).map(
    lambda seeds: [a_position(i, seed % i if i and seed % 11 else None) for i, seed in enumerate(seeds)]
)


@settings(max_examples=60, deadline=None)
@given(forests, st.sampled_from([LANDSCAPE, UPRIGHT, {"max_width": 640.0, "max_height": 500.0}]))
def test_any_forest_is_drawn_whole_and_apart(positions, room):
    chart = draw(positions, **room)
    assert_sound(chart, positions)
    assert not any(crosses(line, box) for line in chart.layout.lines for box in boxes_of(chart))
    if chart.fits:
        assert chart.width <= room["max_width"]
        assert chart.height <= room["max_height"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("room", [LANDSCAPE, UPRIGHT])
@pytest.mark.parametrize("count", [6, 15, 40, 44])
def test_a_team_fits_one_letter_page_at_seven_points(count, room, language):
    positions = a_team(count, language)
    chart = draw(positions, words=FRENCH if language == "fr" else OrgChartWords(), **room)
    assert_sound(chart, positions)
    assert chart.fits
    inches = 9.96 if room is LANDSCAPE else 7.46  # a letter page within its margins
    assert SIZE * inches * 72 / chart.width >= 7


@pytest.mark.parametrize("room", [LANDSCAPE, UPRIGHT])
def test_thirty_direct_reports_fit_one_page(room):
    positions = [a_position(i, 0 if i else None) for i in range(31)]
    chart = draw(positions, **room)
    assert_sound(chart, positions)
    assert (chart.fits, chart.level) == (True, "all")


@pytest.mark.parametrize("room", [LANDSCAPE, UPRIGHT])
def test_eight_levels_fit_one_page(room):
    positions = [a_position(i, None if not i else i - 1 if i < 8 else i - 8) for i in range(15)]
    chart = draw(positions, **room)
    assert_sound(chart, positions)
    assert chart.fits


def test_circles_are_refused_by_name():
    positions = [a_position(0, None), a_position(1, 3), a_position(2, 1), a_position(3, 2), a_position(4, 3)]
    with pytest.raises(ValueError, match=r"circle: p1, p2, p3$"):
        draw(positions)


def test_unknown_superiors_and_ids_used_twice_are_refused_by_name():
    with pytest.raises(ValueError, match=r"not given: p1$"):
        draw([a_position(0, None), a_position(1, 9)])
    with pytest.raises(ValueError, match=r"twice: p0$"):
        draw([a_position(0, None), a_position(0, None)])


def test_branches_are_told_by_word_and_by_pattern():
    root = ElementTree.fromstring(draw(a_team(15)).svg)  # noqa: S314, our own output
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    for branch in BRANCHES["en"]:
        assert branch.name in words
        assert words.count(branch.acronym) > 1
    edges = next(group for group in root if group.get("class") == "edge")
    assert len({(line.get("stroke-dasharray"), line.get("stroke-width")) for line in edges}) >= 4


def test_vacant_positions_are_dashed_and_say_so():
    chart = draw([a_position(0, None), a_position(2, 0), a_position(7, 0)], words=FRENCH)
    assert chart.svg.count("<rect") == 4  # three boxes and the sample in the key
    assert re.search(r'class="box vacant"[^>]*stroke-dasharray', chart.svg)
    assert ">Vacant<" in chart.svg
    assert ">Vacant depuis 2026-03-01<" in chart.svg


def test_the_picture_has_a_name_and_no_style():
    svg = draw_org_chart(a_team(6), summary="6 positions & 1 vacancy", prefix="team").svg
    assert '<title id="team-title">6 positions &amp; 1 vacancy</title>' in svg
    assert 'role="img" aria-labelledby="team-title"' in svg
    assert "style" not in svg
    with pytest.raises(ValueError, match="id"):
        draw_org_chart(a_team(6), summary="", prefix='"><script>')


def test_equal_input_gives_equal_bytes():
    assert draw(a_team(40)).svg == draw(a_team(40)).svg
