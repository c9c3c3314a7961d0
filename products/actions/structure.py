"""The positions of the cross-organisational structure; who holds one is on the team (decisions.md §4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.actions.capacities import grant_capacity, withdraw_capacity
from people.permissions import require
from people.states import CapacityKind, ScopeKind
from products import events
from products.actions.briefs import lock
from products.models import Position, Product
from products.permissions import may_change_structure
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save


@act
def add_position(*, product: Product, by: Actor, starts_on: date, **values: Any) -> Position:
    """Add a position to the team of the family. Held from `held_since` or vacant from `vacant_since`, else from its first day."""
    require(may_change_structure(by, product))
    position = Position(product=product.head, starts_on=starts_on, **values)
    _arrange(position)
    record(events.POSITION_ADDED, on=position, by=by, changes=save(position, by=by))
    _grant(position)
    return position


@act
def change_position(
    *, position: Position, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> Position:
    """Change a position: its words, branch, superior, holder. The old holder's capacity ends, the new one's begins."""
    require(may_change_structure(by, position.product))
    before = position.holder_id
    for name, value in values.items():
        setattr(position, name, value)
    if position.holder_id != before and "held_since" not in values:
        position.held_since = None
    _arrange(position)
    changes = save(position, by=by, expected=expected)
    if changes:
        record(events.POSITION_CHANGED, on=position, by=by, changes=changes, reason=reason)
        _grant(position)
    return position


@act
def end_position(
    *, position: Position, ends_on: date, by: Actor, expected: int | None = None, reason: str = ""
) -> Position:
    """Let a position end on a day, the last one that counts. Those who reported to it report to its superior."""
    require(may_change_structure(by, position.product))
    lock(position.product)
    position.ends_on = ends_on
    changes = save(position, by=by, expected=expected)
    for report in Position.objects.filter(reports_to=position, ends_on__isnull=True).select_related("product"):
        report.reports_to = position.reports_to
        record(events.POSITION_CHANGED, on=report, by=by, changes=save(report, by=by))
    record(events.POSITION_ENDED, on=position, by=by, changes=changes, reason=reason)
    _grant(position)
    return position


def _arrange(position: Position) -> None:
    """Held or vacant, with its date; never in a circle; only under positions of the same team."""
    lock(position.product)
    if position.holder_id:
        position.vacant_since, position.held_since = None, position.held_since or position.starts_on
    else:
        position.held_since, position.vacant_since = None, position.vacant_since or position.starts_on
    if position.reports_to_id is None:
        return
    above = dict(Position.objects.filter(product=position.product).values_list("pk", "reports_to_id"))
    if position.reports_to_id not in above:
        raise ValidationError({"reports_to": _("Choose a position of this team.")})
    step = position.reports_to_id
    while step is not None:
        if step == position.pk:
            raise ValidationError({"reports_to": _("This position would report to itself through others.")})
        step = above[step]


def _grant(position: Position) -> None:
    """The holder is a member of the team while the position is held; nobody is while it is vacant."""
    held_since = position.held_since
    if position.holder is None or held_since is None or (position.ends_on and position.ends_on < held_since):
        withdraw_capacity(source=position)
        return
    grant_capacity(
        person=position.holder,
        kind=CapacityKind.TEAM_MEMBER,
        scope=ScopeKind.PRODUCT,
        scope_id=position.product_id,
        starts_on=held_since,
        ends_on=position.ends_on,
        source=position,
    )
