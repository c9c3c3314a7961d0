"""The risk grid and the rules of the bands, kept by administrators. What has begun stays for its days (decisions.md §11)."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import BandRule, RiskGrid
from people.models import Department
from people.permissions import may_administer, require
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save

R = TypeVar("R", RiskGrid, BandRule)


@act
def set_grid(*, cells: list[str], starts_on: date, by: Actor, department: Department | None = None) -> RiskGrid:
    """A grid from a day that has not passed, for one department or for all that have none of their own."""
    return _begin(RiskGrid(department=department, cells=cells, starts_on=starts_on), by)


@act
def set_band_rule(*, starts_on: date, by: Actor, **values: Any) -> BandRule:
    """How often a band is reviewed and who accepts it, from a day that has not passed."""
    return _begin(BandRule(starts_on=starts_on, **values), by)


def _begin(row: R, by: Actor) -> R:
    require(may_administer(by, row))
    if row.starts_on < clock.today():
        raise ValidationError({"starts_on": _("Choose today or a later day: what was so in the past stays so.")})
    record(events.RISK_RULE_SET, on=row, by=by, changes=save(row, by=by))
    return row


@act
def change_risk_rule(*, row: R, by: Actor, expected: int | None = None, **values: Any) -> R:
    """Change a grid or a rule of a band. One that began before today stays as it was: the change begins today as a new row."""
    require(may_administer(by, row))
    kept = type(row).objects.get(pk=row.pk)
    changed = {name: value for name, value in values.items() if getattr(kept, name) != value}
    if kept.starts_on >= clock.today() or not changed:
        for name, value in changed.items():
            setattr(kept, name, value)
        changes = save(kept, by=by, expected=expected)
        if changes:
            record(events.RISK_RULE_SET, on=kept, by=by, changes=changes)
        return kept
    save(kept, by=by, expected=expected)  # nothing changes, but who overtook this form is met here
    fields = {field.name for field in kept._meta.concrete_fields if field.editable} - {"starts_on"}
    same = {name: getattr(kept, name) for name in fields}
    return _begin(type(row)(**{**same, **changed, "starts_on": clock.today()}), by)
