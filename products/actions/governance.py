"""The bodies that decide about a product, who sits on them, and the corporate bodies each role faces (domain.md §3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Person
from people.permissions import require
from products import events
from products.actions.briefs import lock
from products.models import BodyMember, CorporateFacing, GovernanceBody, Product
from products.permissions import may_change_structure
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import remove, save


@dataclass(frozen=True)
class Seat:
    """A member of a body: a role of the team, or a person by name."""

    role: str = ""
    person: Person | None = None
    is_chair: bool = False


@act
def add_body(
    *, product: Product, by: Actor, starts_on: date, members: Sequence[Seat] = (), **values: Any
) -> GovernanceBody:
    """Add a body with its members."""
    require(may_change_structure(by, product))
    body = GovernanceBody(product=product.head, starts_on=starts_on, **values)
    _refuse_circle(body)
    changes = save(body, by=by) | _seat(body, members, by)
    record(events.BODY_ADDED, on=body, by=by, changes=changes)
    return body


@act
def change_body(
    *,
    body: GovernanceBody,
    by: Actor,
    expected: int | None = None,
    members: Sequence[Seat] | None = None,
    **values: Any,
) -> GovernanceBody:
    """Change a body and, when `members` is given, who sits on it."""
    require(may_change_structure(by, body.product))
    for name, value in values.items():
        setattr(body, name, value)
    _refuse_circle(body)
    changes = save(body, by=by, expected=expected)
    if members is not None:
        changes |= _seat(body, members, by)
    if changes:
        record(events.BODY_CHANGED, on=body, by=by, changes=changes)
    return body


@act
def end_body(
    *, body: GovernanceBody, ends_on: date, by: Actor, expected: int | None = None, reason: str = ""
) -> GovernanceBody:
    """Let a body end on a day, the last one that counts. Those that reported to it report to the body above it."""
    require(may_change_structure(by, body.product))
    lock(body.product)
    body.ends_on = ends_on
    changes = save(body, by=by, expected=expected)
    for report in GovernanceBody.objects.filter(reports_to=body, ends_on__isnull=True):
        report.reports_to = body.reports_to
        record(events.BODY_CHANGED, on=report, by=by, changes=save(report, by=by))
    record(events.BODY_ENDED, on=body, by=by, changes=changes, reason=reason)
    return body


@act
def add_facing(*, product: Product, role: str, name_en: str, name_fr: str, by: Actor) -> CorporateFacing:
    """Say which corporate body a role of the team faces."""
    require(may_change_structure(by, product))
    facing = CorporateFacing(product=product.head, role=role, name_en=name_en, name_fr=name_fr)
    record(events.FACING_ADDED, on=facing, by=by, changes=save(facing, by=by))
    return facing


@act
def remove_facing(*, facing: CorporateFacing, by: Actor) -> None:
    """Take a corporate body off the list; its history stays."""
    require(may_change_structure(by, facing.product))
    record(
        events.FACING_REMOVED, on=facing, by=by, changes={"name": [facing.name_en, None], "role": [facing.role, None]}
    )
    remove(facing, by=by)


def _refuse_circle(body: GovernanceBody) -> None:
    lock(body.product)
    above = dict(GovernanceBody.objects.filter(product=body.product).values_list("pk", "reports_to_id"))
    step = body.reports_to_id
    if step is not None and step not in above:
        raise ValidationError({"reports_to": _("Choose a body of this product.")})
    while step is not None:
        if step == body.pk:
            raise ValidationError({"reports_to": _("This body would report to itself through others.")})
        step = above[step]


def _seat(body: GovernanceBody, members: Sequence[Seat], by: Actor) -> dict[str, list[Any]]:
    """Bring the members of `body` in line with `members`; return what changed, in words."""
    if sum(each.is_chair for each in members) > 1:
        raise ValidationError({"chair": _("A body has one chair.")})
    wanted = {(each.role, each.person.pk if each.person else None): each for each in members}
    rows = {(row.role, row.person_id): row for row in BodyMember.objects.filter(body=body).select_related("person")}
    before = sorted(_words(row) for row in rows.values())
    for key in [key for key in rows if key not in wanted]:
        remove(rows.pop(key), by=by)
    # A chair is freed before the next one takes it: the database lets only one be.
    for key, seat in sorted(wanted.items(), key=lambda item: item[1].is_chair):
        row = rows.setdefault(key, BodyMember(product=body.product, body=body, role=seat.role, person=seat.person))
        row.is_chair = seat.is_chair
        save(row, by=by)
    after = sorted(_words(row) for row in rows.values())
    return {"members": [before, after]} if before != after else {}


def _words(row: BodyMember) -> str:
    who = row.person.name if row.person else row.role
    return f"{who} (chair)" if row.is_chair else who
