"""Two versions compared: by what a line is about, word by word (domain.md §3)."""

from copy import deepcopy

import pytest

from products.brief.canonical import brief_content
from products.brief.comparing import ADDED, REMOVED, compare
from tests.products.brief import fill_brief


@pytest.fixture
def content(cast):
    fill_brief(cast)
    return brief_content(cast.product)


def changed(before, after):
    return {each.title: each.lines for each in compare(before, after) if each.is_changed}


def test_compare_finds_nothing_between_equal_briefs(content):
    assert changed(content, deepcopy(content)) == {}


def test_compare_takes_a_new_order_for_no_change(content):
    after = deepcopy(content)
    after["structure"]["positions"].reverse()

    assert changed(content, after) == {}


def test_compare_shows_a_position_that_came_went_and_changed(content):
    after = deepcopy(content)
    after["structure"]["positions"][0]["holder"] = "Somebody Else"
    gone = after["structure"]["positions"].pop()
    after["structure"]["positions"].append(gone | {"id": "new", "title": {"en": "Tester", "fr": "Testeuse"}})

    lines = changed(content, after)["Cross-organisational structure"]

    assert [piece.text for piece in lines[0] if piece.kind == ADDED] == ["Somebody", "Else,"]
    assert [line[0].kind for line in lines[1:]] == [REMOVED, ADDED]


def test_compare_follows_a_role_from_hand_to_hand(content):
    after = deepcopy(content)
    after["roles"][0]["holders"] = []
    after["roles"][0]["vacant_since"] = "2026-02-01"

    lines = changed(content, after)["Head of Product"]

    assert "Vacant since 2026-02-01" in [piece.text for line in lines for piece in line if piece.kind == ADDED]
