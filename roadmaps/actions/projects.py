"""Parallel projects and what they expect of a roadmap. When the roadmap moves, the project adjusts (domain.md §4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Department
from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.actions.funding import not_counting
from roadmaps.models import Milestone, MilestoneFunding, ParallelProject, ProjectExpectation, Roadmap
from roadmaps.permissions import (
    may_change_project,
    may_manage_department_projects,
    may_manage_expectations,
    may_register_project,
)


@act
def register_project(
    *, by: Actor, department: Department | None = None, beside: Product | None = None, **values: Any
) -> ParallelProject:
    """Enter a project of a department. Planners enter one `beside` their product; portfolio managers need only the department."""
    if beside is not None:
        require(may_register_project(by, beside))
        department = beside.department
    elif department is not None:
        require(may_manage_department_projects(by, department))
    else:
        raise TypeError("A project belongs to a department.")
    project = ParallelProject(department=department, **values)
    record(events.PROJECT_REGISTERED, on=project, by=by, changes=save(project, by=by))
    return project


@act
def change_project(
    *, project: ParallelProject, by: Actor, expected: int | None = None, **values: Any
) -> ParallelProject:
    """Change what is known of a project."""
    require(may_change_project(by, project))
    for name, value in values.items():
        setattr(project, name, value)
    changes = save(project, by=by, expected=expected)
    paid = MilestoneFunding.objects.filter(source=project.funds_id) if "funds" in changes else None
    if paid is not None and (words := not_counting(paid, by)):
        raise ValidationError({"funds": words})
    if changes:
        record(events.PROJECT_CHANGED, on=project, by=by, changes=changes)
    return project


@act
def state_expectation(
    *,
    roadmap: Roadmap,
    project: ParallelProject,
    expected_month: date,
    by: Actor,
    milestone: Milestone | None = None,
    **values: Any,
) -> ProjectExpectation:
    """Note what a project expects and by which month, confirmed today. `values`: what_en, what_fr."""
    require(may_manage_expectations(by, roadmap))
    values.setdefault("confirmed_on", clock.today())
    expectation = ProjectExpectation(
        roadmap=roadmap, project=project, expected_month=expected_month, milestone=milestone, **values
    )
    _check(expectation)
    record(events.EXPECTATION_STATED, on=expectation, by=by, changes=save(expectation, by=by))
    return expectation


def _check(expectation: ProjectExpectation) -> None:
    if expectation.milestone and expectation.milestone.roadmap_id != expectation.roadmap_id:
        raise ValidationError({"milestone": _("This milestone belongs to another roadmap.")})
    if expectation.project.department_id != expectation.roadmap.product.department_id:
        raise ValidationError({"project": _("This project belongs to another department.")})


@act
def change_expectation(
    *, expectation: ProjectExpectation, by: Actor, expected: int | None = None, **values: Any
) -> ProjectExpectation:
    """Change the month, the text or the milestone that answers. The project's plan follows the roadmap, not the other way."""
    require(may_manage_expectations(by, expectation.roadmap))
    for name, value in values.items():
        setattr(expectation, name, value)
    _check(expectation)
    changes = save(expectation, by=by, expected=expected)
    if changes:
        record(events.EXPECTATION_CHANGED, on=expectation, by=by, changes=changes)
    return expectation


@act
def confirm_expectation(*, expectation: ProjectExpectation, by: Actor) -> ProjectExpectation:
    """The project's manager was asked and still expects the same."""
    require(may_manage_expectations(by, expectation.roadmap))
    expectation.confirmed_on = clock.today()
    record(events.EXPECTATION_CONFIRMED, on=expectation, by=by, changes=save(expectation, by=by))
    return expectation
