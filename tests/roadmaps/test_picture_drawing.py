"""What the picture says and how it says it: names, words, shapes and the rules of the page it stands on."""

import re
from dataclasses import replace

import picture_samples as samples
import pytest
import sample_words
from picture_geometry import drawn

from roadmaps.picture import PictureMilestone, css_variables, draw_year, glyph, picture_words
from roadmaps.picture.course import course_of, is_unscheduled
from roadmaps.picture.palette import COLOURS


def words_in(svg: str) -> set[str]:
    return {each.words for each in drawn(svg) if each.words}


def milestone(**facts) -> PictureMilestone:
    return PictureMilestone(**({"number": 1, "lane": "A", "month": 4, "title": "A title"} | facts))


def test_picture_is_one_named_image_without_links_or_style_attributes():
    year = replace(samples.sample_year("en", 6), summary="6 milestones, 1 < 2 & more")
    svg = draw_year(year, sample_words.ENGLISH, prefix="left")
    assert 'role="img" aria-labelledby="left-title"' in svg
    assert '<title id="left-title">6 milestones, 1 &lt; 2 &amp; more</title>' in svg
    assert not re.search(r"<a |style=|<script|href=", svg)


def test_no_words_are_smaller_than_twelve_units():
    sizes = re.findall(r'font-size="([\d.]+)"', draw_year(samples.sample_year("fr", 120), sample_words.FRENCH))
    assert min(map(float, sizes)) >= 12


def test_typed_words_cannot_become_markup():
    year = samples.bent(samples.sample_year("en", 1), title="<b>")
    assert "&lt;b&gt;" in draw_year(year, sample_words.ENGLISH)


@pytest.mark.parametrize(("first_month", "start"), [(4, "Avril"), (1, "Janvier"), (10, "Octobre")])
def test_year_starts_with_the_first_month_of_the_organisation(first_month, start):
    svg = draw_year(replace(samples.sample_year("fr", 3), first_month=first_month), sample_words.FRENCH)
    months = [each for each in drawn(svg) if each.words.lower() in sample_words.FRENCH.months]
    assert min(months, key=lambda each: each.left).words == start


@pytest.mark.parametrize(
    ("facts", "shift", "head"),
    [
        ({"baseline": 2}, "+2 mo", 0),
        ({"baseline": 5}, "−1 mo", 0),
        ({"baseline": 4}, "", 0),
        ({"baseline": -1}, "+5 mo", 1),
        ({"baseline": 13}, "−9 mo", -1),
        ({"month": 13, "baseline": 11}, "+2 mo", 1),
        ({"month": -1, "baseline": 0}, "−1 mo", -1),
        ({"carried_in": True}, "", 1),
        ({"month": None, "carried_out": True, "baseline": 3}, "", 1),
    ],
)
def test_moves_show_their_months_and_their_way(facts, shift, head):
    course = course_of(milestone(**facts), sample_words.ENGLISH)
    assert (course.shift, course.head) == (shift, head)


def test_carried_out_without_a_month_is_not_unscheduled():
    assert is_unscheduled(milestone(month=None))
    assert not is_unscheduled(milestone(month=None, carried_out=True))


def test_hidden_baseline_hides_ghosts_but_not_what_left_the_year():
    year = replace(samples.sample_year("en", 23), show_baseline=False)
    words = words_in(draw_year(year, sample_words.ENGLISH))
    assert not [each for each in words if each.endswith(" mo")]
    assert "Interview practice online" in words


def test_label_names_risk_flags_and_the_month_after_the_year():
    words = " ".join(each.words for each in drawn(draw_year(samples.sample_year("en", 23), sample_words.ENGLISH)))
    for said in (
        "At risk: employer consent late",
        "2 dependencies",
        "1 dependency",
        "Non-discretionary",
        "Now May 2027",
    ):
        assert said in words


def test_released_milestones_are_no_longer_at_risk():
    year = samples.bent(samples.sample_year("en", 1), state="released", warning="late")
    assert "At risk: late" not in words_in(draw_year(year, sample_words.ENGLISH))


def test_today_is_drawn_only_inside_the_year():
    year = samples.sample_year("en", 6)
    assert 'class="today"' in draw_year(year, sample_words.ENGLISH)
    assert 'class="today"' not in draw_year(replace(year, today=None), sample_words.ENGLISH)


@pytest.mark.parametrize("state", ["planned", "in_progress", "released", "cancelled", "moved", "at_risk", "project"])
def test_glyphs_are_hidden_from_readers_and_differ(state):
    others = {glyph(other) for other in ("planned", "released", "cancelled", "at_risk") if other != state}
    assert 'aria-hidden="true"' in glyph(state)
    assert glyph(state) not in others
    assert glyph("planned", gate=True) != glyph("planned")


def test_palette_feeds_the_style_sheet():
    assert css_variables()["--accent"] == COLOURS["accent"] == "#12436D"


def test_words_come_from_the_active_language():
    words = picture_words()
    assert (words.months[3], words.released, words.shift) == ("April", "Released", "{shift} mo")
