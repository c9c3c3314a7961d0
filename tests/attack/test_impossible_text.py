"""Text that no database keeps: a NUL, half a character. Answered with 4xx wherever a page reads it, never with 500."""

import json

import pytest

pytestmark = pytest.mark.django_db

NUL = "a\x00b"
POSTED = {
    "brief-autosave": {"version": "0", "name_en": NUL, "services": [NUL]},
    "view-choose": {"page": NUL, "back": NUL},
    "view-delete": {"page": NUL, "back": NUL},
    "view-save": {"page": "product-list", "name": NUL, "query": NUL, "back": NUL},
    "change-drop": {"line": NUL},
    "goal-add": {"name_en": NUL, "name_fr": "Nom"},
    "milestone-risk": {"version": "1", "risk_en": NUL},
}
MINE = {
    "half a character": json.dumps({"cover_en": "\ud800"}),
    "a bottomless list": "[" * 100_000,
    "text for a list": json.dumps({"repositories": "abc", "services": "abc"}),
    "a list of texts": json.dumps({"repositories": ["abc"]}),
    "a list for text": json.dumps({"cover_en": ["a"], "mou": ["a"]}),
}


@pytest.mark.parametrize("name", POSTED)
def test_nul_is_refused_not_stumbled_over(town, as_, name):
    answer = as_("product_manager").post(town.address(name), POSTED[name])
    assert 400 <= answer.status_code < 500


def test_nul_in_the_mark_of_a_form_is_a_bad_request(town, as_):
    answer = as_("product_manager").post(town.address("goal-add"), {"form_token": NUL})
    assert answer.status_code == 400
    assert "makes no sense here" in answer.content.decode()


@pytest.mark.parametrize("what", MINE)
@pytest.mark.parametrize("section", ["roles", "places"])
def test_conflict_page_brought_back_with_nonsense(town, as_, what, section):
    data = {"resolve": "1", "version": "0", "done": "no", "mine": MINE[what]}
    answer = as_("product_manager").post(town.address("brief-section", section=section), data)
    assert answer.status_code < 500


def test_half_a_character_in_an_odd_encoding(town, as_):
    body = b"--x\r\nContent-Disposition: form-data; name=name_en\r\n\r\n+2AA-\r\n--x--\r\n"
    for encoding in ("utf-7", "utf-16", "no-such-code"):
        answer = as_("product_manager").generic(
            "POST", town.address("goal-add"), body, content_type=f"multipart/form-data; boundary=x; charset={encoding}"
        )
        assert 400 <= answer.status_code < 500, encoding
