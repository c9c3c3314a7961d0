"""Authority handed over: by whom, to whom, for what and how long; never votes, never further on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.actions.capacities import grant_capacity
from people.actions.delegations import delegate_authority, end_delegation
from people.actions.people import deactivate_person
from people.delegations import acting_for, givers_to
from people.models import Capacity, Delegation, Notice
from people.permissions import forget_standing, may
from people.states import CapacityKind, DelegatedAct, ScopeKind
from products.models import Product
from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from tests.cast import SINCE
from tests.people.test_second_factor import seat

pytestmark = pytest.mark.django_db
LIST = "/en/account/delegations/"
NEW = "/en/account/delegations/new/"


def hand_over(giver, delegate, days=10, **values):
    today = clock.today()
    given = {"acts": ["signing"], "starts_on": today, "ends_on": today + timedelta(days=days), "reason": "Leave"}
    return delegate_authority(giver=giver, delegate=delegate, **({"by": giver} | given | values))


def signs_for(person, cast, kind=CapacityKind.CIO, **values):
    forget_standing(person)
    return acting_for(person, kind, department=cast.department.pk, **values)


def test_the_delegate_signs_for_the_giver_and_gets_no_right_of_their_own(cast):
    hand_over(cast.cio, cast.colleague)
    assert signs_for(cast.colleague, cast) == cast.cio
    assert givers_to(cast.colleague) == [cast.cio]
    assert signs_for(cast.colleague, cast, CapacityKind.CFO) is None, "what the giver is not"
    assert acting_for(cast.colleague, CapacityKind.CIO, department=cast.other_department.pk) is None
    assert signs_for(cast.colleague, cast, act=DelegatedAct.REQUESTING) is None, "what was not handed over"
    assert not may(cast.colleague, "change_budget", cast.product, department=cast.department.pk)
    assert Notice.objects.get(kind="delegation.given").person == cast.colleague
    event = AuditEvent.objects.get(event="authority delegated")
    assert (event.reason, event.actor_id) == ("Leave", str(cast.cio.pk))


def test_it_counts_from_its_first_to_its_last_day(cast):
    today = clock.today()
    hand_over(cast.cio, cast.colleague, starts_on=today + timedelta(days=2), ends_on=today + timedelta(days=3))
    for days, counts in ((1, False), (2, True), (3, True), (4, False)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert (signs_for(cast.colleague, cast) is not None) is counts


@pytest.mark.parametrize("who", ["giver", "delegate", "administrator"])
def test_each_side_ends_it_at_once(cast, who):
    delegation = hand_over(cast.cio, cast.colleague)
    by = {"giver": cast.cio, "delegate": cast.colleague, "administrator": cast.admin}[who]
    end_delegation(delegation=delegation, by=by, reason="Back")
    assert signs_for(cast.colleague, cast) is None
    assert not Capacity.objects.filter(source_id=delegation.pk).exists(), "ended on its first day"
    told = {each.person for each in Notice.objects.filter(kind="delegation.ended")}
    assert told == {cast.cio, cast.colleague} - {by}
    with pytest.raises(Conflict):
        end_delegation(delegation=delegation, by=by, reason="Again")


def test_ended_later_it_stands_until_the_day_before(cast):
    delegation = hand_over(cast.cio, cast.colleague)
    with clock.at(clock.now() + timedelta(days=3)):
        end_delegation(delegation=delegation, by=cast.cio, reason="Back")
        row = Capacity.objects.get(source_id=delegation.pk)
        assert (row.person, row.scope, row.scope_id) == (cast.colleague, ScopeKind.PERSON, cast.cio.pk)
        assert row.ends_on == clock.today() - timedelta(days=1)


def test_others_do_not_end_it(cast):
    delegation = hand_over(cast.cio, cast.colleague)
    with pytest.raises(Refused):
        end_delegation(delegation=delegation, by=cast.sponsor, reason="No")


def test_what_was_received_is_not_handed_on(cast):
    hand_over(cast.cio, cast.cfo)
    hand_over(cast.cfo, cast.colleague)
    assert signs_for(cast.colleague, cast, CapacityKind.CFO) == cast.cfo
    assert signs_for(cast.colleague, cast, CapacityKind.CIO) is None
    with pytest.raises(Refused):
        hand_over(cast.colleague, cast.executive)


def test_seats_and_votes_are_never_handed_over(cast):
    seat(cast.colleague, CapacityKind.BOARD_CHAIR)
    with pytest.raises(Refused, match="seat on a board"):
        hand_over(cast.colleague, cast.executive)
    seat(cast.cio, CapacityKind.BOARD_MEMBER)
    hand_over(cast.cio, cast.executive)
    assert acting_for(cast.executive, CapacityKind.BOARD_MEMBER, board=cast.cio.pk) is None


def test_nobody_hands_over_for_another(cast):
    for by in (cast.cfo, cast.admin):
        with pytest.raises(Refused):
            hand_over(cast.cio, cast.colleague, by=by)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2020, 1, 1)}, "__all__"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
        ({"acts": []}, "acts"),
        ({"acts": ["voting"]}, "acts"),
        ({"reason": ""}, "reason"),
        ({"delegate": "cio"}, "delegate"),
        ({"delegate": "stranger"}, "delegate"),
        ({"delegate": "gone"}, "delegate"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(cast, values, field):
    deactivate_person(person=cast.auditor, by=cast.admin, reason="Left")
    cast.people["gone"] = cast.auditor
    given = {"delegate": cast.people[values.pop("delegate", "colleague")], **values}
    with pytest.raises(ValidationError) as caught:
        hand_over(cast.cio, **given)
    assert field in caught.value.message_dict
    assert not Delegation.objects.exists()


def test_the_database_keeps_the_rules_as_well(cast):
    delegation = hand_over(cast.cio, cast.colleague)
    for column, value in (("ends_on", date(2020, 1, 1)), ("delegate_id", cast.cio.pk), ("acts", [])):
        setattr(delegation, column, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            delegation.save()
        delegation.refresh_from_db()


def test_one_acts_for_one_in_one_thing_at_a_time(cast):
    first = hand_over(cast.cio, cast.colleague)
    with pytest.raises(Conflict, match="Colleague acts for you"):
        hand_over(cast.cio, cast.executive, acts=["signing", "requesting"])
    hand_over(cast.cio, cast.executive, acts=["requesting"])
    end_delegation(delegation=first, by=cast.cio, reason="Other plans")
    hand_over(cast.cio, cast.executive)


def test_who_left_is_acted_for_by_nobody(cast):
    hand_over(cast.cio, cast.colleague)
    deactivate_person(person=cast.cio, by=cast.admin, reason="Left")
    assert signs_for(cast.colleague, cast) is None


def test_it_is_given_on_its_page_seen_by_both_and_ended(cast, client_of):
    client = client_of("cio")
    form = {"delegate": "Colleague", "acts": "signing", "starts_on": str(clock.today()), "reason": "Août"}
    assert client.post(NEW, form | {"ends_on": ""}).status_code == 422
    assert client.post(NEW, form | {"ends_on": "2099-01-01"})["Location"] == LIST
    delegation = Delegation.objects.get()
    assert "Colleague" in client.get(LIST).content.decode()
    page = client_of("colleague").get(LIST.replace("/en/", "/fr/")).content.decode()
    assert "Cio" in page
    assert "acting for Cio" in client_of("colleague").get("/en/").content.decode()
    end = f"/en/account/delegations/{delegation.pk}/end/"
    assert client_of("sponsor").get(end).status_code == 404
    assert client_of("colleague").post(end, {"reason": "", "version": 1}).status_code == 422
    assert client_of("colleague").post(end, {"reason": "No time", "version": 0}).status_code == 409
    assert client_of("colleague").post(end, {"reason": "No time", "version": 1})["Location"] == LIST
    assert "acting for" not in client_of("colleague").get("/en/").content.decode()


def test_handing_over_asks_who_is_there_and_keeps_every_value(cast, client_of):
    client = client_of("cio", minutes_ago=11)
    form = {
        "delegate": "Colleague",
        "acts": ["signing", "requesting"],
        "starts_on": "2099-01-01",
        "ends_on": "2099-02-01",
    }
    answer = client.post(NEW, form | {"reason": "Leave in January"})
    assert not Delegation.objects.exists()
    client.post(answer["Location"], {"password": "a long enough password 1867"})
    page = client.get(NEW).content.decode()
    assert all(f'value="{value}"' in page for value in ("Colleague", "2099-01-01", "2099-02-01", "Leave in January"))
    assert page.count("checked") == 2


def test_a_capacity_held_over_a_person_opens_nothing_else(cast):
    grant_capacity(
        person=cast.stranger, kind=CapacityKind.DELEGATE_SIGNING, scope=ScopeKind.PERSON, scope_id=cast.cio.pk,
        starts_on=SINCE, ends_on=None, source=cast.stranger,
    )  # fmt: skip
    assert not Product.objects.visible_to(cast.stranger).exists()
