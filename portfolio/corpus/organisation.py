"""Departments, branches, people and reference data of the corpus."""

from people.models import Appointment, Branch, Capacity, Department, Person
from portfolio.corpus.counts import Counts
from portfolio.corpus.rows import fill, keep_history, key
from products.models import (
    Application,
    AutonomyLevel,
    BusinessCapability,
    FundingSource,
    Portfolio,
    Program,
    Service,
    TechnologyStandard,
)

OF_PRODUCTS = 3  # sources of funds that pay for products in each department
SINCE = "date '2023-04-01'"
LANGUAGE = "CASE WHEN {n} % 3 = 0 THEN 'fr' ELSE 'en' END"


def fill_organisation(counts: Counts) -> None:
    """Departments with three branches each, their people, two of whom hold an office."""
    departments = f"generate_series(1, {counts.departments}) d"
    fill(
        Department,
        departments,
        id=key("department", "d"),
        code="'c' || lpad(d::text, 3, '0')",
        name_en="'Corpus Department ' || d",
        name_fr="'Ministère du corpus ' || d",
    )
    fill(
        Branch,
        f"{departments}, (VALUES (1, 'program', 'PROG'), (2, 'it', 'TI'), (3, 'finance', 'FIN')) b(b, kind, acronym)",
        id=key("branch", "d", "b.b"),
        department_id=key("department", "d"),
        kind="b.kind",
        acronym="b.acronym",
        name_en="initcap(b.kind) || ' Branch ' || d",
        name_fr="'Direction générale ' || b.acronym || ' ' || d",
    )
    fill(
        Person,
        f"generate_series(1, {counts.people}) n",
        id=key("person", "n"),
        password="'!'",  # noqa: S106 - no password: nobody signs in as these
        email="'person' || n || '@corpus.example'",
        name="'Person ' || lpad(n::text, 5, '0')",
        title_en="'Analyst ' || (n % 9 + 1)",
        title_fr="'Analyste ' || (n % 9 + 1)",
        department_id=key("department", f"(n - 1) % {counts.departments} + 1"),
        branch_id=key("branch", f"(n - 1) % {counts.departments} + 1", "n % 3 + 1"),
        language=LANGUAGE.format(n="n"),
        is_superuser="false",
    )
    _offices(departments)
    for model in (Department, Branch, Person, Appointment):
        keep_history(model)


def _offices(departments: str) -> None:
    """The first two people of a department are its CIO and its portfolio manager."""
    offices = "(VALUES (1, 'cio'), (2, 'portfolio_manager')) o(o, kind)"
    source = f"{departments}, {offices}"
    person = key("person", "d + (o.o - 1) * (SELECT count(*) FROM people_department WHERE changed_by_id = 'corpus')")
    fill(
        Appointment,
        source,
        id=key("appointment", "d", "o.o"),
        person_id=person,
        kind="o.kind",
        department_id=key("department", "d"),
        starts_on=SINCE,
    )
    fill(
        Capacity,
        source,
        id=key("office capacity", "d", "o.o"),
        person_id=person,
        kind="o.kind",
        scope="'department'",
        scope_id=key("department", "d"),
        starts_on=SINCE,
        source_kind="'people.appointment'",
        source_id=key("appointment", "d", "o.o"),
    )


def fill_landscape(counts: Counts) -> None:
    """Reference data: so many entries of each kind in each department, more where there are more products."""
    products = counts.products // counts.departments
    per_department = {
        Portfolio: max(2, products // 20),
        Program: max(2, products // 20),
        Service: max(4, products // 10),
        BusinessCapability: max(5, products // 10),
        Application: max(5, products * 3 // 2),
        TechnologyStandard: max(5, products // 20),
        # Those of the products, then one for each project: a project has its money to itself.
        FundingSource: OF_PRODUCTS + -(-counts.projects // counts.departments),
        AutonomyLevel: 2,
    }
    for model, count in per_department.items():
        name = model.__name__
        words = f"'{model._meta.verbose_name}'"
        fill(
            model,
            f"generate_series(1, {counts.departments}) d, generate_series(1, {count}) n",
            id=key(name, "d", "n"),
            department_id=key("department", "d"),
            code="upper(left('" + name + "', 3)) || '-' || lpad(n::text, 5, '0')",
            name_en=f"initcap({words}) || ' ' || n || ' of ' || d",
            name_fr=f"'Élément ' || n || ' de ' || d || ' (' || lower('{name}') || ')'",
            **_own_columns(name),
        )
        keep_history(model)


def _own_columns(name: str) -> dict[str, str]:
    if name == "Service":
        return {"program_id": key("Program", "d", "n % 2 + 1")}
    if name == "Application":
        return {"lifecycle": "(ARRAY['emerging','current','current','containment','retirement','retired'])[n % 6 + 1]"}
    return {}
