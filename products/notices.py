"""What people are told of by this floor: their roles, and the brief they answer for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from people.actions.notices import tell
from people.models import Capacity, Person
from people.notices import Group, Kind, both, register
from people.permissions import LEADS
from people.states import Delivery, ScopeKind
from products.models import Product, RoleAssignment
from records import clock
from records.actors import Actor

ROLE_GIVEN, ROLE_ENDED, BRIEF_DUE = "role.given", "role.ended", "brief.due"

register(
    Kind(
        ROLE_GIVEN,
        _("You are given a role in a product’s team"),
        Delivery.AT_ONCE,
        Group.TEAM,
        must=_("You answer for a product from that day."),
    ),
    Kind(ROLE_ENDED, _("A role of yours ends"), Delivery.AT_ONCE, Group.TEAM),
    Kind(BRIEF_DUE, _("A brief is to be confirmed or brought up to date"), Delivery.DIGEST, Group.TEAM),
)


def holders(product: Product, kinds: Iterable[str] = LEADS) -> QuerySet[Person]:
    """Who holds one of `kinds` over the family of `product` today; by default its Head of Product and Product Managers."""
    held = Capacity.objects.filter(kind__in=kinds, scope=ScopeKind.PRODUCT, scope_id=product.head_id)
    return Person.objects.filter(pk__in=held.on(clock.today()).values("person"), is_active=True)


def holders_of_many(products: Iterable[UUID], kinds: Iterable[str] = LEADS) -> dict[UUID, list[Any]]:
    """The same for many heads of families at once, in one question."""
    held = Capacity.objects.filter(kind__in=kinds, scope=ScopeKind.PRODUCT, scope_id__in=products)
    found: dict[UUID, list[Any]] = {}
    for each in held.on(clock.today()).select_related("person"):
        found.setdefault(each.scope_id, []).append(each.person)  # type: ignore[arg-type]
    return found


def product_path(product: Product) -> str:
    return reverse("product-detail", args=[product.code])


def role_given(assignment: RoleAssignment, *, by: Actor) -> None:
    """Tell whoever is put on a role of it."""
    words = both(
        gettext_noop("You are %(role)s of %(product)s from %(day)s on, entered by %(who)s."),
        **_role(assignment, by),
        day=assignment.starts_on,
    )
    tell(person=assignment.person, kind=ROLE_GIVEN, path=product_path(assignment.product), by=by, **words)


def role_ended(assignment: RoleAssignment, *, by: Actor) -> None:
    """Tell whoever held a role that it ends."""
    words = both(
        gettext_noop("You are %(role)s of %(product)s until %(day)s, entered by %(who)s."),
        **_role(assignment, by),
        day=assignment.ends_on,
    )
    tell(person=assignment.person, kind=ROLE_ENDED, path=product_path(assignment.product), by=by, **words)


def _role(assignment: RoleAssignment, by: Actor) -> dict[str, Any]:
    return {
        "role": lambda: assignment.get_kind_display(),
        "product": lambda: assignment.product.name,
        "who": by.get_full_name(),
    }
