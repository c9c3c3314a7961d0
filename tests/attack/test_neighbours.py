"""The same roles in another branch of the same department: they read what is published, and write nothing of ours (S-01)."""

import pytest

from people.actions.organisation import register_branch
from people.models import BranchKind
from people.states import CapacityKind
from products.actions.products import register_product
from products.actions.roles import assign_role
from records.actors import SYSTEM
from records.models import AuditEvent
from tests.attack.everything import every_third, governed_rows
from tests.attack.test_refused import SENDABLE, filled
from tests.attack.town import ADDRESSES, EXPECTED, OURS
from tests.cast import SINCE, person
from tests.plugins.cast import client_for

pytestmark = pytest.mark.django_db
ROLES = [CapacityKind.PRODUCT_MANAGER, CapacityKind.PRODUCT_OWNER, CapacityKind.HEAD_OF_PRODUCT]
OF_PRODUCTS = sorted(name for name in SENDABLE if "code" in ADDRESSES[name])
READ_BY_ALL = sorted(
    name for name in OURS if "code" in ADDRESSES[name] and EXPECTED[name].allowed is None and EXPECTED[name].ok == 200
)


@pytest.fixture(scope="module")
def neighbours(town):
    """Who leads a product of the branch next door, signed in."""
    here, by = town.cast.department, town.cast.portfolio_manager
    texts = {"name_en": "Next door", "name_fr": "À côté"}
    branch = register_branch(department=here, kind=BranchKind.PROGRAM, acronym="NEXT", by=SYSTEM, **texts)
    product = register_product(
        department=here, code="NEXT", level="cio", orientation="external", sponsoring_branch=branch, by=by, **texts
    )
    found = {}
    for kind in ROLES:
        one = person(f"neighbour_{kind.value}", here, branch)
        assign_role(product=product, person=one, kind=kind, starts_on=SINCE, by=by)
        found[one] = client_for(one, raise_request_exception=False)
    return found


@pytest.mark.parametrize("name", READ_BY_ALL)
def test_neighbours_read_what_the_department_reads(town, neighbours, name):
    """One of them in turn: whoever is of the department reads alike."""
    one = list(neighbours.values())[READ_BY_ALL.index(name) % len(neighbours)]
    assert one.get(town.address(name)).status_code == 200


def in_turn(name, neighbours):
    """One of them at each address; all of them at each in `make security`."""
    one = list(neighbours)[OF_PRODUCTS.index(name) % len(neighbours)]
    return {one: neighbours[one]}


def everybody(name, neighbours):
    return neighbours


@pytest.mark.parametrize("trying", [in_turn, pytest.param(everybody, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", every_third(OF_PRODUCTS))
def test_neighbours_write_nothing(town, as_, neighbours, name, trying):
    address = town.address(name)
    data, before, seen = filled(as_, name, address), governed_rows(), AuditEvent.objects.count()
    answers = {one: client.post(address, data).status_code for one, client in trying(name, neighbours).items()}
    assert set(answers.values()) <= {403, 404}
    assert governed_rows() == before
    noted = AuditEvent.objects.order_by("pk")[seen:]
    assert {(each.event, each.actor_id) for each in noted} == {
        ("act refused", str(one.pk)) for one, status in answers.items() if status == 403
    }
