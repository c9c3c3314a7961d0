"""Every address with queries and arguments nobody means: never a failing server, never a trace for the stranger."""

import pytest
from django.apps import apps
from django.urls import NoReverseMatch

from records.models import AuditEvent
from records.models.governed import Governed
from tests.attack.town import ADDRESSES, OURS, PRIVATE

pytestmark = pytest.mark.django_db

QUERIES = [
    "page=0&at=garbage&older=abc&newer=-1&topic=zzz",
    "page=99999999999999999999&at=0000-00-00&older=99999999999999999999&newer=1&board=9999",
    "page=1&page=2&sort=-owner__password&owner__password__startswith=a&at=9999-12-31&lanes=zzz&paper=zzz",
    "page=%00&sort=%00&q=%00&at=%00&topic=%00&board=%00&department=%00&format=csv",
    "q=%FF%FE%ED%A0%80&rows=%D9%A3&at=0001-01-01&phase=zzz&branch=zzz&mine=zzz",
    "q=" + "x" * 10_000,
]
ODD = {
    "code": ["A" * 30, "X-"],
    "year": [0, 1999, 9999, 10**25],
    "number": [0, 2**63],
    "older": [2**63],
    "newer": [2**63],
    "letter": ["z", "A" * 200],
    "kind": ["zzz"],
    "section": ["zzz"],
    "language": ["zz"],
    "verb": ["delete", "__class__"],
    **{key: ["00000000-0000-0000-0000-000000000000"] for key in ("key", "pk", "link")},
}
PAGES = sorted(set(OURS) - {"account_logout"})


def odd_addresses(town, name):
    base = town.address(name)
    yield [f"{base}?{query}" for query in QUERIES]
    yield [base.replace("JSA", "JSA%00"), f"{base}%00", base.replace("JSA", "%FF"), f"{base}x.css"]
    for argument in sorted(ADDRESSES[name] & set(ODD)):
        yield [odd for value in ODD[argument] if (odd := odd_address(town, name, argument, value))]


def odd_address(town, name, argument, value):
    """None where no such address can be."""
    try:
        return town.address(name, **{argument: value})
    except NoReverseMatch:
        return None


def in_turn(name, alike):
    """Of nonsense of one kind every piece goes to each twelfth address."""
    return alike[PAGES.index(name) % 12 :: 12]


def everything(name, alike):
    return alike


@pytest.mark.parametrize("share", [in_turn, pytest.param(everything, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", PAGES)
def test_nonsense_never_fails_the_server(town, as_, name, share):
    client = as_("portfolio_manager" if name.startswith("import") else "product_manager")
    asked = [address for alike in odd_addresses(town, name) for address in share(name, alike)]
    found = {address: client.get(address).status_code for address in asked}
    assert {address[:200]: status for address, status in found.items() if status >= 500} == {}


WHOLE = [pytest.param(method, 1, marks=pytest.mark.cross) for method in ("put", "trace")]


@pytest.mark.parametrize(("method", "step"), [("put", 5), *WHOLE])
def test_other_methods_change_nothing(town, as_, method, step):
    before = counted()
    for name in PAGES[::step]:
        assert getattr(as_("product_manager"), method)(town.address(name)).status_code < 500, name
    assert counted() == before


OTHERS = [pytest.param(who, marks=pytest.mark.cross) for who in ("portfolio_manager", "stranger")]


@pytest.mark.parametrize("who", ["head_of_product", *OTHERS])
def test_looking_changes_nothing(town, as_, who):
    before = counted()
    for name in PAGES:
        answer = as_(who).get(town.address(name))
        assert answer.status_code < 500, name
        if who != "stranger" and answer.get("Content-Type", "").startswith("text/html"):
            assert PRIVATE not in answer.content.decode(), name
    assert counted() == before


def counted():
    """How many rows each governed table holds, and the trail without what it says of refused attempts."""
    models = [model for model in apps.get_models() if issubclass(model, Governed)]
    acts = AuditEvent.objects.exclude(event="act refused").count()
    return {model.__name__: model._base_manager.count() for model in models} | {"AuditEvent": acts}
