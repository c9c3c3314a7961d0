"""What a product enables, improves, manages and depends on: live acts, each with its reason in the trail (domain.md §2)."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products import events
from products.models import (
    Application,
    ApplicationManaged,
    BusinessCapability,
    CapabilityImproved,
    Product,
    ProductDependency,
    Service,
    ServiceEnabled,
)
from products.models.product import ProductLink
from products.permissions import may_change_product
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import difference, remove, save

L = TypeVar("L", bound=ProductLink)


@act
def enable_service(*, product: Product, service: Service, by: Actor, reason: str = "") -> ServiceEnabled:
    """Say that the product enables a service. ValidationError when it is listed already."""
    return _add(ServiceEnabled(product=product, service=service), by, reason)


@act
def improve_capability(
    *, product: Product, capability: BusinessCapability, by: Actor, reason: str = ""
) -> CapabilityImproved:
    """Say that the product improves a business capability."""
    return _add(CapabilityImproved(product=product, capability=capability), by, reason)


@act
def manage_application(
    *, product: Product, application: Application, by: Actor, reason: str = ""
) -> ApplicationManaged:
    """Say that the product's team manages an application."""
    return _add(ApplicationManaged(product=product, application=application), by, reason)


@act
def depend_on(
    *, product: Product, needs: Product, by: Actor, for_what_en: str = "", for_what_fr: str = "", reason: str = ""
) -> ProductDependency:
    """Say that the product depends on another; read the other way the other is used by it."""
    return _add(
        ProductDependency(product=product, needs=needs, for_what_en=for_what_en, for_what_fr=for_what_fr), by, reason
    )


@act
def remove_link(*, link: ProductLink, by: Actor, reason: str) -> None:
    """Take a link back. It stays in the trail, with the reason, which must be given."""
    require(may_change_product(by, link.product))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    removed = {name: [after, before] for name, (before, after) in difference(None, link).items()}
    record(events.LINK_REMOVED, on=link, by=by, changes=removed, reason=reason)
    remove(link, by=by)


def _add(link: L, by: Actor, reason: str) -> L:
    require(may_change_product(by, link.product))
    record(events.LINK_ADDED, on=link, by=by, changes=save(link, by=by), reason=reason)
    return link
