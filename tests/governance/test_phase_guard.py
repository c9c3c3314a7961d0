"""The phase moves by decision or audited opening position alone: not by another module, an act's values, SQL or a form."""

import ast

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, ProgrammingError, connection, transaction

from products.actions.phase import move_phase
from products.actions.products import change_product, register_product
from products.models import Product
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import Mandate, MandateKind
from records.refusals import Conflict, Refused
from tests.config import house
from tests.governance.deciding import gate_of, stand

# Who may write a phase, and who may give the mandate that lets it be written.
WRITERS = {"products/actions/phase.py", "governance/actions/phases.py", "portfolio/actions/opening.py"}
GIVERS = {
    "governance/consequences/mandates.py",
    "portfolio/actions/opening.py",
    "portfolio/demonstration/roadmaps.py",
}


def targets(node):
    found = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [part for each in found for part in (each.elts if isinstance(each, ast.Tuple) else [each])]


def test_phase_is_assigned_by_its_writers_only():
    names = {"phase", "phase_mandate", "phase_mandate_id"}
    found = {
        house.short(path)
        for path in house.modules()
        for node in ast.walk(house.parsed(path))
        for part in targets(node)
        if isinstance(part, ast.Attribute) and part.attr in names
    }
    assert found == WRITERS


def test_mandates_are_given_by_decisions_and_opening_positions_only():
    found = {
        house.short(path)
        for path in house.modules()
        for node in ast.walk(house.parsed(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "give_mandate"
    }
    assert found == GIVERS


def test_no_other_move_names_the_phase_of_a_product(cast):
    for act in (
        lambda: change_product(product=cast.product, by=cast.product_manager, phase="operate"),
        lambda: change_product(product=cast.product, by=cast.product_manager, phase_mandate=None),
        lambda: register_product(department=cast.department, by=cast.portfolio_manager, code="NEW", phase="operate"),
    ):
        with pytest.raises(ValidationError, match="Only a decision"):
            act()
    assert Product.objects.get(pk=cast.product.pk).phase == "strategy"


def mandate(subject, kind=MandateKind.DECISION, what="phase"):
    return give_mandate(kind=kind, what=what, subject=subject, reference="2026-001", by=SYSTEM)


@pytest.mark.parametrize("wrong", ["opening", "status", "another", "forged"])
def test_phase_does_not_move_by_a_wrong_mandate(cast, wrong):
    made = {
        "opening": lambda: mandate(cast.product, kind=MandateKind.OPENING),
        "status": lambda: mandate(cast.product, what="product status"),
        "another": lambda: mandate(cast.branch),
        "forged": lambda: Mandate(kind="decision", what="phase", subject_id=str(cast.product.pk)),
    }[wrong]()
    with pytest.raises(Refused):
        move_phase(product=cast.product, phase="design", mandate=made, by=cast.cio)


def test_mandate_is_spent_once(cast):
    first, second = mandate(cast.product), mandate(cast.product)
    move_phase(product=cast.product, phase="design", mandate=first, by=cast.cio)
    move_phase(product=cast.product, phase="transition", mandate=second, by=cast.cio)
    for spent in (first, second):
        with pytest.raises(Conflict, match="already"):
            move_phase(product=cast.product, phase="operate", mandate=spent, by=cast.cio)


def test_phase_moves_along_the_table_only(cast):
    with pytest.raises(Conflict):
        move_phase(product=cast.product, phase="operate", mandate=mandate(cast.product), by=cast.cio)


@pytest.mark.parametrize("also", ["", ", version = version + 1", ", phase_since = '2020-01-01'"])
def test_database_refuses_a_phase_without_a_new_mandate(cast, also):
    stand(cast.product, "transition")
    refused = pytest.raises((InternalError, ProgrammingError), match="moves only by a decision")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE products_product SET phase = 'operate'{also} WHERE code = 'JSA'")


CRAFTED = {"phase": "operate", "phase_since": "2020-01-01", "phase_mandate": "1", "status": "granted", "mandate": "1"}


@pytest.mark.parametrize("who", ["product_manager", "portfolio_manager", "sponsor", "cio", "admin"])
def test_crafted_posts_leave_phase_and_status_alone(cast, client_of, who):
    product, client = cast.product, client_of(who)
    facts = {"code": "JSA", "name_en": "Other", "name_fr": "Autre", "level": "cio", "orientation": "external",
             "sponsoring_branch": cast.branch.pk, "way_of_working": "agile", "version": product.version}  # fmt: skip
    gate = gate_of(1).pk
    for address in (
        "/en/products/JSA/change/",
        f"/en/admin/products/product/{product.pk}/change/",
        "/en/products/JSA/gates/",
        f"/en/products/JSA/gates/begin/{gate}/",
        "/en/conditions/",
    ):
        client.post(address, facts | CRAFTED)
    assert Product.objects.get(pk=product.pk).phase == "strategy"
    assert not product.productstatuss.exists()


def test_administration_shows_phase_changes_and_mandates_for_reading_only(cast, client_of):
    admin = client_of("admin")
    assert admin.get("/en/admin/products/product/add/").status_code in (403, 404)
    assert admin.get("/en/admin/records/mandate/add/").status_code in (403, 404)
    page = admin.get(f"/en/admin/products/product/{cast.product.pk}/change/").content.decode()
    assert 'name="phase"' not in page
