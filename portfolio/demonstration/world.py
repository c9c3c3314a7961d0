"""What the demonstration has made so far, found again by the keys of the data files."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from governance.models import Board
from people.models import Branch, Department, Person
from products.models import Product

# The departments and their people stand from here; the first acts of teams follow.
BEGINNING = date(2023, 4, 3)
# The last day that is told; the demonstration's clock starts on the morning after.
LAST_DAY = date(2026, 11, 17)


@dataclass
class Place:
    """One department with everything in it by key; `entries` by kind and code, `boards` as "investment", "review" …"""

    department: Department
    domain: str
    branches: dict[str, Branch] = field(default_factory=dict)
    entries: dict[tuple[str, str], Any] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)

    def entry(self, kind: str, code: str) -> Any:
        """The reference entry of a kind ("service", "fund", …) with a code."""
        return self.entries[kind, code]


@dataclass
class World:
    """Everything made so far."""

    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    # Product code → word of the data for a role ("pm", "it", …) → key of the first person who holds it.
    teams: dict[str, dict[str, str]] = field(default_factory=dict)
    risks: dict[str, UUID] = field(default_factory=dict)

    @property
    def admin(self) -> Person:
        return self.people["admin"]

    def place_of(self, product: Product) -> Place:
        return next(place for place in self.places.values() if place.department.pk == product.department_id)

    def portfolio_manager(self, place: Place) -> Person:
        """Who registers products and enters opening positions."""
        return self.people["portfolio" if place.department.code == "dws" else "portf_wh"]


def working_day(day: date) -> date:
    """The same day, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
