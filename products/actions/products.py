"""Register products and change what is known of them."""

from typing import Any

from people.models import Department
from people.permissions import require
from products import events
from products.models import Product
from products.permissions import may_change_product, may_register_product
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save


@act
def register_product(*, department: Department, by: Actor, **values: Any) -> Product:
    """Add a product to the inventory, in phase Strategy. `values` are fields of Product; ValidationError names the bad ones."""
    require(may_register_product(by, department))
    product = Product(department=department, **values)
    record(events.PRODUCT_REGISTERED, on=product, by=by, changes=save(product, by=by))
    return product


@act
def change_product(
    *, product: Product, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> Product:
    """Change fields of a product. `expected` is the version the person saw; Stale when it moved on."""
    require(may_change_product(by, product))
    for name, value in values.items():
        setattr(product, name, value)
    changes = save(product, by=by, expected=expected)
    if changes:
        record(events.PRODUCT_CHANGED, on=product, by=by, changes=changes, reason=reason)
    return product
