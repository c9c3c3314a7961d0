"""A megabyte in each text field of each form: told in words, with nothing written and nothing lost; more is not taken at all."""

import pytest

from tests.attack.everything import every_third, governed_rows
from tests.attack.forms_found import forms_of, text_fields
from tests.attack.test_refused import SENDABLE, takers

pytestmark = pytest.mark.django_db
MUCH = "x" * 1_000_000
# Sent by a list of suggestions or a button, not typed: what is no entry of the list is ignored or refused there.
PAGES = sorted({*SENDABLE, "account"} - {"brief-autosave"})


def two(name, fields):
    """Two fields of a page in turn."""
    return fields[PAGES.index(name) % max(len(fields) // 2, 1) :: max(len(fields) // 2, 1)][:2]


def every(name, fields):
    return fields


@pytest.mark.parametrize("some", [two, pytest.param(every, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", every_third(PAGES))
def test_a_megabyte_in_a_field_is_told_and_writes_nothing(town, as_, name, some):
    who = sorted(takers(name))[0] if name in SENDABLE else "product_manager"
    client, address = as_(who), town.address(name)
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return
    html, before = page.content.decode(), governed_rows()
    for action, field in some(name, text_fields(html)):
        fields = next(given for to, given in forms_of(html) if to == action and field in given)
        answer = client.post(action.split("#")[0] or address, fields | {field: MUCH, "marker_en": "kept"})
        assert answer.status_code in (413, 422), (action, field, answer.status_code)
        assert 'aria-invalid="true"' in answer.content.decode() or "alert" in answer.content.decode(), field
    assert governed_rows() == before


def test_what_was_typed_in_the_other_fields_is_still_there(town, as_):
    given = {"name_en": "Kept in English", "name_fr": MUCH}
    answer = as_("product_manager").post(town.address("goal-add"), given)
    assert answer.status_code == 422
    assert "Kept in English" in answer.content.decode()
    assert MUCH in answer.content.decode()


def test_autosave_of_a_megabyte_keeps_what_was_kept_before(town, as_):
    client, address = as_("product_manager"), town.address("brief-autosave")
    assert client.post(address, {"version": "1", "summary_en": "Before"}).status_code == 200
    answer = client.post(address, {"version": "1", "summary_en": MUCH})
    assert (answer.status_code, bool(answer.json()["reason"])) == (413, True)
    kept = client.get(town.address("brief-section", section="product")).content.decode()
    assert "Before" in kept


def test_three_megabytes_are_not_read(town, as_):
    before = governed_rows()
    answer = as_("product_manager").post(town.address("goal-add"), {"name_en": MUCH * 3})
    assert answer.status_code == 413
    assert "<h1" in answer.content.decode()
    assert governed_rows() == before
