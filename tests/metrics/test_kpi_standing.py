"""How an indicator stands, and how its figures are written and read: no database."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from metrics.forms.kpis import plain
from metrics.indicators import periods
from metrics.indicators.standing import Point, Reading, Span, Trend, reading, trend
from metrics.indicators.words import number, period_words, target_words, with_unit

APRIL = date(2026, 4, 1)
NOVEMBER = Span(APRIL, date(2027, 3, 31), date(2026, 11, 18))


def quarters(*values, first=date(2026, 1, 1)):
    """Points of the quarters from January 2026 on: the first one lies before the year."""
    days = periods.between("quarter", first, date(2027, 12, 1), 4)
    return [
        Point(day, periods.last_day("quarter", day), Decimal(value))
        for day, value in zip(days, values, strict=False)
        if value is not None
    ]


@pytest.mark.parametrize(
    ("values", "target", "direction", "said"),
    [
        ((10, 8, 2), 3, "lower", Reading.MET),
        ((10, 8, 6), 0, "lower", Reading.BEHIND),  # 40 % of the way when half of the year is over
        ((10, 7, 5), 0, "lower", Reading.ON_TRACK),
        ((60, 72, 78), 90, "higher", Reading.ON_TRACK),
        ((60, 55, 50), 90, "higher", Reading.BEHIND),
        ((2, 4, 5), 3, "lower", Reading.BEHIND),  # it was met before
        ((10, None, None), 3, "lower", Reading.NOT_REPORTED),
        ((None, 4), 3, "lower", Reading.ON_TRACK),  # a first value begins the line
        ((1, 2), None, "lower", Reading.NO_TARGET),
        ((3, 0), 0, "lower", Reading.MET),
    ],
)
def test_reading_follows_the_line_from_the_beginning_of_the_year(values, target, direction, said):
    aim = None if target is None else Decimal(target)
    assert reading(quarters(*values), aim, direction, NOVEMBER) == said


def test_year_that_began_earlier_sees_nothing_later_than_its_day():
    early = Span(APRIL, date(2027, 3, 31), date(2026, 5, 1))
    assert reading(quarters(10, 8, 2), Decimal(3), "lower", early) == Reading.ON_TRACK


@pytest.mark.parametrize(
    ("values", "direction", "said"),
    [
        ((4, 3), "lower", Trend.IMPROVING),
        ((4, 3), "higher", Trend.WORSENING),
        ((4, 4), "higher", Trend.STEADY),
        ((None, 4), "higher", None),
        ((4, None), "higher", None),
    ],
)
def test_trend_knows_which_way_is_good(values, direction, said):
    assert trend(quarters(*values), direction, NOVEMBER) == said


def test_periods_follow_the_fiscal_year_of_the_department():
    assert periods.first_day("quarter", date(2026, 11, 18), 4) == date(2026, 10, 1)
    assert periods.first_day("quarter", date(2026, 11, 18), 2) == date(2026, 11, 1)
    assert periods.first_day("year", date(2026, 3, 31), 4) == date(2025, 4, 1)
    assert periods.finished("month", date(2026, 9, 9), date(2026, 11, 1), 4) == [date(2026, 9, 1), date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("1,5", "en", "1.5"),
        ("1.5", "fr", "1.5"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("1,234.5", "fr", "1234.5"),
        ("1.234,5", "en", "1234.5"),
        ("1\u202f234,5\u00a0%", "fr", "1234.5"),
        ("−3", "en", "-3"),
        ("12 345 678", "fr", "12345678"),
    ],
)
def test_figure_is_read_as_typed_in_either_language(typed, language, read):
    with translation.override(language):
        assert plain(typed) == read


def test_figures_are_written_as_the_reader_expects():
    assert with_unit(Decimal("1234.5"), "", 1) == "1,234.5"
    assert with_unit(Decimal(34), "%") == "34%"
    assert with_unit(None, "%") == "–"
    assert target_words(Decimal(0), "", "lower") == "0"
    assert target_words(Decimal(3), "", "lower") == "3 or less"
    assert period_words("quarter", date(2026, 7, 1), 4) == "Q2 2026–27 (July to September)"
    with translation.override("fr"):
        assert number(Decimal("-1234.5"), 1) == "−1\u00a0234,5"
        assert with_unit(Decimal(34), "%") == "34\u00a0%"
