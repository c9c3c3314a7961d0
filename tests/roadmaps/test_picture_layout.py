"""No two things in the picture meet, nothing is cut and no number is missing, whatever the year brings."""

import re
from dataclasses import replace

import picture_samples as samples
import pytest
import sample_words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from picture_geometry import drawn, meetings, outside, view_box

from roadmaps.picture import PictureLane, PictureMilestone, PictureProject, PictureYear, draw_year
from roadmaps.picture.measure import measure, wrap

LANGUAGES = ("en", "fr")
COUNTS = (0, 1, 2, 6, 12, 18, 23, 30, 45, 60, 90, 120)
EXTREMES = sorted(samples.extreme_years("en"))


def assert_sound(svg: str, year: PictureYear) -> None:
    things = drawn(svg)
    assert meetings(things) == []
    assert outside(things, *view_box(svg)) == []
    numbers = {each.words for each in things if each.layer in ("number", "count")}
    assert numbers == {str(milestone.number) for milestone in year.milestones}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", COUNTS)
def test_ordinary_years_are_sound(language, count):
    year = samples.sample_year(language, count)
    assert_sound(draw_year(year, sample_words.WORDS[language]), year)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_years_are_sound(language, name):
    year = samples.extreme_years(language)[name]
    assert_sound(draw_year(year, sample_words.WORDS[language]), year)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", [200, 400, 550, 700, 1100, 4000])
def test_every_level_of_detail_is_sound(language, room):
    year = replace(samples.sample_year(language, 40), projects=samples.projects(language))
    assert_sound(draw_year(year, sample_words.WORDS[language], room=room), year)


LETTERS = st.characters(codec="latin-1", categories=("L", "N", "P", "Zs"))
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=30), max_size=8).map(" ".join)
TITLES = TEXTS.filter(str.strip)
MONTHS = st.none() | st.integers(-15, 27)
MILESTONES = st.builds(
    PictureMilestone,
    number=st.just(1),
    lane=st.sampled_from("ABCDX"),
    month=MONTHS,
    title=TITLES,
    summary=TEXTS,
    state=st.sampled_from(["planned", "in_progress", "released", "cancelled"]),
    gate=st.booleans(),
    warning=TEXTS,
    non_discretionary=st.booleans(),
    dependencies=st.integers(0, 12),
    project=TEXTS,
    note=TEXTS,
    baseline=MONTHS,
    carried_in=st.booleans(),
    carried_out=st.booleans(),
)
PROJECTS = st.builds(PictureProject, name=TITLES, expected=MONTHS, start=MONTHS, mismatch=TEXTS, note=TEXTS)
LANE = st.builds(
    PictureLane, key=st.sampled_from("ABCD"), name=TEXTS, letter=st.sampled_from(["", "A", "W"]), note=TEXTS
)
LANES = st.lists(LANE, max_size=4, unique_by=lambda lane: lane.key)
YEARS = st.builds(
    PictureYear,
    label=st.just("2026–27"),
    start_year=st.just(2026),
    summary=st.just("A year"),
    first_month=st.integers(1, 12),
    before=st.just("2025-2026"),
    after=st.just("2027-2028"),
    lanes=LANES.map(tuple),
    milestones=st.lists(MILESTONES, max_size=30).map(
        lambda many: tuple(replace(each, number=number) for number, each in enumerate(many, 1))
    ),
    projects=st.lists(PROJECTS, max_size=4).map(tuple),
    today=st.none() | st.floats(0, 12),
    today_label=st.sampled_from(["", "Today, 18 November"]),
    show_baseline=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(year=YEARS, room=st.integers(100, 2000), language=st.sampled_from(LANGUAGES))
def test_any_year_is_sound_and_drawn_the_same_twice(year, room, language):
    svg = draw_year(year, sample_words.WORDS[language], room=room)
    assert_sound(svg, year)
    assert svg == draw_year(year, sample_words.WORDS[language], room=room)


@given(text=TEXTS, width=st.integers(40, 260))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrap("title", text, width)
    assert all(measure("title", line) <= width for line in lines)
    assert re.sub(r"[ -]", "", "".join(lines)) == re.sub(r"[ -]", "", text)


def test_no_break_spaces_stay_on_their_line():
    assert wrap("title", "1\u202f250\u00a0000\u00a0$ de plus", 90)[0] == "1\u202f250\u00a0000\u00a0$"


def test_words_say_less_as_the_year_fills():
    levels = [
        re.search('data-level="(\\w+)"', draw_year(samples.sample_year("en", count), sample_words.ENGLISH))[1]
        for count in (6, 23, 60, 120)
    ]
    assert levels[:2] == ["all", "all"]
    assert levels[3] == "attention"
