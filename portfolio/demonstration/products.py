"""Products of the demonstration: registered, with their team, their links and the phase they were in already."""

from datetime import date, timedelta
from typing import Any

from people.models import Person
from portfolio.actions.opening import open_position
from portfolio.demonstration.reading import moment
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import BEGINNING, Place, World
from products.actions.links import enable_service, improve_capability, manage_application
from products.actions.products import register_product
from products.actions.roles import assign_role
from products.models import Product
from records import clock

ROLES = {
    "head": "head_of_product",
    "pm": "product_manager",
    "po": "product_owner",
    "sec": "security_champion",
    "change": "change_coordinator",
    "support": "support_manager",
    "it": "it_manager",
}
PAIRS = {"name": "name", "summary": "summary", "customers": "customers", "support": "support_process"}
REGISTERED = BEGINNING + timedelta(days=161)  # 2023-09-11, after a summer of counting products


def register(world: World, place: Place, told: dict[str, Any]) -> Product:
    """Register one product and what it is linked with; the day is the same for all that ran before the system."""
    with clock.at(moment(registered_on(told), 9)):
        product = register_product(
            department=place.department, by=world.portfolio_manager(place), **_values(world, place, told)
        )
    world.products[told["code"]] = product
    with clock.at(moment(registered_on(told), 10)):
        _link(place, product, told, by=world.portfolio_manager(place))
    return product


def registered_on(told: dict[str, Any]) -> date:
    return date.fromisoformat(told["registered"]) if "registered" in told else REGISTERED


def _values(world: World, place: Place, told: dict[str, Any]) -> dict[str, Any]:
    values = {
        f"{field}_{language}": told.get(f"{key}_{language}", "")
        for key, field in PAIRS.items()
        for language in ("en", "fr")
    }
    return values | {
        "code": told["code"],
        "level": told.get("level", "cio"),
        "orientation": told.get("orientation", ""),
        "sponsoring_branch": place.branches[told["branch"]],
        "portfolio": place.entry("portfolio", told["portfolio"]),
        "parent": world.products[told["parent"]] if "parent" in told else None,
        "autonomy_level": place.entry("autonomy", told["autonomy"]) if "autonomy" in told else None,
        "way_of_working": told.get("way", "agile"),
        "support_contact": told.get("contact", ""),
    }


def _link(place: Place, product: Product, told: dict[str, Any], *, by: Person) -> None:
    for code in told.get("services", "").split():
        enable_service(product=product, service=place.entry("service", code), by=by)
    for code in told.get("capabilities", "").split():
        improve_capability(product=product, capability=place.entry("capability", code), by=by)
    for code in told.get("applications", "").split():
        manage_application(product=product, application=place.entry("application", code), by=by)


def staff(world: World, place: Place, told: dict[str, Any]) -> None:
    """Give the roles named in the data; "key@CODE" holds the role for that member of the family only."""
    product, by = world.products[told["code"]], world.portfolio_manager(place)
    since = registered_on(told)
    team = world.teams.setdefault(told["code"], {})
    with clock.at(moment(since, 11)):
        for word in told.get("roles", "").split():
            role, _, holders = word.partition("=")
            for holder in holders.split(","):
                key, _, member = holder.partition("@")
                team.setdefault(role, key)
                assign_role(
                    product=product,
                    kind=ROLES[role],
                    person=world.people[key],
                    member=world.products[member] if member else None,
                    starts_on=since,
                    by=by,
                )


def open_positions(world: World, place: Place, told: dict[str, Any], timeline: Timeline) -> None:
    """Enter the phase and status of a family that ran before the system; a product in Strategy has none to enter."""
    if "phase" not in told or "parent" in told:
        return
    phase, since = told["phase"].split()
    granted, expires = (date.fromisoformat(word) for word in told.get("status", "0001-01-01 0001-01-01").split())
    entered = max(registered_on(told), date.fromisoformat(since)) + timedelta(days=15)
    by = world.portfolio_manager(place)
    values: dict[str, Any] = {"granted_on": granted, "expires_on": expires} if "status" in told else {}
    timeline.add(
        entered,
        by,
        lambda: open_position(
            product=world.products[told["code"]],
            by=by,
            phase=phase,
            phase_since=date.fromisoformat(since),
            reason=f"Inventory of products, sheet {told['code']}",
            **values,
        ),
    )
