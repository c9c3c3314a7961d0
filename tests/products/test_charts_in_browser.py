"""The drawn pictures in a real browser: no words touch, none leave their picture, in the paper face and a wide one."""

from itertools import combinations

import pytest

from products.charts.governance_diagram import draw_governance_diagram
from products.charts.org_chart import OrgChartWords, draw_org_chart
from records.typeset import FONT
from tests.products.test_governance_diagram import twenty
from tests.products.test_org_chart import FRENCH, a_team

pytestmark = pytest.mark.browser

WORDS_AND_ROOM = """() => {
  const svg = document.querySelector('svg'), room = svg.viewBox.baseVal
  const words = [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBBox()
    return [box.x, box.y, box.x + box.width, box.y + box.height, text.textContent]
  })
  return {words, room: [room.width, room.height]}
}"""


@pytest.fixture(scope="module")
def sheet(browser):
    """An empty page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def pictures():
    for count in (6, 15, 40):
        for language, words in (("en", OrgChartWords()), ("fr", FRENCH)):
            yield draw_org_chart(a_team(count, language), summary="The team", words=words).svg
    yield draw_governance_diagram(*twenty(), summary="Who decides").svg
    yield draw_governance_diagram(*twenty(), summary="Who decides", max_width=900, max_height=1150).svg


def measured(sheet, svg, tmp_path, face):
    """Draw `svg` in `face` and let the browser say where its words are. A file, because a file may load the font."""
    path = tmp_path / "picture.html"
    font = f"@font-face {{ font-family: 'Noto Sans'; src: url('{FONT.as_uri()}'); font-weight: 100 900 }}"
    style = f"{font} body {{ margin: 0 }} svg {{ width: 1200px; font-family: {face} }}"
    path.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{svg}", "utf-8")
    sheet.goto(path.as_uri())
    sheet.evaluate("document.fonts.ready")
    return sheet.evaluate(WORDS_AND_ROOM)


@pytest.mark.parametrize("face", ["Noto Sans", "Arial, Liberation Sans"])
def test_words_stay_apart_and_inside(sheet, tmp_path, face):
    for svg in pictures():
        found = measured(sheet, svg, tmp_path, face)
        words, (width, height) = found["words"], found["room"]
        assert len(words) > 10
        for left, top, right, bottom, text in words:
            assert left >= 0 <= top, text
            assert right <= width, text
            assert bottom <= height, text
        for first, second in combinations(words, 2):
            # Boxes of lines under one another share the leading above capitals: 3 of 16 units.
            apart = first[2] <= second[0] or second[2] <= first[0] or abs(first[1] - second[1]) >= 14
            assert apart, (first, second)
