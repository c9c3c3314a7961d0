"""Departments, branches, people, and what surrounds products, from the data files."""

import unicodedata
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from people.actions.organisation import register_branch, register_department
from people.actions.people import appoint_person, invite_person
from people.actions.reference import save_reference
from people.models import Person
from portfolio.demonstration.reading import Row, day, moment, read, rows
from portfolio.demonstration.world import BEGINNING, Place, World
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
from records import clock
from records.actors import SYSTEM
from records.models import Job

# One password for everybody, shown at every start; the demonstration refuses to load anywhere else.
PASSWORD = "harbour lantern 1867 maple"  # noqa: S105 - shown on purpose
PERSON = ("key", "name", "title", "level", "branch", "language", "other")


def build_organisation(world: World) -> None:
    """Register both departments with branches, people, offices and reference data."""
    with clock.at(moment(BEGINNING, 9)):
        for told in read("organisation")["departments"]:
            world.places[told["code"]] = _department(told)
        hashed = make_password(PASSWORD, salt="demonstration")
        for code, place in world.places.items():
            _people(world, place, read(f"people_{code}"), hashed)
        # Everybody has a password already; no invitation goes out.
        Job.objects.filter(kind="people.invite").delete()
    with clock.at(moment(BEGINNING, 11)):
        for code, place in world.places.items():
            _landscape(world, place, read(f"landscape_{code}"))
            _portfolio_managers(world, place, read(f"landscape_{code}"))


def _department(told: dict[str, Any]) -> Place:
    department = register_department(code=told["code"], name_en=told["name_en"], name_fr=told["name_fr"], by=SYSTEM)
    place = Place(department, told["domain"])
    for row in rows(told["branches"], "key", "acronym", "kind", "en", "fr"):
        place.branches[row["key"]] = register_branch(
            department=department,
            acronym=row["acronym"],
            kind=row["kind"],
            name_en=row["en"],
            name_fr=row["fr"],
            by=SYSTEM,
        )
    return place


def _people(world: World, place: Place, told: dict[str, Any], hashed: str) -> None:
    for row in rows(told["people"], *PERSON):
        world.people[row["key"]] = _person(place, row, hashed)
    for row in rows(told["appointments"], "key", "kind", "scope", "since"):
        appoint_person(
            person=world.people[row["key"]],
            kind=row["kind"],
            department=place.department,
            branch=place.branches.get(row["scope"]),
            starts_on=date.fromisoformat(row["since"]),
            by=SYSTEM,
        )


def _person(place: Place, row: Row, hashed: str) -> Person:
    titles = (row["title"], row["other"]) if row["language"] == "en" else (row["other"], row["title"])
    person = invite_person(
        email=f"{address(row['name'])}@{place.domain}",
        name=row["name"],
        title_en=titles[0],
        title_fr=titles[1],
        executive_level=row["level"],
        department=place.department,
        branch=place.branches[row["branch"]],
        language=row["language"],
        is_administrator=row["key"] == "admin",
        by=SYSTEM,
    )
    person.password = hashed
    person.save(update_fields=["password"])
    return person


def address(name: str) -> str:
    """The part of an e-mail address before the at sign, without accents."""
    plain = unicodedata.normalize("NFD", name.lower().replace("’", "")).encode("ascii", "ignore").decode()
    first, _, last = plain.partition(" ")
    return f"{first}.{last.replace(' ', '-')}"


def _portfolio_managers(world: World, place: Place, told: dict[str, Any]) -> None:
    for row in rows(told["portfolios"], *KINDS["portfolio"][1]):
        appoint_person(
            person=world.people[row["manager"]],
            kind="portfolio_manager",
            department=place.department,
            portfolio_id=place.entry("portfolio", row["code"]).pk,
            starts_on=BEGINNING,
            by=SYSTEM,
        )


def _landscape(world: World, place: Place, told: dict[str, Any]) -> None:
    for kind, make in MAKERS.items():
        model, columns, table = KINDS[kind]
        for row in rows(told[table], *columns):
            names = {"department": place.department, "code": row["code"], "name_en": row["en"], "name_fr": row["fr"]}
            entry = model(**names, **make(place, row))
            place.entries[kind, row["code"]] = save_reference(entry=entry, by=world.admin)


PLAIN = ("code", "en", "fr")
KINDS: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "program": (Program, (*PLAIN, "outcomes_en", "outcomes_fr", "indicators_en", "indicators_fr"), "programs"),
    "service": (Service, ("code", "program", "source", "reference", "en", "fr"), "services"),
    "capability": (BusinessCapability, ("code", "parent", "en", "fr"), "capabilities"),
    "application": (
        Application,
        (*PLAIN, "lifecycle", "until", "condition", "value", "shelf"),
        "applications",
    ),
    "standard": (TechnologyStandard, (*PLAIN, "state", "until"), "standards"),
    "fund": (FundingSource, PLAIN, "funds"),
    "autonomy": (AutonomyLevel, (*PLAIN, "alone_en", "alone_fr", "board_en", "board_fr", "gates"), "autonomy"),
    "portfolio": (
        Portfolio,
        ("code", "manager", "en", "fr", "objectives_en", "objectives_fr", "strategy_en", "strategy_fr"),
        "portfolios",
    ),
}


def _same(*names: str) -> Any:
    return lambda place, row: {name: row[name] for name in names}


def _program(place: Place, row: Row) -> dict[str, Any]:
    return {
        "target_outcomes_en": row["outcomes_en"],
        "target_outcomes_fr": row["outcomes_fr"],
        "result_indicators_en": row["indicators_en"],
        "result_indicators_fr": row["indicators_fr"],
    }


def _service(place: Place, row: Row) -> dict[str, Any]:
    program = place.entry("program", row["program"])
    return {"program": program, "source": row["source"], "source_reference": row["reference"]}


def _capability(place: Place, row: Row) -> dict[str, Any]:
    return {"parent": place.entry("capability", row["parent"]) if row["parent"] else None}


def _application(place: Place, row: Row) -> dict[str, Any]:
    return {
        "lifecycle": row["lifecycle"],
        "lifecycle_until": day(row["until"]),
        "condition": row["condition"],
        "business_value": row["value"],
        "is_off_the_shelf": row["shelf"] == "yes",
    }


def _autonomy(place: Place, row: Row) -> dict[str, Any]:
    words = {name: row[name] for name in ("alone_en", "alone_fr", "board_en", "board_fr")}
    return words | {f"team_may_{result}": result in row["gates"].split() for result in ("continue", "adjust", "stop")}


MAKERS: dict[str, Any] = {
    "program": _program,
    "service": _service,
    "capability": _capability,
    "application": _application,
    "standard": lambda place, row: {"state": row["state"], "state_until": day(row["until"])},
    "fund": lambda place, row: {},
    "autonomy": _autonomy,
    "portfolio": _same("objectives_en", "objectives_fr", "strategy_en", "strategy_fr"),
}
