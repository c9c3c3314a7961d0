"""Every form of every page sent back with what no field takes, and with fields it does not have: refused, never failing."""

import pytest
from django.db import transaction

from products.models import Product
from tests.attack.everything import every_third
from tests.attack.forms_found import forms_of
from tests.attack.town import EXPECTED, OURS

pytestmark = pytest.mark.django_db

PAGES = sorted(
    set(OURS) - {"account_logout", "account_login", "account_change_password", "account_reauthenticate", "sessions-end"}
)
# What a form does not ask for: taken along, it must change nothing.
EXTRA = {"phase": "retire", "phase_mandate": "1", "is_superuser": "1", "is_administrator": "1", "code": "STOLEN"}


def who_may(name):
    allowed = EXPECTED[name].allowed
    return "product_manager" if allowed is None or "product_manager" in allowed else sorted(allowed)[0]


def one(name, ways):
    """Of the ways to spoil a form one, in turn."""
    return [ways[PAGES.index(name) // 3 % len(ways)]]


def every(name, ways):
    return ways


@pytest.mark.parametrize("some", [one, pytest.param(every, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", every_third(PAGES))
def test_spoilt_forms_never_fail_the_server(town, as_, name, some):
    client, address = as_(who_may(name)), town.address(name)
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return
    product = Product.objects.values().get(pk=town.cast.product.pk)
    for action, fields in forms_of(page.content.decode()):
        to = action.split("#")[0] or address
        if "logout" in to or "sessions" in to:
            continue
        ways = [{}, dict.fromkeys(fields, "a\x00b"), fields | EXTRA, dict.fromkeys(fields, "9" * 40)]
        for spoilt in some(name, ways):
            mark = transaction.savepoint()
            assert client.post(to, spoilt).status_code < 500, (to, spoilt)
            now = Product.objects.values().get(pk=product["id"])
            assert (now["phase"], now["code"]) == (product["phase"], product["code"]) or name == "product-change"
            transaction.savepoint_rollback(mark)
