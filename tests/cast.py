"""The cast of every test: two departments, their people, one product family. Reached by walking the actions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from people.actions.organisation import register_branch, register_department
from people.actions.people import appoint_person, invite_person
from people.models import Branch, BranchKind, Department, Person
from people.notices import Telling, telling
from people.states import CapacityKind
from products.actions.products import register_product
from products.actions.roles import assign_role
from products.models import Product
from records.actors import SYSTEM

PASSWORD = "a long enough password 1867"
SINCE = date(2024, 4, 1)


@dataclass
class Cast:
    """Everybody by name. `stranger` works in the other department."""

    department: Department
    branch: Branch
    other_department: Department
    product: Product
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


OFFICES = {
    "sponsor": CapacityKind.SPONSOR,
    "director_general": CapacityKind.DIRECTOR_GENERAL,
    "cio": CapacityKind.CIO,
    "cfo": CapacityKind.CFO,
    "portfolio_manager": CapacityKind.PORTFOLIO_MANAGER,
    "executive": CapacityKind.EXECUTIVE,
    "oversight": CapacityKind.OVERSIGHT,
    "auditor": CapacityKind.AUDITOR,
}
ROLES = {kind.value: kind for kind in CapacityKind.roles()}


def department_with_branches(code: str) -> tuple[Department, dict[str, Branch]]:
    department = register_department(
        code=code, name_en=f"Department of {code}", name_fr=f"Ministère de {code}", by=SYSTEM
    )
    kinds = {"program": BranchKind.PROGRAM, "it": BranchKind.IT, "finance": BranchKind.FINANCE}
    branches = {
        name: register_branch(
            department=department,
            kind=kind,
            acronym=f"{code}-{name.upper()}"[:12],
            name_en=f"{name.title()} branch",
            name_fr=f"Direction {name}",
            by=SYSTEM,
        )
        for name, kind in kinds.items()
    }
    return department, branches


def person(name: str, department: Department, branch: Branch | None = None, **values: Any) -> Person:
    made = invite_person(
        email=f"{name.replace('_', '.')}@{department.code.lower()}.example",
        name=name.replace("_", " ").title(),
        department=department,
        branch=branch,
        by=SYSTEM,
        **values,
    )
    made.set_password(PASSWORD)
    made.save(update_fields=["password"])
    return made


def make_cast() -> Cast:
    """Two departments; all offices and roles of the first; a product JSA with every role filled. Nobody is told."""
    with telling(Telling.NOBODY):
        return _make_cast()


def _make_cast() -> Cast:
    home, branches = department_with_branches("HOME")
    away, _away_branches = department_with_branches("AWAY")
    people = {name: person(name, home, branches["program"]) for name in [*OFFICES, *ROLES, "colleague"]}
    people["stranger"] = person("stranger", away)
    people["admin"] = person("admin", home, is_administrator=True)
    for name, kind in OFFICES.items():
        heads = kind in (CapacityKind.SPONSOR, CapacityKind.DIRECTOR_GENERAL)
        appoint_person(
            person=people[name],
            kind=kind,
            department=home,
            branch=branches["program"] if heads else None,
            starts_on=SINCE,
            by=SYSTEM,
        )
    product = register_product(
        department=home,
        by=people["portfolio_manager"],
        code="JSA",
        name_en="Job Seeker Account",
        name_fr="Compte du chercheur d’emploi",
        level="cio",
        orientation="external",
        sponsoring_branch=branches["program"],
    )
    for name, kind in ROLES.items():
        assign_role(product=product, kind=kind, person=people[name], starts_on=SINCE, by=people["portfolio_manager"])
    return Cast(home, branches["program"], away, product, people)
