"""Words measured for pictures: real widths, whole words, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.typeset import advance_widths, measure, widest, wrap

FRENCH = "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿ«»’“”–—…€№\u00a0\u202f"
TEXT = st.text(st.sampled_from("abcdefgWMil- éÉœ\u00a0/0123456789（漢\n"), max_size=80)


def test_widths_are_those_of_the_paper_typeface():
    assert (advance_widths(700)["a"], advance_widths(400)["a"]) == (599, 561)
    assert measure("aa", 10) == pytest.approx(11.98)
    assert measure("aa", 10, bold=False) == pytest.approx(11.22)


def test_every_french_letter_has_a_width_of_its_own():
    assert [letter for letter in FRENCH if letter not in advance_widths(700)] == []
    assert measure("É", 12) == measure("E", 12)


def test_unknown_characters_take_the_widest():
    assert measure("漢", 1000) == widest(700) >= measure("W", 1000)


def test_composed_and_decomposed_accents_measure_the_same():
    assert measure("e\u0301", 12) == measure("é", 12)


def test_wrap_breaks_at_spaces_and_evens_the_lines():
    assert wrap("Director General, Benefits Delivery", 12, 160) == ["Director General,", "Benefits Delivery"]
    assert wrap("one two three four", 12, 90) == ["one two", "three four"]


def test_wrap_keeps_no_break_spaces():
    assert wrap("1\u00a0250\u00a0000\u00a0$ prévus", 12, 75) == ["1\u00a0250\u00a0000\u00a0$", "prévus"]


def test_wrap_breaks_long_words_after_hyphens_then_anywhere():
    assert wrap("sous-ministre", 12, 60) == ["sous-", "ministre"]
    assert "".join(wrap("W" * 30, 12, 60)) == "W" * 30


def test_wrap_of_nothing_is_no_line():
    assert wrap("", 12, 60) == wrap("  \n ", 12, 60) == []


@given(TEXT, st.integers(20, 200), st.booleans())
def test_wrap_loses_nothing_and_never_runs_over(text, width, bold):
    lines = wrap(text, 12, width, bold)
    assert re.sub(r"[ \n]", "", "".join(lines)) == re.sub(r"[ \n]", "", text)
    assert all(line and measure(line, 12, bold) <= width for line in lines)


@given(TEXT, st.integers(20, 200))
def test_wrap_takes_no_more_lines_in_a_wider_column(text, width):
    assert len(wrap(text, 12, width + 20)) <= len(wrap(text, 12, width))


@pytest.mark.parametrize("text", ["Écrans agrandis : chaque tâche", "Dire « oui » à tous", "Tout le monde y est !"])
def test_wrap_keeps_french_signs_with_their_word(text):
    lines = wrap(text, 10, 60)
    assert " ".join(lines) == text
    assert not any(line[0] in ":;!?»" or line[-1] == "«" for line in lines)
