"""Who is told of a role and of a brief that is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people.models import Notice
from products.actions.briefs import confirm_brief, publish_brief
from products.actions.roles import assign_role, end_role
from products.brief.due import tell_due
from products.models import RoleAssignment
from products.notices import BRIEF_DUE, ROLE_ENDED, ROLE_GIVEN
from records import clock
from records.acts import performing
from tests.products.brief import fill_brief

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 18, 14, tzinfo=UTC)


def test_whoever_gets_or_loses_a_role_is_told(cast):
    held = RoleAssignment.objects.get(kind="product_owner")
    end_role(assignment=held, ends_on=date(2026, 12, 31), by=cast.head_of_product)
    ended = Notice.objects.get(kind=ROLE_ENDED)
    assert ended.person == cast.product_owner
    assert ended.text_en == (
        f"You are Product Owner of Job Seeker Account until 2026-12-31, entered by {cast.head_of_product.name}."
    )
    given = {
        "product": cast.product,
        "kind": "product_owner",
        "starts_on": date(2027, 1, 1),
        "by": cast.head_of_product,
    }
    assign_role(person=cast.colleague, **given)
    notice = Notice.objects.get(kind=ROLE_GIVEN)
    assert (notice.person, notice.delivery, notice.path) == (cast.colleague, "at_once", "/products/JSA/")


def tell_on(day):
    with clock.at(datetime(day.year, day.month, day.day, 14, tzinfo=UTC)), performing():
        return tell_due(day)


def test_brief_is_asked_for_once_a_quarter_and_once_it_is_old(cast):
    with clock.at(NOVEMBER):
        fill_brief(cast)
        publish_brief(product=cast.product, by=cast.product_manager, seen=0)
    assert tell_on(date(2026, 12, 31)) == 0
    assert [tell_on(date(2027, 1, 4)), tell_on(date(2027, 1, 5))] == [1, 1]
    first = Notice.objects.get(kind=BRIEF_DUE)
    assert first.person == cast.head_of_product
    assert "quarter that began on 2027-01-01" in first.text_en
    old = NOVEMBER.date() + timedelta(days=93)
    assert [tell_on(old), tell_on(old + timedelta(days=1))] == [1, 1]
    latest = Notice.objects.filter(kind=BRIEF_DUE).exclude(pk=first.pk)
    assert {notice.person for notice in latest} == {cast.head_of_product, cast.product_manager}
    with clock.at(datetime(2027, 2, 23, 14, tzinfo=UTC)):
        confirm_brief(product=cast.product, by=cast.head_of_product)
    assert tell_on(date(2027, 2, 24)) == 0
