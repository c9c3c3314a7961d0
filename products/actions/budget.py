"""Money of a product by fiscal year, source and kind (domain.md §2). Unknown stays empty; it is never zero."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products import events, fiscal
from products.models import BudgetLine, Product
from products.permissions import may_change_budget
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import difference, remove, save


@act
def add_budget_line(*, product: Product, by: Actor, reason: str = "", **values: Any) -> BudgetLine:
    """Plan money: `fiscal_year`, `source`, `kind`, `planned`, and `secured`, `actual`, `actual_to` when they are known."""
    require(may_change_budget(by, product))
    line = BudgetLine(product=product, **values)
    _check(line)
    record(events.BUDGET_ADDED, on=line, by=by, changes=save(line, by=by), reason=reason)
    return line


@act
def change_budget_line(
    *, line: BudgetLine, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> BudgetLine:
    """Change amounts or where they come from."""
    require(may_change_budget(by, line.product))
    for name, value in values.items():
        setattr(line, name, value)
    _check(line)
    changes = save(line, by=by, expected=expected)
    if changes:
        record(events.BUDGET_CHANGED, on=line, by=by, changes=changes, reason=reason)
    return line


def _check(line: BudgetLine) -> None:
    """Money was spent by a day that has come, within the year or after it; its source is of the same department."""
    errors, department = {}, line.product.department
    if line.actual_to is not None and line.actual_to > clock.today(department.time_zone):
        errors["actual_to"] = _("This day is still to come.")
    elif line.actual_to is not None and line.actual_to < fiscal.first_day(
        line.fiscal_year, department.fiscal_start_month
    ):
        errors["actual_to"] = _("This day lies before the fiscal year.")
    if line.source.department_id != department.pk:
        errors["source"] = _("This source of funds belongs to another department.")
    if errors:
        raise ValidationError(errors)


@act
def remove_budget_line(*, line: BudgetLine, by: Actor, reason: str) -> None:
    """Take back a line that was entered by mistake; one with actual cost stays."""
    require(may_change_budget(by, line.product))
    if line.actual is not None:
        raise ValidationError(_("Money was spent on this line; it cannot be removed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    removed = {name: [after, before] for name, (before, after) in difference(None, line).items()}
    record(events.BUDGET_REMOVED, on=line, by=by, changes=removed, reason=reason)
    remove(line, by=by)
