"""Register products and change what is known of them, their place in a family included."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Department
from people.permissions import require
from products import events, families
from products.models import Product
from products.permissions import may_change_product, may_import_inventory, may_register_product
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict
from records.trail import record
from records.writing import save


@act
def register_product(*, department: Department, by: Actor, reason: str = "", **values: Any) -> Product:
    """Add a product to the inventory, in phase Strategy. `values` are fields of Product; ValidationError names the bad ones."""
    require(may_register_product(by, department))
    _check_editable(values)
    product = Product(department=department, **values)
    record(events.PRODUCT_REGISTERED, on=product, by=by, changes=save(product, by=by), reason=reason)
    return product


@act
def change_product(
    *, product: Product, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> Product:
    """Change fields of a product. `expected` is the version the person saw; Stale when it moved on.

    A new `parent` moves the product and all under it into that family. Conflict when it heads a family that holds a
    brief, a roadmap, an MOU or risks, or leaves one in which it holds risks; ValidationError when the new parent lies under it.
    """
    require(may_change_product(by, product))
    return _change(product, by, expected, reason, values)


@act
def change_from_inventory(*, product: Product, by: Actor, reason: str = "", **values: Any) -> Product:
    """As `change_product`, for whoever may import an inventory into the product's department."""
    require(may_import_inventory(by, product.department))
    return _change(product, by, None, reason, values)


def _change(product: Product, by: Actor, expected: int | None, reason: str, values: dict[str, Any]) -> Product:
    _check_editable(values)
    before = Product.objects.get(pk=product.pk)
    for name, value in values.items():
        setattr(product, name, value)
    below = _prepare_move(before, product) if product.parent_id != before.parent_id else []
    changes = save(product, by=by, expected=expected)
    if changes:
        record(events.PRODUCT_CHANGED, on=product, by=by, changes=changes, reason=reason)
    for each in below:
        each.head_id = product.head_id
        record(events.PRODUCT_MOVED, on=each, by=by, changes=save(each, by=by), reason=reason)
    return product


def _check_editable(values: dict[str, Any]) -> None:
    """What an act of its own writes (the phase and its mandate) is nobody's to type."""
    closed = [name for name in values if not Product._meta.get_field(name).editable]
    if closed:
        raise ValidationError(_("Only a decision changes this: %(names)s.") % {"names": ", ".join(closed)})


def _prepare_move(before: Product, product: Product) -> list[Product]:
    """Lock the families concerned, refuse an impossible move, and return what moves along."""
    new_head = product.parent.head_id if product.parent else product.pk
    rows = Product.objects.select_for_update(of=("self",)).filter(head_id__in=[before.head_id, new_head])
    family = list(rows.order_by("pk"))
    ties = families.tied_by(before) if before.is_head else []
    if ties:
        words = _("%(product)s heads a family that holds: %(ties)s. It cannot become part of another product.")
        raise Conflict(words % {"product": before, "ties": ", ".join(ties)}, field="parent")
    below = families.below(product, [each for each in family if each.pk != product.pk])
    if product.parent_id in {product.pk, *(each.pk for each in below)}:
        raise ValidationError({"parent": _("A product cannot be part of itself or of a product under it.")})
    leaves = new_head != before.head_id and not before.is_head
    if leaves and (kept := families.kept_by([before, *below])):
        words = _("%(product)s, or what is part of it, holds: %(ties)s. It stays in its family.")
        raise Conflict(words % {"product": before, "ties": ", ".join(kept)}, field="parent")
    return below
