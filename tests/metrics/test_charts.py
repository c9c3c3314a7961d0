"""The line of twelve months: gaps as gaps, words that never lie on each other, a title that says it all."""

import re
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.charts import lines
from metrics.charts.placing import overlap
from products.fiscal import add_months

FIRST = date(2025, 6, 1)
VALUE = st.one_of(st.none(), st.decimals(0, 400, places=1))
KIND = st.sampled_from([lines.COMPUTED, lines.DECLARED, lines.RUNNING])
GAPS = ["No deployments", "Never deployed", "Aucune source d’incidents"]


def chart(values, kinds=None, target=None, gap="No deployments"):
    points = tuple(
        lines.Point(
            add_months(FIRST, place), value, kind, "" if value is None else f"{value}", "" if value is not None else gap
        )
        for place, (value, kind) in enumerate(zip(values, kinds or [lines.COMPUTED] * 12, strict=True))
    )
    return lines.LineChart("x", "A title & more", points, target, f"target {target}" if target is not None else "")


def frames(drawn):
    room = lines.room_for([drawn], 14, targets=True)
    return [
        lines.wide(room, months=True),
        lines.wide(room, months=False),
        lines.narrow(lines.room_for([drawn], 16, targets=False)),
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUE, min_size=12, max_size=12), st.lists(KIND, min_size=12, max_size=12),
       st.one_of(st.none(), st.decimals(0, 400, places=1)), st.sampled_from(GAPS))  # fmt: skip
def test_words_never_lie_on_each_other_nor_leave_the_picture(values, kinds, target, gap):
    drawn = chart(values, kinds, target, gap)
    for frame in frames(drawn):
        words, height = lines.place_words(drawn, frame)
        assert not [(a.text, b.text) for a, b in combinations(words, 2) if overlap(a, b)]
        for each in words:
            left, top, right, bottom = each.box
            assert left >= 0
            assert right <= frame.width + 0.5
            assert top >= -1
            assert bottom <= height + 1


def test_last_value_is_always_labelled():
    drawn = chart([Decimal(5)] * 12, target=Decimal(5))
    for frame in frames(drawn):
        words, _height = lines.place_words(drawn, frame)
        assert "t-last" in {each.kind for each in words}


def test_gap_is_a_gap_and_declared_months_are_joined_to_nothing():
    values = [Decimal(1), Decimal(2), None, Decimal(3), *[Decimal(4)] * 8]
    kinds = [lines.DECLARED, *[lines.COMPUTED] * 10, lines.RUNNING]
    svg = lines.draw(chart(values, kinds), lines.wide(80, months=True))
    joined = [len(each.split()) for each in re.findall(r'polyline class="series" points="([^"]+)"', svg)]
    assert joined == [8]
    assert svg.count('<rect class="declared"') == 1
    assert svg.count('<circle class="declared"') == 1
    assert "No deployments" in svg


@pytest.mark.parametrize("frame", [lines.wide(80, months=True), lines.narrow(60)])
def test_picture_is_an_image_with_its_title_and_nothing_inline(frame):
    svg = lines.draw(chart([Decimal(1)] * 12), frame)
    assert 'role="img"' in svg
    ident = re.search(r'aria-labelledby="([^"]+)"', svg).group(1)
    assert f'<title id="{ident}">A title &amp; more</title>' in svg
    assert "style" not in svg
