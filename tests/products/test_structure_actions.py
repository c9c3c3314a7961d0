"""Positions and bodies: no circles, held or vacant, and the capacity that a holder has from them (decisions.md §4)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from people.models import Capacity
from people.permissions import forget_standing
from products.actions.governance import Seat, add_body, change_body, end_body, remove_facing
from products.actions.structure import add_position, change_position, end_position
from products.models import BodyMember, CorporateFacing, GovernanceBody, Position
from products.permissions import may_edit_brief
from records.refusals import Refused, Stale
from tests.products.brief import SINCE, fill_governance, fill_structure


def team_of(position):
    return list(Capacity.objects.filter(source_id=position.pk).values_list("person__name", "starts_on", "ends_on"))


def position(cast, **values):
    values = {"title_en": "Analyst", "title_fr": "Analyste", "branch": cast.branch, "starts_on": SINCE} | values
    return add_position(product=cast.product, by=values.pop("by", cast.product_manager), **values)


def test_position_puts_its_holder_on_the_team(cast):
    assert not may_edit_brief(cast.colleague, cast.product)

    held = position(cast, holder=cast.colleague)

    forget_standing(cast.colleague)
    assert may_edit_brief(cast.colleague, cast.product)
    assert team_of(held) == [("Colleague", SINCE, None)]


def test_position_hands_the_capacity_to_the_next_holder(cast):
    held = position(cast, holder=cast.colleague)

    change_position(position=held, by=cast.product_manager, holder=cast.executive, held_since=date(2025, 9, 1))

    forget_standing(cast.colleague)
    assert team_of(held) == [("Executive", date(2025, 9, 1), None)]
    assert not may_edit_brief(cast.colleague, cast.product)


def test_position_left_vacant_says_since_when_and_takes_the_capacity_back(cast):
    held = position(cast, holder=cast.colleague)

    change_position(position=held, by=cast.product_manager, holder=None, vacant_since=date(2025, 9, 1))

    assert (held.vacant_since, held.held_since, team_of(held)) == (date(2025, 9, 1), None, [])


def test_position_never_reports_to_itself_through_others(cast):
    fill_structure(cast)
    top, below = Position.objects.get(title_en="Director"), Position.objects.get(title_en="Analyst")

    with pytest.raises(ValidationError) as error:
        change_position(position=top, by=cast.product_manager, reports_to=below)

    assert "reports_to" in error.value.message_dict


def test_position_that_ends_leaves_its_reports_to_its_superior(cast):
    top = position(cast, title_en="Top")
    middle = position(cast, title_en="Middle", reports_to=top, holder=cast.colleague)
    leaf = position(cast, title_en="Leaf", reports_to=middle)

    end_position(position=middle, ends_on=date(2026, 1, 31), by=cast.product_manager)

    assert Position.objects.get(pk=leaf.pk).reports_to_id == top.pk
    assert team_of(middle) == [("Colleague", SINCE, date(2026, 1, 31))]


def test_position_is_changed_by_leads_and_never_over_a_newer_state(cast):
    held = position(cast)
    with pytest.raises(Refused):
        change_position(position=held, by=cast.security_champion, title_en="Mine")
    change_position(position=Position.objects.get(), by=cast.product_manager, expected=1, title_en="Senior analyst")

    with pytest.raises(Stale):
        change_position(position=Position.objects.get(), by=cast.it_manager, expected=1, title_en="Junior analyst")


def test_body_keeps_members_by_role_or_name_and_moves_its_chair(cast):
    fill_governance(cast)
    body = GovernanceBody.objects.get()

    change_body(
        body=body,
        by=cast.product_manager,
        members=[Seat(role="head_of_product"), Seat(person=cast.sponsor, is_chair=True)],
    )

    assert [str(each) for each in BodyMember.objects.filter(is_chair=True)] == ["Sponsor"]
    assert BodyMember.objects.count() == 2


def test_body_has_one_chair(cast):
    with pytest.raises(ValidationError):
        add_body(
            product=cast.product,
            by=cast.product_manager,
            starts_on=SINCE,
            kind="committee",
            name_en="A",
            name_fr="A",
            members=[Seat(role="head_of_product", is_chair=True), Seat(role="product_owner", is_chair=True)],
        )
    assert not GovernanceBody.objects.exists()


def test_body_never_reports_in_a_circle_and_ends_upwards(cast):
    fill_governance(cast)
    top = GovernanceBody.objects.get()
    group = add_body(
        product=cast.product,
        by=cast.product_manager,
        starts_on=SINCE,
        kind="working_group",
        name_en="Group",
        name_fr="Groupe",
        reports_to=top,
    )
    with pytest.raises(ValidationError):
        change_body(body=top, by=cast.product_manager, reports_to=group)

    end_body(body=GovernanceBody.objects.get(pk=top.pk), ends_on=date(2026, 1, 31), by=cast.product_manager)

    assert GovernanceBody.objects.get(pk=group.pk).reports_to_id is None


def test_facing_is_taken_off_the_list(cast):
    fill_governance(cast)

    remove_facing(facing=CorporateFacing.objects.get(), by=cast.product_manager)

    assert not CorporateFacing.objects.exists()
