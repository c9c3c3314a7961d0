"""Register and change departments and branches."""

from typing import Any

from people import events
from people.actions.people import by_administrator
from people.models import Branch, Department
from people.permissions import require
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
