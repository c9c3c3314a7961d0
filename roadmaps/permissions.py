"""Who may do what with roadmaps. Each verdict carries its reason; the table is in people.permissions."""

from typing import Any

from people.models import Department
from people.permissions import Verdict, may
from products.models import Product
from roadmaps.models import ParallelProject, Roadmap


def _over(person: Any, verb: str, roadmap: Roadmap) -> Verdict:
    return may(person, verb, roadmap, **roadmap.product.scopes())


def may_open_roadmap(person: Any, product: Product) -> Verdict:
    return may(person, "edit_roadmap", product, **product.scopes())


def may_edit_roadmap(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "edit_roadmap", roadmap)


def may_confirm_order(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "confirm_order", roadmap)


def may_vet_year(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "vet_roadmap", roadmap)


def may_raise_demand(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "raise_demand", roadmap)


def may_accept_demand(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "accept_demand", roadmap)


def may_register_project(person: Any, product: Product) -> Verdict:
    """Whoever plans a product, or its portfolio, may enter the projects beside it."""
    return may(person, "manage_projects", product, **product.scopes())


def may_change_project(person: Any, project: ParallelProject) -> Verdict:
    """Over the whole department, because a project meets many products; planners change what they expect of it instead."""
    return may(person, "manage_projects", project, department=project.department_id)


def may_manage_expectations(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "manage_projects", roadmap)


def may_make_release(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "make_release", roadmap)


def may_analyse_release(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "analyse_release", roadmap)


def may_hold_gate(person: Any, roadmap: Roadmap) -> Verdict:
    """Who speaks for the team at an outcome gate. Whether the team decides alone is its autonomy level's to say."""
    return _over(person, "hold_outcome_gate", roadmap)


def may_see_analysis_draft(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "see_drafts", roadmap)


def may_keep_feedback(person: Any, roadmap: Roadmap) -> Verdict:
    return _over(person, "keep_feedback", roadmap)


def may_manage_department_projects(person: Any, department: Department) -> Verdict:
    return may(person, "manage_projects", department, department=department.pk)
