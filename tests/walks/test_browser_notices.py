"""A person reads what they were told, marks it, and chooses what comes by mail."""

import pytest

from people.models import Notice
from tests.people.telling import ROLE, said
from tests.walks.walk import ONCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_of_somebody_who_was_told(walk, cast, language, width):
    way = walk("colleague", language, width)
    way.go("notice-list")
    for number in range(2):
        said(cast, people=[cast.colleague], kind=ROLE, text_en=f"Thing {number}", text_fr=f"Chose {number}")
    way.go("notice-list")
    way.click(way.page.locator(".notices button").first)
    assert Notice.objects.filter(person=cast.colleague, read_at=None).count() == 1
    way.press("Mark all as read")
    way.follow("Choose what you are told, and what comes by mail")
    way.page.select_option("#id_kind_demand_raised", "here")
    way.press("Save your choice")
    assert way.page.locator("#id_kind_demand_raised").input_value() == "here"
