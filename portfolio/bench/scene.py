"""What the measurements stand on: the corpus with 5,000 products, a year of sixty milestones, two readers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from governance.actions.risks import register_risk
from metrics.actions.declared import declare_month
from metrics.actions.kpis import adopt_kpi, enter_value
from metrics.models import KpiDefinition
from people.actions.organisation import register_branch, register_department
from people.actions.people import appoint_person, invite_person
from people.actions.reference import save_reference
from people.models import Department, Person
from portfolio.bench.risks import RISKS
from portfolio.corpus import loading
from portfolio.corpus.counts import SIZES, Counts
from products import fiscal
from products.actions.budget import add_budget_line
from products.actions.products import register_product
from products.actions.roles import assign_role
from products.models import (
    Application,
    BusinessCapability,
    FundingSource,
    Portfolio,
    Product,
    Program,
    Service,
    TechnologyStandard,
)
from records import clock
from records.actors import SYSTEM
from roadmaps.actions.demand import propose_demand
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.projects import register_project
from roadmaps.actions.releases import plan_release
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from roadmaps.models import Roadmap

PRODUCTS, MILESTONES, FEW = 5_000, 60, 10
SINCE = date(2024, 4, 1)
CODE = "bench"


@dataclass(frozen=True)
class Scene:
    """`far` reads every department, `near` only the one with ten products; `manager` leads the product."""

    far: Person
    near: Person
    product: Product
    year: int
    manager: Person


def counts_of(size: str) -> Counts:
    """A size of the corpus, but never fewer products than the longest list that is measured."""
    counts = SIZES[size]
    return replace(
        counts,
        products=max(PRODUCTS, counts.products),
        people=max(500, counts.people),
        risks=max(RISKS, counts.risks),
    )


def prepare(counts: Counts, tell: Callable[[str], Any] = lambda line: None) -> Scene:
    """Load the corpus and build the scene, each once."""
    if not loading.is_loaded():
        loading.load(counts, tell)
    if not Department.objects.filter(code=CODE).exists():
        _build()
    product = Product.objects.get(code="BENCH-0")
    year = fiscal.fiscal_year_of(clock.today())
    people = {name: Person.objects.get(email=f"{name}@bench.example") for name in ("far", "near", "manager")}
    return Scene(people["far"], people["near"], product, year, people["manager"])


def _build() -> None:
    department = register_department(code=CODE, name_en="Bench", name_fr="Banc d’essai", by=SYSTEM)
    beside = register_department(code=f"{CODE}-2", name_en="Beside", name_fr="À côté", by=SYSTEM)
    branch = register_branch(department=department, acronym="B", name_en="Branch", name_fr="Direction", by=SYSTEM)
    manager = invite_person(email="manager@bench.example", name="Manager", department=department, by=SYSTEM)
    appoint_person(person=manager, kind="portfolio_manager", department=department, starts_on=SINCE, by=SYSTEM)
    for name in ("far", "near"):
        reader = invite_person(email=f"{name}@bench.example", name=name.title(), department=department, by=SYSTEM)
        for scope in [None] if name == "far" else [department, beside]:
            appoint_person(person=reader, kind="executive", department=scope, starts_on=SINCE, by=SYSTEM)
    products = [
        register_product(
            department=department,
            by=manager,
            code=f"BENCH-{number}",
            name_en=f"Bench {number}",
            name_fr=f"Banc {number}",
            level="cio",
            orientation="external",
            sponsoring_branch=branch,
        )
        for number in range(FEW)
    ]
    _plan_sixty(products[0])
    _raise_ten(products[0])
    _tell_much(products[0])
    _surround(department, manager)


def _plan_sixty(product: Product) -> None:
    """Sixty milestones in the running year in three lanes, by the product's own manager."""
    by = Person.objects.get(email="manager@bench.example")
    assign_role(product=product, kind="product_manager", person=by, starts_on=SINCE, by=by)
    year = fiscal.fiscal_year_of(clock.today())
    roadmap: Roadmap = open_roadmap(product=product, horizon_from=year - 1, by=by)
    prepare_year(roadmap=roadmap, year=year, by=by)
    outcomes = []
    for lane in range(3):
        goal = add_goal(roadmap=roadmap, name_en=f"Goal number {lane}", name_fr=f"But numéro {lane}", by=by)
        outcomes.append(add_outcome(goal=goal, name_en=f"Outcome {lane}", name_fr=f"Résultat {lane}", by=by))
    for number in range(MILESTONES):
        add_milestone(
            roadmap=roadmap,
            by=by,
            outcomes=[outcomes[number % 3]],
            planned_year=year,
            month=fiscal.add_months(date(year, 4, 1), number * 7 % 12),
            title_en=f"Something people can use, {number}",
            title_fr=f"Quelque chose d’utile aux gens, {number}",
            summary_en="They do it in half the time",
            summary_fr="On le fait deux fois plus vite",
            cost_salary=Decimal(100_000),
        )
    for number in range(FEW):
        propose_demand(
            roadmap=roadmap, by=by, title_en=f"Request {number}", title_fr=f"Demande {number}", origin="users"
        )


