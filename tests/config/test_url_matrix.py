"""Every address × every member of the cast gets the answer its row promises; an address without a row fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from records import clock
from tests.cast import make_cast
from tests.config.url_matrix import DELIVERY, ROWS, administration
from tests.config.url_matrix_governance import GOVERNANCE, ON_BOARDS
from tests.config.url_matrix_roadmap import ROADMAP
from tests.config.url_world import make_world
from tests.config.url_world_roadmap import NOVEMBER
from tests.plugins.cast import client_for, kept_world

# Each test's transaction lies inside the world's, so that looking leaves no trace for the next one.
pytestmark = pytest.mark.django_db
# The administration asks only whether somebody administers: a few stand for all (test_admin_rows asks everybody).
AT_THE_GATE = ("admin", "product_manager", "auditor", "stranger")
# A document takes a second to set: everybody who may not have it asks, and two of those who may.
SET_ON_ASKING = {"roadmap-executive-pdf", "outcome-pdf"}


def addresses(resolver=None, space="", above=frozenset()):
    """Name → the names of its arguments, for every address there is."""
    found = {}
    for each in (resolver or get_resolver()).url_patterns:
        wanted = above | set(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            found |= addresses(each, inner, wanted)
        elif each.name:
            found[f"{space}{each.name}"] = wanted
    return found


ADDRESSES = addresses()
EXPECTED = ROWS | DELIVERY | ROADMAP | GOVERNANCE | administration()
KNOWN = sorted(set(ADDRESSES) & set(EXPECTED))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all rows: looking at pages changes nothing."""
    with django_db_blocker.unblock(), clock.at(NOVEMBER):
        whole = transaction.atomic()
        whole.__enter__()
        yield kept_world("one of each", lambda: make_world(make_cast()))
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(world):
    found = {None: Client()}
    for name, person in world.cast.people.items():
        if name in ON_BOARDS or name not in world.seats:
            found[name] = client_for(person)
    return found


def address_of(name, world):
    return reverse(name, kwargs=EXPECTED[name].arguments(world, ADDRESSES[name]))


def everybody(name, clients):
    """Who asks for an address: everybody of the cast, and on the boards' own pages one for each seat."""
    if name.startswith("admin:"):
        return (None, *AT_THE_GATE)
    asking = [who for who in clients if name in GOVERNANCE or who not in ON_BOARDS]
    given = [who for who in asking if EXPECTED[name].status(who) == 200]
    return [who for who in asking if name not in SET_ON_ASKING or who not in given[2:]]


def some(name, clients):
    """Nobody, the stranger, and of those who are promised the same answer one, in turn from address to address.

    So everybody asks at many, and every promise of every row is put to the test. `make security` lets everybody ask everywhere.
    """
    promised, turn = {}, KNOWN.index(name)
    for who in everybody(name, clients):
        promised.setdefault(EXPECTED[name].status(who), []).append(who)
    picked = {alike[turn % len(alike)] for alike in promised.values()}
    return picked | {None, "stranger"}


def test_every_address_has_a_row():
    assert sorted(set(ADDRESSES) - set(EXPECTED)) == []


def test_every_row_has_an_address():
    assert sorted((set(ROWS) | set(ROADMAP) | set(GOVERNANCE)) - set(ADDRESSES)) == []


@pytest.mark.parametrize("asking", [some, pytest.param(everybody, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", KNOWN)
def test_address_answers_each_of_the_cast_as_promised(world, clients, name, asking):
    address = address_of(name, world)
    asked = {who: clients[who] for who in asking(name, clients)}
    answers = {who: client.get(address).status_code for who, client in asked.items()}
    promised = {who: EXPECTED[name].status(who) for who in asked}
    wrong = [f"{who}: {answers[who]}, not {promised[who]}" for who in asked if answers[who] != promised[who]]
    assert not wrong, f"{address}: " + "; ".join(wrong)


# What machines send carries a signature instead, and no cookie counts there.
SIGNED = {"delivery-receive"}


def test_form_without_its_security_token_is_refused_everywhere(world):
    client = client_for(world.cast.people["admin"], enforce_csrf_checks=True)
    asked = [address_of(name, world) for name in KNOWN if name not in SIGNED]
    answers = {address: client.post(address, {"any": "thing"}).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status != 403} == {}
