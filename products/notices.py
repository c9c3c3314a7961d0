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
from records.evidence.outcomes import when_refused
from records.models import EvidenceFile

ROLE_GIVEN, ROLE_ENDED, BRIEF_DUE = "role.given", "role.ended", "brief.due"
FILE_REFUSED = "evidence.refused"

register(
    Kind(
        ROLE_GIVEN,
        _("You are given a role in a product’s team"),
        Delivery.AT_ONCE,
        Group.TEAM,
        must=_("You answer for a product from that day."),
    ),
    Kind(ROLE_ENDED, _("A role of yours ends"), Delivery.AT_ONCE, Group.TEAM),
    Kind(
        FILE_REFUSED,
        _("A file you uploaded is refused"),
        Delivery.AT_ONCE,
        Group.TEAM,
        must=_("The file is missing from where you attached it."),
    ),
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


@when_refused
def file_refused(evidence: EvidenceFile, by: Actor) -> None:
    """Tell whoever uploaded a file that it was refused; the way leads to the product it is about, where it is about one."""
    people = Person.objects.filter(pk=evidence.uploaded_by_id) if is_key(evidence.uploaded_by_id) else []
    found = gettext_noop("The scanner found malware in your file %(name)s. The file was deleted.")
    lost = gettext_noop("Your file %(name)s was lost before it could be scanned. Please upload it again.")
    words = both(found if evidence.scanner else lost, name=evidence.name)
    for person in people:
        tell(person=person, kind=FILE_REFUSED, path=_place_of(evidence.chain()), by=by, **words)


def is_key(text: str) -> bool:
    """Whether the text is the key of a record, not the name of the system."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _place_of(chain: str) -> str:
    kind, _colon, key = chain.partition(":")
    product = Product.objects.filter(pk=key).first() if kind == "product" and is_key(key) else None
    return product_path(product) if product else reverse("home")