def _raise_ten(product: Product) -> None:
    """As few risks as there are products."""
    by = Person.objects.get(email="manager@bench.example")
    for number in range(FEW):
        register_risk(
            product=product,
            by=by,
            scores={"current": (1 + number % 5, 1 + number // 2), "residual": (1, 1)},
            given_en=f"part {number} has one supplier",
            event_en="it comes late",
            consequence_en="a season without it",
            category="suppliers",
        )


def _tell_much(product: Product) -> None:
    """An indicator with values, a declared month, and last of all acts on as many kinds of records as the product page names."""
    by, today = Person.objects.get(email="manager@bench.example"), clock.today()
    source = save_reference(entry=FundingSource(department=product.department, **_named("Funds", 0)), by=SYSTEM)
    kpi = adopt_kpi(product=product, definition=KpiDefinition.objects.get(code="application-condition"), by=by)
    year = fiscal.fiscal_year_of(today)
    enter_value(kpi=kpi, period=date(year - 1, 4, 1), value=Decimal(3), source="Assessment", by=by)
    month = fiscal.add_months(today.replace(day=1), -1)
    declare_month(product=product, month=month, source="Log", deployment_count=4, by=by)
    money: dict[str, Any] = {"fiscal_year": year, "source": source, "kind": "cloud", "planned": Decimal(1)}
    add_budget_line(product=product, by=by, **money)
    names: dict[str, Any] = {"number": "1.0", "goal_en": "Faster", "goal_fr": "Plus vite"}
    plan_release(roadmap=product.roadmap, planned_on=today, by=by, **names)


def _surround(department: Department, manager: Person) -> None:
    """As few projects and entries of each kind of reference data as there are products."""
    for number in range(FEW):
        _enter_project(department, number, manager)
    by = invite_person(
        email="admin@bench.example", name="Administrator", department=department, is_administrator=True, by=SYSTEM
    )
    for model in (Portfolio, Program, BusinessCapability, Application, TechnologyStandard):
        for number in range(FEW):
            save_reference(entry=model(department=department, **_named(model.__name__, number)), by=by)
    program = Program.objects.filter(department=department).first()
    for number in range(FEW):
        save_reference(entry=Service(department=department, program=program, **_named("Service", number)), by=by)


def _enter_project(department: Department, number: int, by: Person) -> None:
    values: dict[str, Any] = _named("Project", number)
    register_project(department=department, by=by, kind="investment", sponsor="Sponsor", manager="Manager", **values)


def _named(kind: str, number: int) -> dict[str, str]:
    return {"code": f"{kind[:4]}-{number}", "name_en": f"{kind} {number}", "name_fr": f"{kind} {number} (fr)"}
