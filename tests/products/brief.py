"""A complete brief on the product of the cast, made by its own people through the actions."""

from datetime import date
from typing import Any

from people.states import CapacityKind
from products.actions.briefs import save_section
from products.actions.governance import Seat, add_body, add_facing
from products.actions.structure import add_position
from products.brief.drafts import drafted
from products.models import Application, Program, Service
from records.actors import SYSTEM
from records.writing import save
from tests.cast import Cast

SINCE = date(2025, 4, 1)


def fill_brief(cast: Cast) -> None:
    """Every element complete in both languages, nothing published."""
    fill_places(cast)
    fill_structure(cast)
    fill_governance(cast)


def fill_places(cast: Cast) -> None:
    service, application = reference_data(cast)
    draft(
        cast,
        "product",
        summary_en="One account for those who look for work.",
        summary_fr="Un seul compte pour qui cherche un emploi.",
        services=[str(service.pk)],
    )
    draft(
        cast,
        "places",
        applications=[str(application.pk)],
        repositories=[{"name_en": "Backlog", "name_fr": "Carnet", "address": "https://backlog.example/jsa"}],
    )


def fill_structure(cast: Cast) -> None:
    lead = add_position(
        product=cast.product,
        by=cast.product_manager,
        starts_on=SINCE,
        title_en="Director",
        title_fr="Directrice",
        branch=cast.branch,
        holder=cast.head_of_product,
    )
    add_position(
        product=cast.product,
        by=cast.product_manager,
        starts_on=SINCE,
        title_en="Analyst",
        title_fr="Analyste",
        branch=cast.branch,
        reports_to=lead,
    )


def fill_governance(cast: Cast) -> None:
    add_body(
        product=cast.product,
        by=cast.product_manager,
        starts_on=SINCE,
        kind="committee",
        name_en="Steering committee",
        name_fr="Comité directeur",
        delegated_en="Order of milestones",
        delegated_fr="Ordre des jalons",
        members=[Seat(role=CapacityKind.HEAD_OF_PRODUCT, is_chair=True), Seat(person=cast.sponsor)],
    )
    add_facing(
        product=cast.product,
        by=cast.product_manager,
        role=CapacityKind.PRODUCT_MANAGER,
        name_en="Investment board",
        name_fr="Conseil des investissements",
    )


def draft(
    cast: Cast, code: str, *, done: bool = True, by: str = "product_manager", expected: int = 0, **values: Any
) -> Any:
    """Save a section with some fields changed."""
    content = drafted(cast.product)[code] | values
    return save_section(
        product=cast.product,
        code=code,
        content=content,
        is_declared_complete=done,
        expected=expected,
        by=cast.people[by],
    )


def reference_data(cast: Cast) -> tuple[Service, Application]:
    program = Program(department=cast.department, code="P1", name_en="Employment", name_fr="Emploi")
    save(program, by=SYSTEM)
    service = Service(
        department=cast.department, program=program, code="S1", name_en="Job matching", name_fr="Jumelage d’emplois"
    )
    save(service, by=SYSTEM)
    application = Application(
        department=cast.department, code="A1", name_en="Matching engine", name_fr="Moteur de jumelage"
    )
    save(application, by=SYSTEM)
    return service, application


def typed(version=0, **values):
    """What a section's form sends: the version the person saw, not declared complete, and what was typed."""
    return {"version": str(version), "done": "no", **values}
