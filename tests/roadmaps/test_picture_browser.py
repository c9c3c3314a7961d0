"""In a real browser, in the paper face and in the screen face, no two labels meet and none is cut."""

import base64
import json
import os
import shutil

import picture_samples as samples
import pytest
import sample_words
from picture_geometry import Drawn, meetings, outside, view_box

from records.typeset import FONT
from roadmaps.picture import PictureYear, draw_year

pytestmark = pytest.mark.browser

SCREEN = '"Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif'
PAPER = '"Paper Noto Sans"'
SHAPES = "text, .mark > polygon, .ghost > polygon, .warn > polygon, .ink > polygon"
READ_BOXES = """(svg, shapes) => [...svg.querySelectorAll(shapes)].map(shape => {
    const box = shape.getBBox(), layer = shape.parentNode.getAttribute("class");
    if (shape.tagName !== "text") return [layer, "", box.x, box.y, box.x + box.width, box.y + box.height];
    const size = parseFloat(getComputedStyle(shape).fontSize), y = parseFloat(shape.getAttribute("y"));
    return [layer, shape.textContent, box.x, y - 0.76 * size, box.x + box.width, y + 0.22 * size];
  })"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium, in the way it runs without a desktop."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}


DRAW = """([svg, face]) => {
    const place = document.querySelector("main");
    place.style.setProperty("--face", face);
    place.innerHTML = svg;
  }"""


@pytest.fixture(scope="module")
def sheet(browser):
    """An empty page that has the paper face, for one picture after the other."""
    page = browser.new_page()
    font = base64.b64encode(FONT.read_bytes()).decode()
    page.set_content(
        f"<!doctype html><style>@font-face {{ font-family: {PAPER}; font-weight: 100 900; "
        f"src: url(data:font/ttf;base64,{font}) }} svg {{ width: 1200px; font-family: var(--face) }}</style><main></main>"
    )
    page.evaluate(f"document.fonts.load({json.dumps('12px ' + PAPER)})")
    yield page
    page.close()


def boxes_in(page, svg: str, face: str) -> list[Drawn]:
    """What the browser measures, from the top of capitals to the foot of descenders."""
    page.evaluate(DRAW, [svg, face])
    page.evaluate("document.fonts.ready.then(() => {})")
    assert page.evaluate("getComputedStyle(document.querySelector('svg')).fontFamily").split(",")[0] in face
    if face == PAPER:
        assert page.evaluate(f"document.fonts.check({json.dumps('12px ' + PAPER)})")
    return [Drawn(*box) for box in page.locator("svg").evaluate(READ_BOXES, SHAPES)]


def assert_sound(page, year: PictureYear, language: str, face: str) -> None:
    svg = draw_year(year, sample_words.WORDS[language])
    things = boxes_in(page, svg, face)
    assert len(things) > 30
    assert meetings(things) == []
    assert outside(things, *view_box(svg)) == []


@pytest.mark.parametrize("face", [PAPER, SCREEN], ids=["paper", "screen"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("count", [6, 30, 120])
def test_labels_stay_apart_in_a_browser(sheet, count, language, face):
    assert_sound(sheet, samples.sample_year(language, count), language, face)


@pytest.mark.parametrize("face", [PAPER, SCREEN], ids=["paper", "screen"])
@pytest.mark.parametrize("name", ["projects", "carried out", "came forward", "long words", "nine goals", "unscheduled"])
def test_labels_of_unusual_years_stay_apart_in_a_browser(sheet, name, face):
    assert_sound(sheet, samples.extreme_years("fr")[name], "fr", face)
