"""Who may do what with products and briefs. Each verdict carries its reason; the table is in people.permissions."""

from typing import Any

from people.delegations import acting_for
from people.models import Department, Person
from people.permissions import Verdict, may
from people.states import CapacityKind, DelegatedAct
from products.models import Product


def _over(product: Product) -> dict[str, Any]:
    return product.scopes()


def may_register_product(person: Any, department: Department) -> Verdict:
    return may(person, "register_product", department, department=department.pk)


def may_change_product(person: Any, product: Product) -> Verdict:
    return may(person, "change_product", product, **_over(product))


def may_open_position(person: Any, product: Product) -> Verdict:
    return may(person, "open_position", product, **_over(product))


def may_import_inventory(person: Any, department: Department) -> Verdict:
    return may(person, "import_inventory", department, department=department.pk)


def may_see_drafts(person: Any, product: Product) -> Verdict:
    return may(person, "see_drafts", product, **_over(product))


def may_read_risks(person: Any, product: Product) -> Verdict:
    """Risks are for the team and for whoever oversees the product or the head of its family; for the rest of the department
    they are not there."""
    verdict = may(person, "read_risks", product, **_over(product))
    if verdict or product.is_head:
        return verdict
    return may(person, "read_risks", product, **_over(product.head))


def may_edit_brief(person: Any, product: Product) -> Verdict:
    return may(person, "edit_brief", product, **_over(product))


def may_publish_brief(person: Any, product: Product) -> Verdict:
    return may(person, "publish_brief", product, **_over(product))


def may_confirm_brief(person: Any, product: Product) -> Verdict:
    return may(person, "confirm_brief", product, **_over(product))


def may_assign_roles(person: Any, product: Product) -> Verdict:
    return may(person, "assign_roles", product, **_over(product))


def may_change_structure(person: Any, product: Product) -> Verdict:
    return may(person, "change_structure", product, **_over(product))


def may_write_strategy(person: Any, product: Product) -> Verdict:
    return may(person, "write_strategy", product, **_over(product))


def may_change_budget(person: Any, product: Product) -> Verdict:
    return may(person, "change_budget", product, **_over(product))


def may_change_boundaries(person: Any, product: Product) -> Verdict:
    return may(person, "change_boundaries", product, **_over(product))


def may_request_status(person: Any, product: Product) -> Verdict:
    """The sponsor, or to whom the sponsor handed this over for a while."""
    verdict = may(person, "request_status", product, **_over(product))
    return Verdict(True) if not verdict and asks_for(person, product) else verdict


def asks_for(person: Any, product: Product) -> Person | None:
    """The sponsor in whose name `person` asks for the status of `product` today; None for who asks in their own, or not."""
    if not isinstance(person, Person) or may(person, "request_status", product, **_over(product)):
        return None
    return acting_for(person, CapacityKind.SPONSOR, act=DelegatedAct.REQUESTING, **_over(product))


def may_record_exit(person: Any, product: Product) -> Verdict:
    """Who answers for the product's money completes the exit record, or the sponsor."""
    return may_request_status(person, product) or may(person, "change_budget", product, **_over(product))
