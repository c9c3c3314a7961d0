"""Register and change departments and branches."""

from typing import Any

from people import events
from people.actions.people import by_administrator
from people.models import Branch, Department
from people.permissions import require
from people.reckoning import check_first_month
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save


@act
def register_department(*, by: Actor, **values: Any) -> Department:
    """Add a department."""
    require(by_administrator(by))
    department = Department(**values)
    record(events.DEPARTMENT_REGISTERED, on=department, by=by, changes=save(department, by=by))
    return department


@act
def register_branch(*, by: Actor, **values: Any) -> Branch:
    """Add a branch to a department."""
    require(by_administrator(by))
    branch = Branch(**values)
    record(events.BRANCH_REGISTERED, on=branch, by=by, changes=save(branch, by=by))
    return branch


@act
def change_department(
    *, department: Department, by: Actor, expected: int | None = None, reason: str = "", **values: Any
) -> Department:
    """Change what is known of a department. `expected` is the version the person saw; Stale when it moved on.

    ValidationError for another first month of the fiscal year once anything is counted by its years.
    """
    require(by_administrator(by, department))
    if "fiscal_start_month" in values:
        check_first_month(department, values["fiscal_start_month"])
    _change(department, events.DEPARTMENT_CHANGED, by=by, expected=expected, reason=reason, values=values)
    return department


@act
def change_branch(*, branch: Branch, by: Actor, expected: int | None = None, reason: str = "", **values: Any) -> Branch:
    """Change what is known of a branch. `expected` is the version the person saw; Stale when it moved on."""
    require(by_administrator(by, branch))
    _change(branch, events.BRANCH_CHANGED, by=by, expected=expected, reason=reason, values=values)
    return branch


def _change(
    place: Department | Branch, event: str, *, by: Actor, expected: int | None, reason: str, values: dict[str, Any]
) -> None:
    for name, value in values.items():
        setattr(place, name, value)
    changes = save(place, by=by, expected=expected)
    if changes:
        record(event, on=place, by=by, changes=changes, reason=reason)
