"""Give and end the roles of a product team; capacities follow in the same act (decisions.md §4)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.actions.capacities import grant_capacity
from people.models import Person
from people.permissions import require
from people.states import ScopeKind
from products import events, notices
from products.models import Product, RoleAssignment, RoleDefinition
from products.permissions import may_assign_roles
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save


@act
def assign_role(
    *,
    product: Product,
    kind: str,
    person: Person,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    member: Product | None = None,
) -> RoleAssignment:
    """Let `person` hold the role `kind` of the family from a day. ValidationError when too many hold it already."""
    require(may_assign_roles(by, product))
    assignment = RoleAssignment(
        product=product.head, kind=kind, person=person, starts_on=starts_on, ends_on=ends_on, member=member
    )
    _leave_room(assignment)
    record(events.ROLE_ASSIGNED, on=assignment, by=by, changes=save(assignment, by=by))
    _grant(assignment)
    notices.role_given(assignment, by=by)
    return assignment


@act
def end_role(
    *, assignment: RoleAssignment, ends_on: date, by: Actor, expected: int | None = None, reason: str = ""
) -> RoleAssignment:
    """End a role on a day, the last one that counts. It is never deleted."""
    require(may_assign_roles(by, assignment.product))
    assignment.ends_on = ends_on
    changes = save(assignment, by=by, expected=expected)
    if changes:
        record(events.ROLE_ENDED, on=assignment, by=by, changes=changes, reason=reason)
        _grant(assignment)
        notices.role_ended(assignment, by=by)
    return assignment


def _leave_room(assignment: RoleAssignment) -> None:
    """Refuse more holders than the role's definition allows (data)."""
    definition = RoleDefinition.objects.filter(kind=assignment.kind).first()
    if definition is None or definition.most_holders is None:
        return
    holders = RoleAssignment.objects.filter(product=assignment.product, kind=assignment.kind).exclude(
        ends_on__lt=assignment.starts_on
    )
    if assignment.ends_on:
        holders = holders.filter(starts_on__lte=assignment.ends_on)
    if holders.count() >= definition.most_holders:
        raise ValidationError(
            {
                "person": _("This role is held by %(name)s. End that assignment first.")
                % {"name": ", ".join(holder.person.name for holder in holders.select_related("person"))}
            }
        )


def _grant(assignment: RoleAssignment) -> None:
    grant_capacity(
        person=assignment.person,
        kind=assignment.kind,
        scope=ScopeKind.PRODUCT,
        scope_id=assignment.product_id,
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        source=assignment,
    )


@act
def change_roles(
    *,
    product: Product,
    by: Actor,
    ends: Iterable[tuple[RoleAssignment, date]] = (),
    starts: Iterable[tuple[str, Person, date, Product | None]] = (),
) -> None:
    """End some roles and give some, in one act. A ValidationError names the field `to-<assignment>` or `who-<role>`."""
    for assignment, day in ends:
        with naming(f"to-{assignment.pk}"):
            end_role(assignment=assignment, ends_on=day, by=by)
    for kind, person, day, member in starts:
        with naming(f"who-{kind}"):
            assign_role(product=product, kind=kind, person=person, starts_on=day, member=member, by=by)


@contextmanager
def naming(field: str) -> Iterator[None]:
    """Put whatever is found wrong inside the block on one field of the page that asked for it."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
